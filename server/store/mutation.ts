import { sql } from 'kysely';
import type { z } from 'zod';
import type { deviceProgressSchema } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Rejection } from '#contract/mutation.ts';
import type { Scope } from '../db/scope.ts';
import type { Caller } from '../deps.ts';

/** Of what was refused a device is told the newest of the last 30 days. */
const mostRejections = 500;
const recentSince = (now: Date) => new Date(now.getTime() - 30 * 86_400_000);

type DeviceProgress = z.infer<typeof deviceProgressSchema>;

/** A mutation as it is recorded: done, or refused by the rules. */
export interface RecordedMutation {
  sequence: number;
  kind: string;
  claimedAt: string;
  rejection: { code: string; message: string } | null;
}

/** Records mutations and moves the device's last sequence to the last of them, in one statement. They must be in order and follow the last. */
export async function recordMutations(
  scope: Scope,
  caller: Caller,
  mutations: readonly RecordedMutation[],
): Promise<void> {
  const last = mutations.at(-1);
  if (!last) return;
  const rows = mutations.map(({ sequence, kind, claimedAt, rejection }) => ({
    sequence,
    kind,
    claimedAt,
    ...rejection,
  }));
  await sql`
    with recorded as (
      insert into mutation (workspace_id, device_id, sequence, kind, claimed_at, rejection_code, rejection_message)
      select ${caller.workspaceId}, ${caller.deviceId}, r.sequence, r.kind, r."claimedAt", r.code, r.message
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(sequence bigint, kind text, "claimedAt" timestamptz, code text, message text)
    )
    update device set last_sequence = ${last.sequence} where workspace_id = ${caller.workspaceId} and id = ${caller.deviceId}`.execute(
    scope,
  );
}

/** Refused mutations of this device among these sequences, in order. */
export async function listRejections(scope: Scope, caller: Caller, from: number, to: number): Promise<Rejection[]> {
  const { rows } = await sql<Rejection>`
    select sequence, rejection_code as code, rejection_message as message from mutation
    where workspace_id = ${caller.workspaceId} and device_id = ${caller.deviceId} and sequence between ${from} and ${to} and rejection_code is not null
    order by sequence`.execute(scope);
  return rows;
}

/** What the store has of this device: its last sequence, and what was refused in the last 30 days, the newest 500 in order. */
export async function readDeviceProgress(scope: Scope, caller: Caller, now: Date): Promise<DeviceProgress> {
  const { lastSequence } = await scope
    .selectFrom('device')
    .select('lastSequence')
    .where('workspaceId', '=', caller.workspaceId)
    .where('id', '=', caller.deviceId)
    .executeTakeFirstOrThrow();
  return { lastSequence, rejected: await listRecentRejections(scope, caller, now) };
}

/** What was refused of this device in the last 30 days, the newest 500 in order. */
export async function listRecentRejections(scope: Scope, caller: Caller, now: Date): Promise<Rejection[]> {
  const { rows } = await sql<Rejection>`
    select sequence, rejection_code as code, rejection_message as message from mutation
    where workspace_id = ${caller.workspaceId} and device_id = ${caller.deviceId} and rejection_code is not null and at > ${recentSince(now)}
    order by sequence desc limit ${mostRejections}`.execute(scope);
  return rows.reverse();
}

/** As `listRecentRejections`, of the devices whose tokens have these hashes, by device's id; who has none is missing. */
export async function listRecentRejectionsOf(
  scope: Scope,
  workspaceId: WorkspaceId,
  tokenHashes: readonly Buffer[],
  now: Date,
): Promise<Map<string, Rejection[]>> {
  const { rows } = await sql<Rejection & { deviceId: string }>`
    select d.id as device_id, r.* from device d cross join lateral (
      select sequence, rejection_code as code, rejection_message as message from mutation
      where workspace_id = ${workspaceId} and device_id = d.id and rejection_code is not null and at > ${recentSince(now)}
      order by sequence desc limit ${mostRejections}) r
    where d.workspace_id = ${workspaceId} and d.token_hash = any(${[...tokenHashes]}::bytea[])
    order by d.id, r.sequence`.execute(scope);
  const rejections = new Map<string, Rejection[]>();
  for (const { deviceId, ...rejection } of rows)
    rejections.set(deviceId, [...(rejections.get(deviceId) ?? []), rejection]);
  return rejections;
}
