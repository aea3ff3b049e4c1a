import { randomUUID } from 'node:crypto';
import { ByIdentifier } from './by-identifier.ts';
import { companyDomainOf } from './company-domain.ts';
import { bundleOf, type Draft } from './draft.ts';
import { createTimedId, eventIdentity, plannedIdentity } from './event-identity.ts';
import { RowFault } from './fault.ts';
import type { Format } from './formats/format.ts';
import type { AccountFacts, CampaignFacts, ContactFacts, RowRecord } from './record.ts';
import { accountIdentifiers, addAccount, findAccount, updateAccount } from './resolve-account.ts';
import { resolveAwaited } from './resolve-awaited.ts';
import { contactIdentifiers, resolveContact } from './resolve-contact.ts';
import { resolveInsight } from './resolve-insight.ts';
import type { CampaignState, Identifier, Known } from './resolve-known.ts';
import { resolveOpportunity } from './resolve-opportunity.ts';
import type { SettledPerson, Settling } from './settled-people.ts';
import type { TouchedPerson } from './touch-list.ts';

/** Every identifier that the rows name, once each: what must be looked up before they can be resolved. */
export function listIdentifiers(rows: readonly RowRecord[]): Identifier[] {
  const named = new ByIdentifier<Identifier>();
  const add = (identifier: Identifier) => named.set(identifier.kind, identifier.value, identifier);
  for (const { account, contact } of rows) {
    if (account) accountIdentifiers(account).forEach(add);
    if (contact) contactIdentifiers(contact).forEach(add);
    const domain = contact?.email ? companyDomainOf(contact.email) : null;
    if (domain !== null) add({ kind: 'domain', value: domain });
  }
  return [...named.values()];
}

/** Names of accounts, in lower case, of rows whose identifiers lead to no account: only those are looked up by name. */
export function listNames(rows: readonly RowRecord[], identifiers: Known['identifiers']): string[] {
  const names = new Set<string>();
  for (const { account, contact } of rows) {
    if (!account?.name) continue;
    const domain = contact?.email ? companyDomainOf(contact.email) : null;
    if (domain !== null && identifiers.has('domain', domain)) continue;
    if (accountIdentifiers(account).some(({ kind, value }) => identifiers.has(kind, value))) continue;
    names.add(account.name.toLowerCase());
  }
  return [...names];
}

/** The row's campaign: by the source's id, else by its name among all campaigns. Made when there is none; one that was known by name alone gets its id. */
function resolveCampaign(known: Known, draft: Draft, facts: CampaignFacts, source: string): CampaignState {
  const name = facts.name ?? facts.externalId ?? '';
  const isNamed = (each: CampaignState) => each.name.toLowerCase() === name.toLowerCase();
  const byId = known.campaigns.find((each) => each.source === source && each.externalId === facts.externalId);
  const byName = known.campaigns.find((each) => isNamed(each) && (facts.externalId === null || each.source === 'name'));
  const found = byId ?? byName;
  if (found === undefined) {
    const made: CampaignState = {
      id: randomUUID(),
      source: facts.externalId === null ? 'name' : source,
      externalId: facts.externalId ?? name.toLowerCase(),
      name,
      channel: facts.channel,
    };
    known.campaigns.push(made);
    draft.newCampaigns.set(made.id, made);
    return made;
  }
  const better: CampaignState = {
    ...found,
    source: facts.externalId === null ? found.source : source,
    externalId: facts.externalId ?? found.externalId,
    // The id stood in for a name that no file had told yet.
    name: found.name === found.externalId && facts.name !== null ? facts.name : found.name,
    channel: found.channel ?? facts.channel,
  };
  const isChanged = (Object.keys(better) as (keyof CampaignState)[]).some((key) => better[key] !== found[key]);
  if (!isChanged) return found;
  Object.assign(found, better);
  if (!draft.newCampaigns.has(found.id)) draft.changedCampaigns.set(found.id, found);
  return found;
}

