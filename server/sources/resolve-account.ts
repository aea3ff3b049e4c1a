import type { Draft } from './draft.ts';
import { createTimedId } from './event-identity.ts';
import { RowFault } from './fault.ts';
import type { AccountFacts } from './record.ts';
import type { AccountState, Identifier, Known } from './resolve-known.ts';

/** The identifiers that a row gives of its account, the most trusted first. */
export function accountIdentifiers(facts: AccountFacts): Identifier[] {
  const all: Identifier[] = [];
  if (facts.crm !== null) all.push({ kind: 'crm', value: facts.crm });
  for (const domain of facts.domains) all.push({ kind: 'domain', value: domain });
  if (facts.linkedinCompany !== null) all.push({ kind: 'linkedinCompany', value: facts.linkedinCompany });
  return all;
}

/** Whether a row gives any identifier of its account. */
export function namesAccount({ crm, domains, linkedinCompany }: AccountFacts): boolean {
  return crm !== null || domains.length > 0 || linkedinCompany !== null;
}

function accountOf(known: Known, { kind, value }: Identifier): AccountState | null {
  const id = known.identifiers.get(kind, value)?.accountId;
  return (id && known.accounts.get(id)) || null;
}

/** The account that the first of these domains that is anybody's belongs to. */
export function findByDomain(known: Known, domains: readonly string[]): AccountState | null {
  for (const value of domains) {
    const account = accountOf(known, { kind: 'domain', value });
    if (account !== null) return account;
  }
  return null;
}

/** The account of this name when exactly one has it. */
export function findByName(known: Known, name: string | null): AccountState | null {
  const id = name === null ? null : known.accountsByName.get(name.toLowerCase());
  return (id && known.accounts.get(id)) || null;
}

/**
 * The account that the row's identifiers lead to; by its name only when the row has no identifier. Null when it is a new one.
 * Throws a `RowFault` when identifiers lead to different accounts.
 */
export function findAccount(known: Known, facts: AccountFacts): AccountState | null {
  const identifiers = accountIdentifiers(facts);
  const found = identifiers.flatMap((identifier) => {
    const account = accountOf(known, identifier);
    return account === null ? [] : [{ identifier, account }];
  });
  const [first, ...others] = found;
  if (first === undefined) return identifiers.length === 0 ? findByName(known, facts.name) : null;
  const other = others.find(({ account }) => account.id !== first.account.id);
  if (other && facts.isOwn)
    throw new RowFault(
      null,
      `The row speaks of two accounts: ${first.identifier.value} belongs to ${first.account.name}, ${other.identifier.value} to ${other.account.name}.`.slice(
        0,
        500,
      ),
    );
  return first.account;
}

/** A new record's fields: what a table does not say is open, save "do not contact", which is no unless somebody said so. */
export function withDefaults<T extends { doNotContact: boolean | null }>(fields: T): T {
  return { ...fields, doNotContact: fields.doNotContact ?? false };
}

/** Makes an account and its identifiers. */
export function addAccount(known: Known, draft: Draft, facts: AccountFacts, name: string): AccountState {
  const account: AccountState = { id: createTimedId(Date.now()), name, fields: withDefaults(facts.fields) };
  known.accounts.set(account.id, account);
  const folded = name.toLowerCase();
  known.accountsByName.set(folded, known.accountsByName.has(folded) ? null : account.id);
  draft.newAccounts.set(account.id, account);
  draft.counts.accounts.added += 1;
  draft.bundles.add(account.id);
  claimAccountIdentifiers(known, draft, facts, account);
  return account;
}

/** Gives the account those of the row's identifiers that lead nowhere yet. True when there were any. */
export function claimAccountIdentifiers(
  known: Known,
  draft: Draft,
  facts: AccountFacts,
  account: AccountState,
): boolean {
  const free = accountIdentifiers(facts).filter(({ kind, value }) => !known.identifiers.has(kind, value));
  for (const identifier of free) {
    const owner = { accountId: account.id, contactId: null };
    known.identifiers.set(identifier.kind, identifier.value, owner);
    draft.newIdentifiers.push({ ...identifier, ...owner });
  }
  return free.length > 0;
}

/** Copies what the facts say over what is there. True when anything became different. Blank facts clear nothing. */
export function mergeFields<T extends object>(into: T, facts: T, overwrite: boolean): boolean {
  let isChanged = false;
  for (const key of Object.keys(facts) as (keyof T)[]) {
    const fact = facts[key];
    if (fact === null || fact === into[key]) continue;
    if (!overwrite && into[key] !== null) continue;
    into[key] = fact;
    isChanged = true;
  }
  return isChanged;
}

/** Brings a known account up to the row's own facts, and counts it. */
export function updateAccount(known: Known, draft: Draft, facts: AccountFacts, account: AccountState): void {
  const isRenamed = facts.name !== null && facts.name !== account.name;
  if (isRenamed && facts.name !== null) account.name = facts.name;
  const hasNewFacts = mergeFields(account.fields, facts.fields, true);
  const hasNewIdentifiers = claimAccountIdentifiers(known, draft, facts, account);
  if (isRenamed || hasNewFacts) markChanged(draft, account);
  if (!isRenamed && !hasNewFacts && !hasNewIdentifiers) {
    draft.counts.accounts.unchanged += 1;
    return;
  }
  draft.counts.accounts.changed += 1;
  draft.bundles.add(account.id);
}

/** Notes that the account's row must be written again, unless it is new and will be written anyway. */
export function markChanged(draft: Draft, account: AccountState): void {
  if (!draft.newAccounts.has(account.id)) draft.changedAccounts.set(account.id, account);
}
