import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { DeviceId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { appendChanges } from './change.ts';

/** A key by which devices know identifiers, and the public id that stands before every hash it makes. */
export interface HashKey {
  keyId: string;
  secret: Buffer;
}

/** The workspace's keys. `previous` is on its way out: devices whose copy is under it are served until `endsAt`. Null: there is none. */
export interface HashKeys {
  current: HashKey;
  previous: (HashKey & { endsAt: Date }) | null;
}

/** So long devices have to move to a new key. A copy is never matched with mixed keys, so this bounds nothing but how long the old one is kept. */
export const keyOverlapMs = 24 * 3_600_000;
/** Who was not here for so long before a rotation is not waited for: they take a fresh copy when they are back. */
const awayMs = 7 * 86_400_000;

/** The keys as they stand. Throws when the workspace was never set up. */
export async function readHashKeys(scope: Scope, workspaceId: WorkspaceId): Promise<HashKeys> {
  const row = await scope
    .selectFrom('workspace')
    .select(['hashKeyId', 'hashKey', 'previousKeyId', 'previousKey', 'previousKeyEndsAt'])
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  if (!row) throw new Error('The workspace has no key for identifiers: it was not set up by this store.');
  const { previousKeyId, previousKey, previousKeyEndsAt } = row;
  return {
    current: { keyId: row.hashKeyId, secret: row.hashKey },
    previous:
      previousKeyId === null || previousKey === null || previousKeyEndsAt === null
        ? null
        : { keyId: previousKeyId, secret: previousKey, endsAt: previousKeyEndsAt },
  };
}

/** The key with that id while it is in use; null when it is not, or no more. */
export function findKey({ current, previous }: HashKeys, keyId: string | null): HashKey | null {
  return [current, previous].find((key) => key?.keyId === keyId) ?? null;
}

/** The key that is wished, while it is in use; without a wish the newest. */
export function findWishedKey(keys: HashKeys, keyId: string | null): HashKey | null {
  return keyId === null ? keys.current : findKey(keys, keyId);
}

/** A new key with an id that was never used before, also not by a store that was restored from a backup since. */
export function createHashKey(): HashKey {
  return { keyId: `k${randomBytes(5).toString('hex')}`, secret: randomBytes(32) };
}

/**
 * Makes a new key the current one. The one before stays for `keyOverlapMs`, or until all devices in use have moved; one that was still on its way out by then is
 * destroyed. Cannot be undone. Must be the transaction's last thing: whoever listens is told by the feed, though nothing that a card shows has changed.
 */
export async function rotateHashKey(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<void> {
  const { keyId, secret } = createHashKey();
  const endsAt = new Date(now.getTime() + keyOverlapMs);
  await sql`
    update workspace set previous_key_id = hash_key_id, previous_key = hash_key, previous_key_ends_at = ${endsAt},
      hash_key_id = ${keyId}, hash_key = ${secret}, hash_key_since = ${now}
    where workspace_id = ${workspaceId}`.execute(scope);
  await appendChanges(scope, workspaceId, []);
}

/** Devices that are in use, and are waited for: live, and here within the week before the rotation or since. As SQL on `device d`, `member m`, `workspace w`. */
const isAwaited = (now: Date) => sql<boolean>`(
  d.revoked_at is null and d.expires_at > ${now} and m.left_at is null
  and coalesce(d.last_seen_at, d.created_at) > coalesce(w.hash_key_since, w.created_at) - ${awayMs} * interval '1 millisecond')`;

/** Destroys the previous key once its time is over or no device in use needs it. Answers whether it did. A second time there is nothing to do. */
export async function endPreviousKey(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update workspace w set previous_key_id = null, previous_key = null, previous_key_ends_at = null
    where w.workspace_id = ${workspaceId} and w.previous_key_id is not null and (w.previous_key_ends_at <= ${now} or not exists (
      select 1 from device d join member m on m.workspace_id = d.workspace_id and m.id = d.member_id
      where d.workspace_id = w.workspace_id and ${isAwaited(now)} and d.key_id is distinct from w.hash_key_id))`.execute(
    scope,
  );
  return (numAffectedRows ?? 0n) > 0n;
}

/** Notes under which key a device holds its copy. Writes only what is new. */
export async function noteDeviceKey(
  scope: Scope,
  workspaceId: WorkspaceId,
  deviceId: DeviceId,
  keyId: string,
): Promise<void> {
  await sql`
    update device set key_id = ${keyId}
    where workspace_id = ${workspaceId} and id = ${deviceId} and key_id is distinct from ${keyId}`.execute(scope);
}

/** Under which key a device holds its copy, as far as it was told or has said; null: nothing was noted yet. */
export async function readDeviceKeyId(
  scope: Scope,
  workspaceId: WorkspaceId,
  deviceId: DeviceId,
): Promise<string | null> {
  const { keyId } = await scope
    .selectFrom('device')
    .select('keyId')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', deviceId)
    .executeTakeFirstOrThrow();
  return keyId;
}

/** How a rotation stands, without any key. */
export interface HashKeyState {
  keyId: string;
  since: Date;
  /** When the store was restored from a backup after this key was made or came back; null: it was not. */
  restoredAt: Date | null;
  /** Null: no older key is kept any more. */
  rotation: { endsAt: Date; moved: number; devices: number } | null;
  /** Names of members who knew this key and have left, in the order in which they went. */
  leavers: string[];
}

/** How the key and its rotation stand. */
export async function readHashKeyState(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<HashKeyState> {
  const { rows } = await sql<{
    keyId: string;
    since: Date;
    restoredAt: Date | null;
    endsAt: Date | null;
    moved: number;
    devices: number;
    leavers: string[];
  }>`
    select w.hash_key_id as key_id, coalesce(w.hash_key_since, w.created_at) as since, w.previous_key_ends_at as ends_at,
      case when w.restored_at > coalesce(w.hash_key_since, w.created_at) then w.restored_at end as restored_at,
      c.moved, c.devices, coalesce((
        select jsonb_agg(l.name order by l.left_at, l.name) from member l
        where l.workspace_id = w.workspace_id and l.left_at > coalesce(w.hash_key_since, w.created_at)
          and exists (select 1 from device d where d.workspace_id = l.workspace_id and d.member_id = l.id)), '[]'::jsonb) as leavers
    from workspace w cross join lateral (
      select count(*) filter (where d.key_id = w.hash_key_id)::int as moved, count(*)::int as devices
      from device d join member m on m.workspace_id = d.workspace_id and m.id = d.member_id
      where d.workspace_id = w.workspace_id and ${isAwaited(now)}) c
    where w.workspace_id = ${workspaceId}`.execute(scope);
  const row = rows[0];
  if (!row) throw new Error('The workspace has no key for identifiers: it was not set up by this store.');
  const { keyId, since, restoredAt, endsAt, moved, devices, leavers } = row;
  return { keyId, since, restoredAt, leavers, rotation: endsAt === null ? null : { endsAt, moved, devices } };
}
