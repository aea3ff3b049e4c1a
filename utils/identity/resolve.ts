import type { BundleLink } from '#contract/bundle.ts';
import type { Sureness } from '#contract/card.ts';
import type { AccountId, ContactId } from '#contract/ids.ts';
import type { Clue } from '#contract/sighting.ts';
import type { LookupTerm } from './terms.ts';

/** One row of the replica that a term found. `contactId` null: the row is an account. A lone contact has no account. `link`: a member led this very identifier there. */
export interface LookupHit {
  via: LookupTerm['via'];
  clue: Clue;
  contactId: ContactId | null;
  accountId: AccountId | null;
  link: BundleLink | null;
}

/**
 * Whom a sighted person is. `chosen`: one contact, because a member said so (`link`); `exact`: one contact (or, for a company record, one account) by an
 * identifier of its own; `untagged`: one contact by their address but for its tag; `domain`: a known account, the person new there; `several`: the
 * identifiers name different ones, a person must choose; `none`: unknown. `candidates` holds whom to choose from when `several`, in the order found, each
 * with what speaks for it, else it is empty. `clue` is the evidence; null when `none`.
 */
export interface Match {
  sureness: Sureness;
  contactId: ContactId | null;
  accountId: AccountId | null;
  candidates: Pick<LookupHit, 'contactId' | 'accountId' | 'clue'>[];
  clue: Clue | null;
  link: BundleLink | null;
}

const nobody: Match = { sureness: 'none', contactId: null, accountId: null, candidates: [], clue: null, link: null };

/** The first hit of each thing that was found. */
function distinct(hits: readonly LookupHit[], idOf: (hit: LookupHit) => string | null): LookupHit[] {
  const first = new Map<string, LookupHit>();
  for (const hit of hits) {
    const id = idOf(hit);
    if (id !== null && !first.has(id)) first.set(id, hit);
  }
  return [...first.values()];
}

function choose(found: readonly LookupHit[], sureness: Exclude<Sureness, 'several' | 'none'>): Match {
  const [first] = found;
  if (first === undefined) return nobody;
  const { clue, contactId, accountId, link } = first;
  if (found.length === 1)
    return { sureness, contactId: sureness === 'domain' ? null : contactId, accountId, candidates: [], clue, link };
  return { ...nobody, sureness: 'several', candidates: [...found], clue };
}

/**
 * Decides from what the replica holds; `hits` stand in the order of their terms. What a member chose beats all, an exact hit any weaker one; two exact
 * hits on different contacts are a conflict that no rule may settle in silence. Among domains the longest that hits wins. Pure.
 */
export function resolveMatch(hits: readonly LookupHit[]): Match {
  const contactsOf = (some: readonly LookupHit[]) => distinct(some, (hit) => hit.contactId);
  const exact = hits.filter((hit) => hit.via === 'exact');
  const chosen = contactsOf(exact.filter((hit) => hit.link !== null));
  if (chosen.length > 0) return choose(chosen, 'chosen');
  const contacts = contactsOf(exact);
  if (contacts.length > 0) return choose(contacts, 'exact');
  const accounts = distinct(exact, (hit) => hit.accountId);
  if (accounts.length > 0) return choose(accounts, 'exact');
  const untagged = contactsOf(hits.filter((hit) => hit.via === 'untagged'));
  if (untagged.length > 0) return choose(untagged, 'untagged');
  const byCompany = hits.filter((hit) => hit.via === 'domain');
  const [nearest] = byCompany;
  if (nearest === undefined) return nobody;
  const sameTerm = byCompany.filter(
    (hit) => hit.clue.kind === nearest.clue.kind && hit.clue.value === nearest.clue.value,
  );
  return choose(
    distinct(sameTerm, (hit) => hit.accountId ?? hit.contactId),
    'domain',
  );
}
