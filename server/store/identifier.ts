import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { AccountId, ContactId, IdentifierKey, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Clue } from '#contract/sighting.ts';
import type { Scope } from '../db/scope.ts';

/** What an identifier leads to: one account or one contact. `linkedBy` null: it came from a source; else a member chose it. */
export interface KnownIdentifier {
  accountId: AccountId | null;
  contactId: ContactId | null;
  linkedBy: MemberId | null;
}

/** The key by which devices know an identifier. The same as `keyOf` of utils/identity/hash.ts, which is asynchronous and would cost a task for each of a snapshot's keys. */
export function hashIdentifier(
  key: { keyId: string; secret: Buffer },
  kind: Clue['kind'],
  value: string,
): IdentifierKey {
  return `${key.keyId}:${createHmac('sha256', key.secret).update(`${kind}:${value}`).digest('base64url')}` as IdentifierKey;
}

/** All identifiers of these accounts and contacts. */
export async function listIdentifiers(
  scope: Scope,
  workspaceId: WorkspaceId,
  accountIds: readonly string[],
  contactIds: readonly string[],
): Promise<{ kind: Clue['kind']; value: string; ownerId: string }[]> {
  const { rows } = await sql<{ kind: Clue['kind']; value: string; ownerId: string }>`
    select kind, value, account_id as owner_id from identifier where workspace_id = ${workspaceId} and account_id = any(${[...accountIds]}::uuid[])
    union all
    select kind, value, contact_id from identifier where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])
    order by 1, 2`.execute(scope);
  return rows;
}

/** What a normalised identifier leads to, locked for this transaction; undefined when the store does not know it. */
export async function findIdentifier(
  scope: Scope,
  workspaceId: WorkspaceId,
  clue: Clue,
): Promise<KnownIdentifier | undefined> {
  const row = await scope
    .selectFrom('identifier')
    .select(['accountId', 'contactId', 'linkedBy'])
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', clue.kind)
    .where('value', '=', clue.value)
    .forUpdate()
    .executeTakeFirst();
  return row as KnownIdentifier | undefined;
}

/** Leads a normalised identifier to a contact by a member's choice, wherever a member's choice led it before. False when a source says otherwise, or it is an account's. */
export async function linkIdentifier(
  scope: Scope,
  workspaceId: WorkspaceId,
  clue: Clue,
  contactId: ContactId,
  memberId: MemberId,
): Promise<boolean> {
  const { rows } = await sql`
    insert into identifier (workspace_id, kind, value, contact_id, linked_by) values (${workspaceId}, ${clue.kind}, ${clue.value}, ${contactId}, ${memberId})
    on conflict (workspace_id, kind, value) do update set contact_id = excluded.contact_id, linked_by = excluded.linked_by, linked_at = now()
      where identifier.linked_by is not null and identifier.contact_id is not null
    returning 1`.execute(scope);
  return rows.length > 0;
}

/** Forgets a member's choice. What a source says stays. */
export async function unlinkIdentifier(scope: Scope, workspaceId: WorkspaceId, clue: Clue): Promise<void> {
  await sql`delete from identifier
    where workspace_id = ${workspaceId} and kind = ${clue.kind} and value = ${clue.value} and linked_by is not null`.execute(
    scope,
  );
}
