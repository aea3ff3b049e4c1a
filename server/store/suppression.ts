import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Clue } from '#contract/sighting.ts';
import type { Scope } from '../db/scope.ts';

/** Who is erased, as it can be told without naming them: the key and the digests of their identifiers. */
export interface SuppressionList {
  key: Buffer;
  digests: Buffer[];
}

/** The digest by which an erased person's identifier is known again. Another key than the devices', so that rotating theirs brings nobody back. */
export function digestIdentifier(key: Buffer, { kind, value }: Clue): Buffer {
  return createHmac('sha256', key).update(`${kind}:${value}`).digest();
}

/** Everybody who was erased. */
export async function readSuppressionList(scope: Scope, workspaceId: WorkspaceId): Promise<SuppressionList> {
  const key = await readKey(scope, workspaceId);
  const { rows } = await sql<{ digest: Buffer }>`
    select digest from suppression where workspace_id = ${workspaceId} order by digest`.execute(scope);
  return { key, digests: rows.map((row) => row.digest) };
}

/** Takes over a list of before (a restore): its key replaces the workspace's own, whose digests must all be in the list. */
export async function replaceSuppressionList(
  scope: Scope,
  workspaceId: WorkspaceId,
  list: SuppressionList,
): Promise<void> {
  await sql`update workspace set suppression_key = ${list.key} where workspace_id = ${workspaceId}`.execute(scope);
  await sql`delete from suppression where workspace_id = ${workspaceId}`.execute(scope);
  await addDigests(scope, workspaceId, list.digests);
}

/** Remembers identifiers as those of somebody who was erased. Normalised ones; a second time changes nothing. */
export async function suppressIdentifiers(
  scope: Scope,
  workspaceId: WorkspaceId,
  identifiers: readonly Clue[],
): Promise<void> {
  if (identifiers.length === 0) return;
  const key = await readKey(scope, workspaceId);
  await addDigests(
    scope,
    workspaceId,
    identifiers.map((each) => digestIdentifier(key, each)),
  );
}

/** Which of these normalised identifiers are those of somebody who was erased. */
export async function findSuppressed<Identifier extends Clue>(
  scope: Scope,
  workspaceId: WorkspaceId,
  identifiers: readonly Identifier[],
): Promise<Identifier[]> {
  if (identifiers.length === 0) return [];
  const { rows } = await sql<{ key: Buffer }>`
    select suppression_key as key from workspace w
    where workspace_id = ${workspaceId} and exists (select 1 from suppression s where s.workspace_id = w.workspace_id)`.execute(
    scope,
  );
  const key = rows[0]?.key;
  if (key === undefined) return [];
  const digests = identifiers.map((each) => digestIdentifier(key, each));
  const found = await sql<{ digest: Buffer }>`
    select digest from suppression where workspace_id = ${workspaceId} and digest = any(${digests}::bytea[])`.execute(
    scope,
  );
  const suppressed = new Set(found.rows.map((row) => row.digest.toString('hex')));
  return identifiers.filter((_, index) => suppressed.has(digests[index]?.toString('hex') ?? ''));
}

async function readKey(scope: Scope, workspaceId: WorkspaceId): Promise<Buffer> {
  const { suppressionKey } = await scope
    .selectFrom('workspace')
    .select('suppressionKey')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return suppressionKey;
}

async function addDigests(scope: Scope, workspaceId: WorkspaceId, digests: readonly Buffer[]): Promise<void> {
  await sql`
    insert into suppression (workspace_id, digest) select ${workspaceId}, d from unnest(${[...digests]}::bytea[]) as d
    on conflict do nothing`.execute(scope);
}
