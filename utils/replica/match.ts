import type { Bundle, BundleContact } from '#contract/bundle.ts';
import type { Candidate, PersonMatch } from '#contract/card.ts';
import type { AccountId, ContactId } from '#contract/ids.ts';
import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { normalizeClue } from '../identity/clue.ts';
import type { HashKey } from '../identity/hash.ts';
import { type LookupHit, resolveMatch } from '../identity/resolve.ts';
import { type LookupTerm, lookupTerms } from '../identity/terms.ts';
import { describeClue } from './describe-clue.ts';
import type { Reading } from './reader.ts';

/** Identity links that this browser's member made and that may not be in the replica yet: the contact chosen for a clue, null when taken back. Keys from `linkKey`. */
export type Links = ReadonlyMap<string, ContactId | null>;

/** Names a clue among the links; null when the clue is malformed. */
export function linkKey(clue: Clue): string | null {
  const normal = normalizeClue(clue);
  return normal === null ? null : `${normal.kind}:${normal.value}`;
}

/** A row for the switcher. Pure. */
export function toCandidate(bundle: Bundle, contact: BundleContact | null): Candidate {
  return {
    contactId: contact?.id ?? null,
    accountId: bundle.account?.id ?? null,
    name: contact?.name ?? bundle.account?.name ?? '',
    account: bundle.account?.name ?? null,
    grade: contact?.score.grade ?? null,
  };
}

async function findCandidate(
  reading: Reading,
  contactId: ContactId | null,
  accountId: AccountId | null,
): Promise<Candidate | null> {
  const bundle =
    contactId === null ? accountId && (await reading.bundleById(accountId)) : await reading.bundleOfContact(contactId);
  if (!bundle) return null;
  return toCandidate(bundle, bundle.contacts.find((each) => each.id === contactId) ?? null);
}

async function hitsOf(reading: Reading, term: LookupTerm): Promise<LookupHit[]> {
  const bundles = await reading.bundlesWithKey(term.key);
  return bundles.flatMap((bundle) => {
    const accountId = bundle.account?.id ?? null;
    const base = { via: term.via, clue: term.clue, accountId };
    const people = bundle.contacts.filter((each) => each.keys.includes(term.key));
    const account = bundle.account?.keys.includes(term.key) ? [{ ...base, contactId: null }] : [];
    return [...people.map((each) => ({ ...base, contactId: each.id })), ...account];
  });
}

/** The person's link that stands, by the first of their clues that has one. */
function findLink(person: SightedPerson, links: Links): { clue: Clue; contactId: ContactId } | null {
  for (const raw of person.clues) {
    const contactId = links.get(linkKey(raw) ?? '');
    const clue = normalizeClue(raw);
    if (contactId && clue) return { clue, contactId };
  }
  return null;
}

/** The identifier by which a person whom the store does not know can be linked or added: their address, else the first they have. */
function findOwnClue(person: SightedPerson): Clue | null {
  const clues = person.clues.flatMap((each) => normalizeClue(each) ?? []);
  return clues.find((each) => each.kind === 'email') ?? clues[0] ?? null;
}

/** Who one sighted person is, by what the replica holds. Nothing leaves the browser: keys are looked up here, and a stranger's misses. */
export async function matchPerson(
  reading: Reading,
  hashKey: HashKey,
  links: Links,
  person: SightedPerson,
  index: number,
): Promise<PersonMatch> {
  const firstClue = person.clues.map(normalizeClue).find((each) => each !== null) ?? null;
  const link = findLink(person, links);
  const linked = link && (await findCandidate(reading, link.contactId, null));
  if (link && linked)
    return { ...linked, index, sureness: 'chosen', evidence: describeClue(link.clue), clue: link.clue, candidates: [] };
  const terms = await lookupTerms(person, hashKey);
  const hits = (await Promise.all(terms.map((term) => hitsOf(reading, term)))).flat();
  const match = resolveMatch(hits);
  const found = await findCandidate(reading, match.contactId, match.accountId);
  const candidates = await Promise.all(
    match.candidates.map((each) => findCandidate(reading, each.contactId, each.accountId)),
  );
  const shown = match.clue ?? firstClue;
  const evidence = shown === null ? (person.clues[0]?.value ?? '') : describeClue(shown);
  // What names only their company cannot stand for the person: it would link or add everybody there as one.
  const isOwn = hits.some((hit) => hit.via === 'exact' && hit.clue === match.clue);
  const isNamedByCard = match.contactId !== null || person.isCompany;
  return {
    contactId: match.contactId,
    accountId: found?.accountId ?? match.accountId,
    name:
      (isNamedByCard ? found?.name : null) || person.name || (firstClue === null ? evidence : describeClue(firstClue)),
    account: found?.account ?? null,
    grade: match.contactId === null ? null : (found?.grade ?? null),
    index,
    sureness: match.sureness,
    evidence,
    clue: isOwn ? match.clue : findOwnClue(person),
    candidates: candidates.filter((each) => each !== null),
  };
}
