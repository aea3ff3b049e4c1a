import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import { type Scope, together } from '../db/scope.ts';
import { ByIdentifier } from '../sources/by-identifier.ts';
import type { Carried } from '../sources/carried.ts';
import type { RowRecord } from '../sources/record.ts';
import { listTypeIds } from '../sources/resolve-awaited.ts';
import {
  type CampaignState,
  type Found,
  type Identifier,
  type IdentifierKind,
  type IdentifierOwner,
  type Known,
  noneFound,
} from '../sources/resolve-known.ts';
import { listIdentifiers, listNames } from '../sources/resolve-rows.ts';
import type { SettledPeople, SettledPerson } from '../sources/settled-people.ts';
import { loadActivityTypes } from './activity-type.ts';
import { packTexts, packUuids } from './binary-array.ts';
import { givenSegment } from './segment.ts';
import { findSuppressed } from './suppression.ts';

/** Runs a look in a transaction of its own. */
export type Ask = <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;

/** What a batch asks the store about its rows. `carried`: what earlier batches of a dry run would have left. */
interface Question {
  rows: readonly RowRecord[];
  source: string;
  people: SettledPeople;
  carried: Carried | null;
}

/** What is known before anybody was looked up: the campaigns and the activity types that the rows name. */
export async function beginKnown(
  scope: Scope,
  workspaceId: WorkspaceId,
  { rows, source, carried }: Omit<Question, 'people'>,
): Promise<Known> {
  const [campaigns, activityTypes] = await together(
    loadCampaigns(scope, workspaceId, rows, source),
    loadActivityTypes(scope, workspaceId, source, listTypeIds(rows)),
  );
  carried?.layCampaigns(campaigns);
  return { ...noneFound(), campaigns, activityTypes };
}

/**
 * Looks up the people and accounts that a batch's rows name, some rows at a time, one after the other: a handful of queries each, however many rows they are.
 * Who is settled need not be looked up. `ask` runs a look in a transaction of its own: what the batch itself has written is known already.
 */
export class RowLookup {
  readonly #ask: Ask;
  readonly #workspaceId: WorkspaceId;
  readonly #question: Question;
  /** Each row's person, where that is settled. */
  readonly settled: readonly (SettledPerson | null)[];
  /** Names are found by going through all accounts: that is done once, for all rows that are still to come. */
  readonly #namesAsked = new Set<string>();
  #at = 0;

  constructor(ask: Ask, workspaceId: WorkspaceId, question: Question) {
    this.#ask = ask;
    this.#workspaceId = workspaceId;
    this.#question = question;
    const { rows, people } = question;
    this.settled = rows.map(({ contact, account }) => contact && people.find(contact, account));
  }

  /** What the store knows of the next so many rows. */
  async next(count: number): Promise<Found> {
    const from = this.#at;
    this.#at += count;
    const open = this.#listOpen(from, this.#at);
    const wanted = listIdentifiers(open);
    const isAnyNamed = open.some(({ account }) => account !== null);
    if (wanted.length === 0 && !isAnyNamed) return noneFound();
    return this.#ask((scope) => this.#find(scope, wanted, open, () => this.#listOpen(from)));
  }

  /** The rows whose people and accounts must be looked up. */
  #listOpen(from: number, to?: number): RowRecord[] {
    return this.#question.rows.slice(from, to).filter((_, place) => !this.settled[from + place]);
  }

  async #find(
    scope: Scope,
    wanted: readonly Identifier[],
    rows: readonly RowRecord[],
    listComing: () => readonly RowRecord[],
  ): Promise<Found> {
    const workspaceId = this.#workspaceId;
    const identifiers = await loadIdentifiers(scope, workspaceId, wanted);
    const isAsked = listNames(rows, identifiers).every((name) => this.#namesAsked.has(name));
    const names = isAsked ? [] : listNames(listComing(), identifiers);
    for (const name of names) this.#namesAsked.add(name);
    const owners = [...identifiers.values()];
    const unknown = wanted.filter(({ kind, value }) => !identifiers.has(kind, value));
    const [accountsByName, contacts, erased] = await together(
      loadNames(scope, workspaceId, names),
      loadContacts(scope, workspaceId, owners),
      listErased(scope, workspaceId, unknown),
    );
    const accountIds = new Set([...owners.map(({ accountId }) => accountId), ...accountsByName.values()]);
    const accounts = await loadAccounts(scope, workspaceId, [...accountIds]);
    const found: Found = { identifiers, accounts, contacts, accountsByName, erased };
    this.#question.carried?.lay(found, { identifiers: wanted, names });
    return found;
  }
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

/** Kind by kind: so PostgreSQL walks its index once for all values of a kind, in order, whatever it believes of their number. */
async function loadIdentifiers(
  scope: Scope,
  workspaceId: WorkspaceId,
  wanted: readonly Identifier[],
): Promise<ByIdentifier<IdentifierOwner>> {
  const owners = new ByIdentifier<IdentifierOwner>();
  const load = async (kind: IdentifierKind, values: readonly string[]) => {
    const { rows } = await sql<{ value: string } & IdentifierOwner>`
      select value, account_id, contact_id from identifier
      where workspace_id = ${workspaceId} and kind = ${kind} and value = any(${packTexts(values)}::text[])`.execute(
      scope,
    );
    for (const { value, accountId, contactId } of rows) owners.set(kind, value, { accountId, contactId });
  };
  const kinds = Map.groupBy(wanted, ({ kind }) => kind);
  await together(
    ...[...kinds].map(([kind, each]) =>
      load(
        kind,
        each.map(({ value }) => value),
      ),
    ),
  );
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
