import { sql } from 'kysely';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { type Scope, together } from '../db/scope.ts';
import { type Draft, takeNewPeople } from '../sources/draft.ts';
import type { ContactFields } from '../sources/record.ts';
import { type ContactState, type Identifier, type IdentifierOwner, identifierMark } from '../sources/resolve-known.ts';
import { noteStages } from './account-stage.ts';
import { packFlags, packTexts, packUuids } from './binary-array.ts';
import { noteAdded, noteBefore } from './import-change.ts';
import { assignSegments } from './segment.ts';

/** Somebody else took an identifier between this batch's look and its write: the batch must be done again on what stands now. */
export class ImportRace extends Error {
  override name = 'ImportRace';
}

const accountColumns =
  'id uuid, name text, segment text, tier int, stage text, industry text, employees int, country text, territory text, "ownerAddress" text, "doNotContact" boolean, "latestWin" text, technologies text';

/**
 * Writes the people that the batch has made so far, and all new identifiers, first that they are new: so the rows behind them can be resolved meanwhile. What
 * belongs to an account that is not written yet refers to it all the same. Throws `ImportRace` when an identifier is no longer free.
 */
export async function writeNewPeople(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  draft: Draft,
): Promise<void> {
  const { newContacts, newIdentifiers } = takeNewPeople(draft);
  // Identifiers of what is new go with it, when it is undone.
  const isLone = ({ accountId, contactId }: IdentifierOwner) =>
    !draft.newAccounts.has(accountId ?? '') && !draft.sentContacts.has(contactId ?? '');
  await together(
    noteAdded(scope, workspaceId, importId, 'contact', [...newContacts.keys()]),
    noteAdded(scope, workspaceId, importId, 'identifier', newIdentifiers.filter(isLone).map(identifierMark)),
    addContacts(scope, workspaceId, [...newContacts.values()]),
    addIdentifiers(scope, workspaceId, newIdentifiers),
  );
}

/**
 * Writes the batch's accounts and campaigns, and what changed of its contacts, first how they were. Statements that do not need each other are asked together:
 * PostgreSQL does not wait for this process between them.
 */
export async function writeRecords(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  draft: Draft,
): Promise<void> {
  await noteRecords(scope, workspaceId, importId, draft);
  await together(
    writeAccounts(scope, workspaceId, importId, draft),
    changeContacts(scope, workspaceId, draft),
    writeCampaigns(scope, workspaceId, draft),
  );
}

/** How it was before, so that it can be undone. */
async function noteRecords(scope: Scope, workspaceId: WorkspaceId, importId: ImportId, draft: Draft): Promise<void> {
  const note = {
    before: noteBefore.bind(null, scope, workspaceId, importId),
    added: noteAdded.bind(null, scope, workspaceId, importId),
  };
  await together(
    note.before('account', [...draft.changedAccounts.keys()]),
    note.before('contact', [...draft.changedContacts.keys()]),
    note.before('campaign', [...draft.changedCampaigns.keys()]),
    note.added('account', [...draft.newAccounts.keys()]),
    note.added('campaign', [...draft.newCampaigns.keys()]),
  );
}

async function writeAccounts(scope: Scope, workspaceId: WorkspaceId, importId: ImportId, draft: Draft): Promise<void> {
  const added = [...draft.newAccounts.values()].map(({ id, name, fields }) => ({ id, name, ...fields }));
  if (added.length > 0)
    await sql`
      insert into account (workspace_id, id, name, segment, tier, stage, industry, employees, country, territory, owner_address, do_not_contact, latest_win, technologies)
      select ${workspaceId}, id, name, segment, tier, stage, industry, employees, country, territory, "ownerAddress", coalesce("doNotContact", false), "latestWin", technologies
      from jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as r(${sql.raw(accountColumns)})`.execute(scope);
  const changed = [...draft.changedAccounts.values()].map(({ id, name, fields }) => ({ id, name, ...fields }));
  if (changed.length > 0)
    await sql`
      update account a set name = r.name, segment = r.segment, tier = r.tier, stage = r.stage, industry = r.industry, employees = r.employees,
        country = r.country, territory = r.territory, owner_address = r."ownerAddress", do_not_contact = coalesce(r."doNotContact", false),
        latest_win = r."latestWin", technologies = r.technologies, is_ruled = false, given_segment = null, updated_at = now()
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as r(${sql.raw(accountColumns)})
      where a.workspace_id = ${workspaceId} and a.id = r.id`.execute(scope);
  const newIds = added.filter(({ stage }) => stage !== null).map(({ id }) => id);
  await noteStages(scope, workspaceId, importId, [...newIds, ...draft.changedAccounts.keys()], newIds);
  await assignSegments(
    scope,
    workspaceId,
    [...added, ...changed].map(({ id }) => id),
  );
}

