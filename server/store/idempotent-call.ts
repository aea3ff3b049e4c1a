import { sql } from 'kysely';
import type { Scope } from '../db/scope.ts';
import type { Caller } from '../deps.ts';

/** A call that was answered before: what it asked (hashed), and its answer (`sealed` null: without a body). */
export interface KeptCall {
  requestHash: Buffer;
  status: number;
  sealed: string | null;
}

/** Takes a key for the rest of the transaction. False: another call with it is being worked on. */
export async function lockCall(scope: Scope, { deviceId }: Caller, key: string): Promise<boolean> {
  const { rows } = await sql<{ isMine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${deviceId} ${key}`}, 20261122)) as is_mine`.execute(scope);
  return rows[0]?.isMine === true;
}

/** The call that this device made with the key, unless that was before `since`. Forgets the workspace's calls of before then. */
export async function findCall(
  scope: Scope,
  { workspaceId, deviceId }: Caller,
  key: string,
  since: Date,
): Promise<KeptCall | null> {
  await scope.deleteFrom('idempotentCall').where('workspaceId', '=', workspaceId).where('at', '<', since).execute();
  const row = await scope
    .selectFrom('idempotentCall')
    .select(['requestHash', 'status', 'body'])
    .where('workspaceId', '=', workspaceId)
    .where('deviceId', '=', deviceId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (row?.status == null) return null;
  const { sealed } = (row.body ?? {}) as { sealed?: string };
  return { requestHash: row.requestHash, status: row.status, sealed: sealed ?? null };
}

/** Keeps a call's answer with its effect. */
export async function keepCall(
  scope: Scope,
  { workspaceId, deviceId }: Caller,
  key: string,
  call: KeptCall,
  at: Date,
): Promise<void> {
  const body = call.sealed === null ? null : JSON.stringify({ sealed: call.sealed });
  await sql`
    insert into idempotent_call (workspace_id, device_id, key, request_hash, status, body, at)
    values (${workspaceId}, ${deviceId}, ${key}, ${call.requestHash}, ${call.status}, ${body}::jsonb, ${at})`.execute(
    scope,
  );
}
