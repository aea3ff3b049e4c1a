import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace } from '../db/scope.ts';
import { Refusal } from '../refusal.ts';
import { readSuppressionList, type SuppressionList } from '../store/suppression.ts';

/** Its name, in the folder of the backups: a restore looks for it beside the file it restores. */
export const erasedListName = 'erased-people.json';

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const listSchema = z.object({
  baton: z.literal('erased people'),
  workspaces: z.record(
    z.uuid(),
    z.object({
      key: bytes.refine((key) => key.length === 32),
      digests: z.array(bytes.refine((digest) => digest.length === 32)),
    }),
  ),
});

/** Who was erased, by workspace. */
export type ErasedLists = ReadonlyMap<WorkspaceId, SuppressionList>;

/**
 * Writes who was erased beside the backups, so that none made before brings them back. It names nobody: digests, and the key to tell them by, for its owner's eyes
 * alone. The file that was there stays whole until the new one is on the disk.
 */
export async function writeErasedList(
  db: Kysely<Schema>,
  workspaceIds: readonly WorkspaceId[],
  path: string,
): Promise<void> {
  const workspaces: Record<string, { key: string; digests: string[] }> = {};
  for (const id of workspaceIds) {
    const { key, digests } = await inWorkspace(db, id, (scope) => readSuppressionList(scope, id));
    workspaces[id] = { key: key.toString('base64'), digests: digests.map((digest) => digest.toString('base64')) };
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const file = await open(part, 'wx', 0o600);
    await file.writeFile(JSON.stringify({ baton: 'erased people', workspaces })).finally(async () => {
      await file.sync().finally(() => file.close());
    });
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

/** Reads such a file; null when there is none. Throws a `Refusal` for one that cannot be read: a restore must not pass over it. */
export async function readErasedList(path: string): Promise<ErasedLists | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Refusal(`The list of erased people ${path} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, {
      cause,
    });
  }
  const parsed = listSchema.safeParse(parseJson(text));
  if (!parsed.success)
    throw new Refusal(
      `${path} is no list of erased people, or it was damaged. Restored without it, people who were erased would come back: put a whole one there. Nothing was restored.`,
    );
  return new Map(Object.entries(parsed.data.workspaces) as [WorkspaceId, SuppressionList][]);
}

/** Where the list stands for a backup file. */
export function placeErasedList(backupPath: string): string {
  return join(dirname(backupPath), erasedListName);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
