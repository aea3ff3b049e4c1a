import { sql } from 'kysely';
import type { Bundle, BundleAccount, BundleContact, BundleInsight, BundleLink } from '#contract/bundle.ts';
import type { AccountId, ContactId, IdentifierKey, WorkspaceId } from '#contract/ids.ts';
import type { Scorecard } from '#contract/score.ts';
import { listIndexTerms } from '../../utils/identity/tag.ts';
import { scoreContact } from '../../utils/scoring/score.ts';
import type { Scope } from '../db/scope.ts';
import { listTechnologies } from './contact.ts';
import { answerJson, importedFrom } from './desk-insights.ts';
import type { HashKey } from './hash-key.ts';
import { hashIdentifier, listIdentifiers, type OwnedIdentifier } from './identifier.ts';
import { readScorecard } from './scorecard.ts';
import { composeScored, type FoldedCount, listFoldedCounts } from './scored-touch.ts';
import { isHeld, type Territories } from './territory.ts';
import { countTouches, listNewestTouches, listPlannedTouches, type TouchCount, type TouchRow } from './touch.ts';

type AccountRow = Omit<BundleAccount, 'keys' | 'technologies'> & { technologies: string | null };
type ContactRow = {
  id: ContactId;
  accountId: AccountId | null;
  name: string | null;
  title: string | null;
  role: string | null;
  country: string | null;
  doNotContact: boolean;
};
type InsightRow = Omit<BundleInsight, 'at'> & { bundleId: string; at: Date };

const shownTouches = 50;
const shownInsights = 10;

/** Everything that belongs to the bundles asked for, by owner's id. */
interface Parts {
  scorecard: Scorecard;
  keys: Map<string, IdentifierKey[]>;
  links: Map<string, BundleLink[]>;
  touches: Map<string, TouchRow[]>;
  folded: Map<string, FoldedCount[]>;
  counts: Map<string, TouchCount>;
  planned: Map<string, Awaited<ReturnType<typeof listPlannedTouches>>>;
  accounts: Map<string, AccountRow>;
}

/**
 * The bundles of these ids (accounts, or contacts without an account) as they stand, their identifiers hashed by `key`, in a fixed number of queries however many they are.
 * An id that no longer has a bundle is left out. Order: as asked.
 */
export async function readBundles(
  scope: Scope,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  key: HashKey,
  now: Date,
): Promise<Bundle[]> {
  if (ids.length === 0) return [];
  const [accounts, contacts, scorecard, insightRows] = await Promise.all([
    listAccounts(scope, workspaceId, ids),
    listContacts(scope, workspaceId, ids),
    readScorecard(scope, workspaceId),
    listInsights(scope, workspaceId, ids),
  ]);
  const accountIds = accounts.map((account) => account.id);
  const contactIds = contacts.map((contact) => contact.id);
  const [identifiers, touches, folded, counts, planned] = await Promise.all([
    listIdentifiers(scope, workspaceId, accountIds, contactIds),
    listNewestTouches(scope, workspaceId, contactIds, now),
    listFoldedCounts(scope, workspaceId, contactIds, now),
    countTouches(scope, workspaceId, contactIds, now),
    listPlannedTouches(scope, workspaceId, contactIds, now),
  ]);
  const parts: Parts = {
    scorecard,
    ...hashAll(key, identifiers),
    touches: Map.groupBy(touches, (row) => row.contactId),
    folded: Map.groupBy(folded, (row) => row.contactId),
    counts: new Map(counts.map((row) => [row.contactId, row])),
    planned: Map.groupBy(planned, (row) => row.contactId),
    accounts: new Map(accounts.map((account) => [account.id, account])),
  };
  const insights = Map.groupBy(insightRows, (row) => row.bundleId);
  const people = Map.groupBy(contacts, (contact): string => contact.accountId ?? contact.id);
  return ids.flatMap((id) => {
    const account = parts.accounts.get(id);
    const members = people.get(id) ?? [];
    if (!account && members.length === 0) return [];
    return {
      id,
      account: account ? composeAccount(account, parts.keys.get(id) ?? []) : null,
      contacts: members.map((contact) => composeContact(parts, contact, now)),
      insights: (insights.get(id) ?? []).slice(0, shownInsights).map(({ bundleId: _, isImported, ...insight }) => ({
        ...insight,
        at: insight.at.toISOString(),
        ...(isImported && { isImported }),
      })),
    };
  });
}

function composeAccount({ technologies, ...account }: AccountRow, keys: IdentifierKey[]): BundleAccount {
  return { ...account, technologies: listTechnologies(technologies), keys };
}

