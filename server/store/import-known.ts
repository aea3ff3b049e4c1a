import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { ByIdentifier } from '../sources/by-identifier.ts';
import type { Carried } from '../sources/carried.ts';
import type { RowRecord } from '../sources/record.ts';
import { listTypeIds } from '../sources/resolve-awaited.ts';
import type { CampaignState, Identifier, IdentifierOwner, Known } from '../sources/resolve-known.ts';
import { listIdentifiers, listNames } from '../sources/resolve-rows.ts';
import type { SettledPeople } from '../sources/settled-people.ts';
import { loadActivityTypes } from './activity-type.ts';
import { packTexts, packUuids } from './binary-array.ts';
import { givenSegment } from './segment.ts';
import { findSuppressed } from './suppression.ts';

/** Loads what the store knows of everything that the rows name: a handful of queries, however many rows. */
export async function loadKnown(
  scope: Scope,
  workspaceId: WorkspaceId,
  all: readonly RowRecord[],
  source: string,
  people: SettledPeople,
  carried: Carried | null,
): Promise<Known> {
  const rows = all.filter(({ contact, account }) => contact === null || people.find(contact, account) === null);
  const wanted = listIdentifiers(rows);
  const identifiers = await loadIdentifiers(scope, workspaceId, wanted);
  const names = listNames(rows, identifiers);
  const accountsByName = await loadNames(scope, workspaceId, names);
  const owners = [...identifiers.values()];
  const contacts = await loadContacts(scope, workspaceId, owners);
  const accountIds = new Set([...owners.map((owner) => owner.accountId), ...accountsByName.values()]);
  const accounts = await loadAccounts(scope, workspaceId, [...accountIds]);
  const known: Known = {
    people,
    identifiers,
    accounts,
    contacts,
    accountsByName,
    campaigns: await loadCampaigns(scope, workspaceId, all, source),
    erased: await listErased(
      scope,
      workspaceId,
      wanted.filter(({ kind, value }) => !identifiers.has(kind, value)),
    ),
    activityTypes: await loadActivityTypes(scope, workspaceId, source, listTypeIds(all)),
  };
  carried?.lay(known, { identifiers: wanted, names });
  return known;
}

/** Those identifiers that belong to people who were erased. A company's are never among them. */
async function listErased(
  scope: Scope,
  workspaceId: WorkspaceId,
  identifiers: readonly Identifier[],
): Promise<ByIdentifier<true>> {
  const erased = new ByIdentifier<true>();
  const personal = identifiers.filter(({ kind }) => kind !== 'domain' && kind !== 'linkedinCompany');
  for (const { kind, value } of await findSuppressed(scope, workspaceId, personal)) erased.set(kind, value, true);
  return erased;
}

async function loadIdentifiers(
  scope: Scope,
  workspaceId: WorkspaceId,
  wanted: readonly Identifier[],
): Promise<ByIdentifier<IdentifierOwner>> {
  const owners = new ByIdentifier<IdentifierOwner>();
  if (wanted.length === 0) return owners;
  const { rows } = await sql<{ place: number } & IdentifierOwner>`
    select w.place::int, i.account_id, i.contact_id
    from unnest(${packTexts(wanted.map((each) => each.kind))}::text[], ${packTexts(wanted.map((each) => each.value))}::text[]) with ordinality as w(kind, value, place)
    join identifier i on i.workspace_id = ${workspaceId} and i.kind = w.kind and i.value = w.value`.execute(scope);
  for (const { place, accountId, contactId } of rows) {
    const identifier = wanted[place - 1];
    if (identifier) owners.set(identifier.kind, identifier.value, { accountId, contactId });
  }
  return owners;
}

async function loadNames(
  scope: Scope,
  workspaceId: WorkspaceId,
  names: readonly string[],
): Promise<Map<string, string | null>> {
  if (names.length === 0) return new Map();
  const { rows } = await sql<{ name: string; ids: string[] }>`
    select lower(name) as name, array_agg(id::text) as ids from account
    where workspace_id = ${workspaceId} and lower(name) = any(${names}::text[]) group by lower(name)`.execute(scope);
  return new Map(rows.map(({ name, ids }) => [name, ids.length === 1 ? (ids[0] ?? null) : null]));
}

async function loadContacts(
  scope: Scope,
  workspaceId: WorkspaceId,
  owners: readonly IdentifierOwner[],
): Promise<Known['contacts']> {
  const ids = [...new Set(owners.flatMap((owner) => owner.contactId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await scope
    .selectFrom('contact')
    .select(['id', 'accountId', 'name', 'title', 'buyingRole', 'country', 'doNotContact'])
    .where('workspaceId', '=', workspaceId)
    .where(sql<boolean>`id = any(${packUuids(ids)}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, accountId, ...fields }) => [id, { id, accountId, fields }]));
}

async function loadAccounts(
  scope: Scope,
  workspaceId: WorkspaceId,
  wanted: readonly (string | null)[],
): Promise<Known['accounts']> {
  const ids = wanted.filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await scope
    .selectFrom('account')
    .select([
      'id',
      'name',
      givenSegment.as('segment'),
      'tier',
      'stage',
      'industry',
      'employees',
      'country',
      'territory',
      'ownerAddress',
      'doNotContact',
      'latestWin',
      'technologies',
    ])
    .where('workspaceId', '=', workspaceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, name, ...fields }) => [id, { id, name, fields }]));
}

async function loadCampaigns(
  scope: Scope,
  workspaceId: WorkspaceId,
  rows: readonly RowRecord[],
  source: string,
): Promise<CampaignState[]> {
  const facts = [...new Set(rows.map(({ campaign }) => campaign))].filter((campaign) => campaign !== null);
  if (facts.length === 0) return [];
  const externalIds = [...new Set(facts.flatMap((each) => each.externalId ?? []))];
  const names = [...new Set(facts.flatMap((each) => each.name?.toLowerCase() ?? []))];
  return scope
    .selectFrom('campaign')
    .select(['id', 'source', 'externalId', 'name', 'channel'])
    .where('workspaceId', '=', workspaceId)
    .where(
      sql<boolean>`(source = ${source} and external_id = any(${externalIds}::text[])) or lower(name) = any(${names}::text[])`,
    )
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute();
}