const contactColumns =
  'id uuid, "accountId" uuid, name text, title text, "buyingRole" text, country text, "doNotContact" boolean';

async function addContacts(scope: Scope, workspaceId: WorkspaceId, added: readonly ContactState[]): Promise<void> {
  if (added.length === 0) return;
  const field = <K extends keyof ContactFields>(key: K) => added.map(({ fields }) => fields[key]);
  await sql`
    insert into contact (workspace_id, id, account_id, name, title, buying_role, country, do_not_contact)
    select ${workspaceId}, unnest(${packUuids(added.map(({ id }) => id))}::uuid[]), unnest(${packUuids(added.map(({ accountId }) => accountId))}::uuid[]),
      unnest(${packTexts(field('name'))}::text[]), unnest(${packTexts(field('title'))}::text[]), unnest(${packTexts(field('buyingRole'))}::text[]),
      unnest(${packTexts(field('country'))}::text[]), unnest(${packFlags(field('doNotContact').map((flag) => flag ?? false))}::boolean[])`.execute(
    scope,
  );
}

async function changeContacts(scope: Scope, workspaceId: WorkspaceId, draft: Draft): Promise<void> {
  const changed = [...draft.changedContacts.values()].map(({ id, accountId, fields }) => ({
    id,
    accountId,
    ...fields,
  }));
  if (changed.length > 0)
    await sql`
      update contact c set account_id = r."accountId", name = r.name, title = r.title, buying_role = r."buyingRole", country = r.country,
        do_not_contact = coalesce(r."doNotContact", false), updated_at = now()
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as r(${sql.raw(contactColumns)})
      where c.workspace_id = ${workspaceId} and c.id = r.id`.execute(scope);
}

async function addIdentifiers(
  scope: Scope,
  workspaceId: WorkspaceId,
  added: readonly (Identifier & IdentifierOwner)[],
): Promise<void> {
  if (added.length === 0) return;
  const column = <K extends keyof (typeof added)[number]>(key: K) => added.map((each) => each[key]);
  const { numAffectedRows } = await sql`
    insert into identifier (workspace_id, kind, value, account_id, contact_id)
    select ${workspaceId}, unnest(${packTexts(column('kind'))}::text[]), unnest(${packTexts(column('value'))}::text[]),
      unnest(${packUuids(column('accountId'))}::uuid[]), unnest(${packUuids(column('contactId'))}::uuid[])
    on conflict (workspace_id, kind, value) do nothing`.execute(scope);
  if (numAffectedRows !== BigInt(added.length))
    throw new ImportRace('An identifier was taken while the batch was resolved.');
}

async function writeCampaigns(scope: Scope, workspaceId: WorkspaceId, draft: Draft): Promise<void> {
  const added = [...draft.newCampaigns.values()];
  if (added.length > 0)
    await scope
      .insertInto('campaign')
      .values(added.map((campaign) => ({ workspaceId, ...campaign })))
      .execute();
  for (const { id, ...campaign } of draft.changedCampaigns.values())
    await scope
      .updateTable('campaign')
      .set(campaign)
      .where('workspaceId', '=', workspaceId)
      .where('id', '=', id)
      .execute();
}