function composeContact(parts: Parts, contact: ContactRow, now: Date): BundleContact {
  const account = contact.accountId === null ? null : (parts.accounts.get(contact.accountId) ?? null);
  const touches = parts.touches.get(contact.id) ?? [];
  const scored = composeScored(touches, parts.folded.get(contact.id) ?? []);
  const count = parts.counts.get(contact.id);
  const subject = account && { ...account, technologies: listTechnologies(account.technologies) };
  return {
    id: contact.id,
    name: contact.name,
    title: contact.title,
    role: contact.role,
    country: contact.country,
    doNotContact: contact.doNotContact,
    score: scoreContact(parts.scorecard, { account: subject, contact }, scored, now),
    touches: touches
      .slice(0, shownTouches)
      .map(({ contactId: _, ...touch }) => ({ ...touch, at: touch.at.toISOString() })),
    touchCount: count?.touches ?? 0,
    robotCount: count?.robots ?? 0,
    firstTouchAt: count?.firstAt.toISOString() ?? null,
    planned: (parts.planned.get(contact.id) ?? []).map(({ contactId: _, ...touch }) => ({
      ...touch,
      plannedAt: touch.plannedAt.toISOString(),
    })),
    keys: parts.keys.get(contact.id) ?? [],
    links: parts.links.get(contact.id) ?? [],
  };
}

async function listAccounts(scope: Scope, workspaceId: WorkspaceId, ids: readonly string[]): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select id, name, segment, tier, stage, industry, employees, country, do_not_contact, latest_win, technologies
    from account where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(scope);
  return rows;
}

/** The people of these accounts, and of these ids those who have no account, by name. */
async function listContacts(scope: Scope, workspaceId: WorkspaceId, ids: readonly string[]): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    select id, account_id, name, title, buying_role as role, country, do_not_contact from contact
    where workspace_id = ${workspaceId} and account_id = any(${[...ids]}::uuid[])
    union all
    select id, account_id, name, title, buying_role, country, do_not_contact from contact
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[]) and account_id is null
    order by name nulls last, id`.execute(scope);
  return rows;
}

/** The keys of each owner without repeats, those of a tagged address's weaker form among them; and which of them members chose. */
export function hashAll(key: HashKey, identifiers: readonly OwnedIdentifier[]): Pick<Parts, 'keys' | 'links'> {
  const keys = new Map<string, Set<IdentifierKey>>();
  const links = new Map<string, BundleLink[]>();
  for (const { ownerId, memberId, at, by, ...clue } of identifiers) {
    const own = keys.get(ownerId) ?? new Set();
    for (const { kind, value } of listIndexTerms(clue)) own.add(hashIdentifier(key, kind, value));
    keys.set(ownerId, own);
    if (memberId === null || at === null) continue;
    const link = { key: hashIdentifier(key, clue.kind, clue.value), memberId, by: by ?? '', at: at.toISOString() };
    links.set(ownerId, [...(links.get(ownerId) ?? []), link]);
  }
  return { keys: new Map([...keys].map(([ownerId, own]) => [ownerId, [...own]])), links };
}

/** The newest insights of each bundle: on the account, or on a person there. Newest first. */
async function listInsights(scope: Scope, workspaceId: WorkspaceId, ids: readonly string[]): Promise<InsightRow[]> {
  const { rows } = await sql<InsightRow>`
    select b.id as bundle_id, i.id, i.contact_id, i.text, i.quote, i.kind, i.method, i.at, coalesce(m.name, ${importedFrom}, '') as by, i.source is not null as is_imported, ${answerJson} as answer
    from unnest(${[...ids]}::uuid[]) as b(id)
    cross join lateral (
      (select * from insight where workspace_id = ${workspaceId} and account_id = b.id and withdrawn_at is null order by at desc limit ${shownInsights})
      union all
      (select * from insight where workspace_id = ${workspaceId} and account_id is null and withdrawn_at is null
         and contact_id in (select id from contact where workspace_id = ${workspaceId} and (account_id = b.id or id = b.id))
       order by at desc limit ${shownInsights})
    ) i
    left join member m on m.workspace_id = ${workspaceId} and m.id = i.member_id
    left join member m2 on m2.workspace_id = ${workspaceId} and m2.id = i.answered_by
    left join import f on f.workspace_id = ${workspaceId} and f.id = i.import_id
    order by i.at desc, i.id`.execute(scope);
  return rows;
}

/** A bundle's id, and how many people are in it. */
export interface BundleSize {
  id: string;
  contacts: number;
}

/** All bundles that are held, as `listAllBundleIds` does, with their sizes. */
export async function listBundleSizes(
  scope: Scope,
  workspaceId: WorkspaceId,
  territories: Territories,
): Promise<BundleSize[]> {
  const { rows } = await sql<BundleSize>`
    select a.id, coalesce(c.contacts, 0) as contacts from account a left join (
      select account_id, count(*)::int as contacts from contact
      where workspace_id = ${workspaceId} and account_id is not null group by account_id) c on c.account_id = a.id
    where a.workspace_id = ${workspaceId} and ${isHeld(territories)}
    union all select id, 1 from contact where workspace_id = ${workspaceId} and account_id is null
    order by id`.execute(scope);
  return rows;
}

/** The ids of all bundles that are held: every account there, and every contact without one. In the order of their ids. */
export async function listAllBundleIds(
  scope: Scope,
  workspaceId: WorkspaceId,
  territories: Territories,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from account a where workspace_id = ${workspaceId} and ${isHeld(territories)}
    union all select id from contact where workspace_id = ${workspaceId} and account_id is null
    order by id`.execute(scope);
  return rows.map((row) => row.id);
}