function draftEvents(draft: Draft, record: RowRecord, contact: TouchedPerson, campaignId: string | null): void {
  for (const touch of record.touches)
    draft.touches.add(contact, campaignId, eventIdentity(touch.externalId, campaignId, touch.mark), touch);
  if (record.planned === null) return;
  const { externalId, ...planned } = record.planned;
  const identity = plannedIdentity(externalId, contact.id, campaignId, planned.kind);
  const id = createTimedId(Date.now());
  draft.planned.push({ ...planned, id, externalId: identity, person: contact, campaignId });
}

/** The same words name the same campaign within a batch. */
function recallCampaign(known: Known, draft: Draft, facts: CampaignFacts, source: string): CampaignState {
  const before = draft.campaigns.get(facts);
  if (before !== undefined) return before;
  const campaign = resolveCampaign(known, draft, facts, source);
  draft.campaigns.set(facts, campaign);
  return campaign;
}

/** The row's person: one who is settled is not looked at again, since rows that only fill what is empty say nothing new the second time. */
function resolvePerson(
  known: Known,
  draft: Draft,
  contact: ContactFacts,
  account: AccountFacts | null,
  settled: SettledPerson | null,
  countsUnchanged: boolean,
): TouchedPerson {
  if (settled !== null) {
    if (countsUnchanged) draft.counts.contacts.unchanged += 1;
    return settled;
  }
  const state = resolveContact(known, draft, contact, account, countsUnchanged);
  if (!contact.isOwn) draft.settling.push({ contact, account, state });
  return state;
}

function resolveRow(known: Known, draft: Draft, told: RowRecord, settled: SettledPerson | null, format: Format): void {
  const record = resolveAwaited(known, draft, told, format.source);
  if (record === null) return;
  const { account, contact } = record;
  if (account?.isOwn) {
    const found = findAccount(known, account);
    if (found) updateAccount(known, draft, account, found);
    else addAccount(known, draft, account, account.name ?? account.domains[0] ?? '');
  }
  if (record.insight) {
    resolveInsight(known, draft, record, record.insight);
    return;
  }
  if (record.opportunity) {
    const campaign = record.campaign && resolveCampaign(known, draft, record.campaign, format.source);
    resolveOpportunity(known, draft, record, record.opportunity, campaign?.id ?? null);
    return;
  }
  if (contact === null) return;
  const person = resolvePerson(known, draft, contact, account, settled, format.subjects.includes('contacts'));
  const campaign = record.campaign && recallCampaign(known, draft, record.campaign, format.source);
  draftEvents(draft, record, person, campaign?.id ?? null);
}

/**
 * What rows mean, given what the store knows of them, added to the draft of the batch's rows before. `settled`: each row's person, where that is settled. Pure but
 * for new ids; adds what it makes to `known`. A row at fault is noted among the errors and leaves nothing else behind.
 */
export function resolveRows(
  known: Known,
  rows: readonly RowRecord[],
  settled: readonly (SettledPerson | null)[],
  format: Format,
  draft: Draft,
): void {
  for (const [place, record] of rows.entries()) {
    try {
      resolveRow(known, draft, record, settled[place] ?? null, format);
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      draft.errors.push({ line: record.line, column: error.column, reason: error.message });
    }
  }
}

/** The people of a batch that is in, for the batches to come. Who has no account yet may be placed by another row: they are looked at again. */
export function listSettled(draft: Pick<Draft, 'settling'>): Settling[] {
  return draft.settling.flatMap(({ contact, account, state }) =>
    state.accountId === null ? [] : [{ contact, account, person: { id: state.id, bundle: state.accountId } }],
  );
}

/** Whose events a batch's rows tell of, by the contact's id. Who is both settled and looked at anew stands as rows of this batch leave it. */
export function listEventful({
  sentTouches,
  planned,
}: Pick<Draft, 'sentTouches' | 'planned'>): Map<string, TouchedPerson> {
  const eventful = new Map<string, TouchedPerson>();
  for (const people of [...sentTouches.map((touches) => touches.people), planned.map(({ person }) => person)])
    for (const person of people) if (!('bundle' in person) || !eventful.has(person.id)) eventful.set(person.id, person);
  return eventful;
}

/** The bundle that a person's card is drawn from, once all rows of the batch are resolved. */
export function findBundle(person: TouchedPerson): string {
  return 'bundle' in person ? person.bundle : bundleOf(person);
}
