import type { Sureness } from '#contract/card.ts';
import type { AccountId, ContactId } from '#contract/ids.ts';
import type { Clue } from '#contract/sighting.ts';

/** One row of the replica that a term found. `contactId` null: the row is an account. A lone contact has no account. */
export interface LookupHit {
  via: 'exact' | 'domain';
  clue: Clue;
  contactId: ContactId | null;
  accountId: AccountId | null;
}

/**
 * Whom a sighted person is. `exact`: one contact (or, for a company record, one account) by an identifier of its own;
 * `domain`: a known account, the person new there; `several`: the identifiers name different ones, a person must choose; `none`: unknown.
 * `candidates` holds whom to choose from when `several`, in the order found, else it is empty. `clue` is the evidence; null when `none`.
 */
export interface Match {
  sureness: Exclude<Sureness, 'chosen'>;
  contactId: ContactId | null;
  accountId: AccountId | null;
  candidates: { contactId: ContactId | null; accountId: AccountId | null }[];
  clue: Clue | null;
}

const nobody: Match = { sureness: 'none', contactId: null, accountId: null, candidates: [], clue: null };

/** The first hit of each thing that was found. */
function distinct(hits: readonly LookupHit[], idOf: (hit: LookupHit) => string | null): LookupHit[] {
  const first = new Map<string, LookupHit>();
  for (const hit of hits) {
    const id = idOf(hit);
    if (id !== null && !first.has(id)) first.set(id, hit);
  }
  return [...first.values()];
}

function choose(found: readonly LookupHit[], sureness: 'exact' | 'domain'): Match {
  const [first] = found;
  if (first === undefined) return nobody;
  const { clue, contactId, accountId } = first;
  if (found.length === 1)
    return { sureness, contactId: sureness === 'exact' ? contactId : null, accountId, candidates: [], clue };
  const candidates = found.map((hit) => ({ contactId: hit.contactId, accountId: hit.accountId }));
  return { sureness: 'several', contactId: null, accountId: null, candidates, clue };
}

/**
 * Decides from what the replica holds; `hits` stand in the order of their terms. An exact hit beats any domain; two exact hits on different
 * contacts are a conflict that no rule may settle in silence. Among domains the longest that hits wins. Pure.
 */
export function resolveMatch(hits: readonly LookupHit[]): Match {
  const exact = hits.filter((hit) => hit.via === 'exact');
  const contacts = distinct(exact, (hit) => hit.contactId);
  if (contacts.length > 0) return choose(contacts, 'exact');
  const accounts = distinct(exact, (hit) => hit.accountId);
  if (accounts.length > 0) return choose(accounts, 'exact');
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
