import type { Candidate, PersonMatch, ReasonedCandidate } from '#contract/card.ts';
import type { AccountId, ContactId, MemberId } from '#contract/ids.ts';
import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { normalizeClue } from '../identity/clue.ts';
import type { HashKey } from '../identity/hash.ts';
import { type LookupHit, type Match, resolveMatch } from '../identity/resolve.ts';
import { isOwnClue, type LookupTerm, lookupTerms } from '../identity/terms.ts';
import { toCandidate } from './candidate.ts';
import { describeClue } from './describe-clue.ts';
import { type Links, linkKey, type OwnLink } from './links.ts';
import type { Reading } from './reader.ts';

/** With what people are matched: the replica as it stands, the workspace's key, and what this browser's member chose and the replica may not have. */
export interface Matching {
  reading: Reading;
  hashKey: HashKey;
  links: Links;
  member: { id: MemberId; name: string };
}

/** A match by identifiers alone, without its place among the others. */
export type PlainMatch = Omit<PersonMatch, 'index' | 'side' | 'suggested'>;

async function findCandidate(
  reading: Reading,
  { contactId, accountId }: { contactId: ContactId | null; accountId: AccountId | null },
): Promise<Candidate | null> {
  const bundle =
    contactId === null ? accountId && (await reading.bundleById(accountId)) : await reading.bundleOfContact(contactId);
  if (!bundle) return null;
  return toCandidate(bundle, bundle.contacts.find((each) => each.id === contactId) ?? null);
}

async function hitsOf({ reading, links }: Matching, term: LookupTerm): Promise<LookupHit[]> {
  const bundles = await reading.bundlesWithKey(term.key);
  // What this member took back still stands in the replica until the store has heard of it.
  const isTakenBack = links.get(linkKey(term.clue) ?? '')?.contactId === null;
  return bundles.flatMap((bundle) => {
    const accountId = bundle.account?.id ?? null;
    const base = { via: term.via, clue: term.clue, accountId, link: null };
    const people = bundle.contacts
      .filter((each) => each.keys.includes(term.key))
      .map((each) => {
        const link = each.links?.find(({ key }) => key === term.key) ?? null;
        return { ...base, contactId: each.id, link };
      });
    const account = bundle.account?.keys.includes(term.key) ? [{ ...base, contactId: null }] : [];
    return [...people.filter(({ link }) => link === null || !isTakenBack), ...account];
  });
}

/** The person's own link that stands, by the first of their clues that has one. */
async function findLinked(
  reading: Reading,
  person: SightedPerson,
  links: Links,
): Promise<{ clue: Clue; link: OwnLink; candidate: Candidate } | null> {
  for (const raw of person.clues) {
    const clue = normalizeClue(raw);
    const link = clue && links.get(linkKey(clue) ?? '');
    if (!clue || !link || link.contactId === null) continue;
    const bundle = await reading.bundleOfContact(link.contactId);
    const contact = bundle?.contacts.find((each) => each.id === link.contactId);
    // A store that tells of links knows better than what this browser remembers of one that it has confirmed.
    if (!bundle || !contact || (link.isCovered && contact.links !== undefined)) continue;
    return { clue, link, candidate: toCandidate(bundle, contact) };
  }
  return null;
}

/** The identifier by which a person whom the store does not know can be linked or added: their address, else the first of their own. What names only their company cannot stand for them. */
function findOwnClue(person: SightedPerson): Clue | null {
  const clues = person.clues.flatMap((each) => normalizeClue(each) ?? []);
  const own = person.isCompany ? [] : clues.filter((each) => isOwnClue(each, false));
  return own.find((each) => each.kind === 'email') ?? own[0] ?? null;
}

async function findCandidates(reading: Reading, match: Match): Promise<ReasonedCandidate[]> {
  const found = await Promise.all(
    match.candidates.map(async (each) => {
      const candidate = await findCandidate(reading, each);
      return candidate && { ...candidate, reason: describeClue(each.clue) };
    }),
  );
  return found.filter((each) => each !== null);
}

/** Who one sighted person is, by what the replica holds. Nothing leaves the browser: keys are looked up here, and a stranger's misses. */
export async function matchPerson(matching: Matching, person: SightedPerson): Promise<PlainMatch> {
  const { reading, hashKey, links, member } = matching;
  const linked = await findLinked(reading, person, links);
  if (linked !== null) {
    const { clue, link, candidate } = linked;
    const choice = { by: member.name, at: link.at, isOwn: true };
    const evidence = describeClue(clue);
    return { ...candidate, sureness: 'chosen', evidence, clue, choice, candidates: [] };
  }
  const terms = await lookupTerms(person, hashKey);
  const hits = (await Promise.all(terms.map((term) => hitsOf(matching, term)))).flat();
  const match = resolveMatch(hits);
  const found = await findCandidate(reading, match);
  const firstClue = person.clues.map(normalizeClue).find((each) => each !== null) ?? null;
  const shown = match.clue ?? firstClue;
  const evidence = shown === null ? (person.clues[0]?.value ?? '') : describeClue(shown);
  // What names only their company, or is not what stood on the page, cannot stand for the person: it would link or add others with them.
  const isOwn = hits.some((hit) => hit.via === 'exact' && hit.clue === match.clue);
  const isNamedByCard = match.contactId !== null || person.isCompany;
  return {
    contactId: match.contactId,
    accountId: found?.accountId ?? match.accountId,
    name:
      (isNamedByCard ? found?.name : null) || person.name || (firstClue === null ? evidence : describeClue(firstClue)),
    account: found?.account ?? null,
    grade: match.contactId === null ? null : (found?.grade ?? null),
    sureness: match.sureness,
    evidence,
    clue: isOwn ? match.clue : findOwnClue(person),
    choice: match.link && { by: match.link.by, at: match.link.at, isOwn: match.link.memberId === member.id },
    candidates: await findCandidates(reading, match),
  };
}
