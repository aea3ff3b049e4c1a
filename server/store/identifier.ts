import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { AccountId, ContactId, IdentifierKey, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Clue } from '#contract/sighting.ts';
import type { KeyKind } from '../../utils/identity/tag.ts';
import type { Scope } from '../db/scope.ts';
import type { HashKey } from './hash-key.ts';

/**
 * What an identifier leads to. By a source's word (`isChosen` false, the address that somebody was added with among them): one account or one contact;
 * by a member's choice: one contact. `choice`: the contact that a member chose against a source's word.
 */
export interface KnownIdentifier {
  accountId: AccountId | null;
  contactId: ContactId | null;
  isChosen: boolean;
  choice: ContactId | null;
}

/** An identifier of an account or contact; `memberId`, `at` and `by` are null unless a member led it there by a choice. */
export interface OwnedIdentifier extends Clue {
  ownerId: string;
  memberId: MemberId | null;
  at: Date | null;
  by: string | null;
}

/** A choice is what a member led somewhere later than it was there by itself: somebody's own address comes with them, in one moment. */
const isChosen = sql<boolean>`(i.linked_by is not null and not (i.kind = 'email' and exists (
  select 1 from contact c where c.workspace_id = i.workspace_id and c.id = i.contact_id and c.created_at = i.linked_at)))`;

/** The key by which devices know an identifier. The same as `keyOf` of utils/identity/hash.ts, which is asynchronous and would cost a task for each of a snapshot's keys. */
export function hashIdentifier(key: HashKey, kind: KeyKind, value: string): IdentifierKey {
  return `${key.keyId}:${createHmac('sha256', key.secret).update(`${kind}:${value}`).digest('base64url')}` as IdentifierKey;
}

/** All identifiers of these accounts and contacts, by kind and value. One that a source and a choice lead to different contacts is there for both. */
export async function listIdentifiers(
  scope: Scope,
  workspaceId: WorkspaceId,
  accountIds: readonly string[],
  contactIds: readonly string[],
): Promise<OwnedIdentifier[]> {
  const { rows } = await sql<OwnedIdentifier>`
    with owned as (
      select kind, value, account_id as owner_id, null::uuid as member_id, null::timestamptz as at from identifier
      where workspace_id = ${workspaceId} and account_id = any(${[...accountIds]}::uuid[])
      union all
      select kind, value, contact_id, case when ${isChosen} then linked_by end, case when ${isChosen} then linked_at end from identifier i
      where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])
      union all
      select kind, value, contact_id, chosen_by, chosen_at from identifier_choice
      where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])
    )
    select o.*, m.name as by from owned o left join member m on m.workspace_id = ${workspaceId} and m.id = o.member_id
    order by o.kind, o.value`.execute(scope);
  return rows;
}

/** What a normalised identifier leads to, locked for this transaction; undefined when neither a source nor a member has led it anywhere. */
export async function findIdentifier(
  scope: Scope,
  workspaceId: WorkspaceId,
  clue: Clue,
): Promise<KnownIdentifier | undefined> {
  const { rows: known } = await sql<Omit<KnownIdentifier, 'choice'>>`
    select i.account_id, i.contact_id, ${isChosen} as is_chosen from identifier i
    where i.workspace_id = ${workspaceId} and i.kind = ${clue.kind} and i.value = ${clue.value} for update`.execute(
    scope,
  );
  const { rows: chosen } = await sql<{ contactId: ContactId }>`
    select contact_id from identifier_choice
    where workspace_id = ${workspaceId} and kind = ${clue.kind} and value = ${clue.value} for update`.execute(scope);
  if (known.length + chosen.length === 0) return undefined;
  const nothing = { accountId: null, contactId: null, isChosen: false };
  return { ...(known[0] ?? nothing), choice: chosen[0]?.contactId ?? null };
}

/** Leads a normalised identifier to a contact by a member's choice, wherever a choice led it before. A source's word stays beside it. */
export async function linkIdentifier(
  scope: Scope,
  workspaceId: WorkspaceId,
  clue: Clue,
  contactId: ContactId,
  memberId: MemberId,
): Promise<void> {
  const { rows } = await sql`
    insert into identifier as i (workspace_id, kind, value, contact_id, linked_by) values (${workspaceId}, ${clue.kind}, ${clue.value}, ${contactId}, ${memberId})
    on conflict (workspace_id, kind, value) do update set contact_id = excluded.contact_id, linked_by = excluded.linked_by, linked_at = now()
      where ${isChosen}
    returning 1`.execute(scope);
  if (rows.length > 0) return forgetChoice(scope, workspaceId, clue);
  await sql`
    insert into identifier_choice (workspace_id, kind, value, contact_id, chosen_by) values (${workspaceId}, ${clue.kind}, ${clue.value}, ${contactId}, ${memberId})
    on conflict (workspace_id, kind, value) do update set contact_id = excluded.contact_id, chosen_by = excluded.chosen_by, chosen_at = now()`.execute(
    scope,
  );
}

/** Forgets a member's choice. What a source says stays. */
export async function unlinkIdentifier(scope: Scope, workspaceId: WorkspaceId, clue: Clue): Promise<void> {
  await forgetChoice(scope, workspaceId, clue);
  await sql`
    delete from identifier i where workspace_id = ${workspaceId} and kind = ${clue.kind} and value = ${clue.value} and ${isChosen}`.execute(
    scope,
  );
}

async function forgetChoice(scope: Scope, workspaceId: WorkspaceId, clue: Clue): Promise<void> {
  await sql`
    delete from identifier_choice where workspace_id = ${workspaceId} and kind = ${clue.kind} and value = ${clue.value}`.execute(
    scope,
  );
}
