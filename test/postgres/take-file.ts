import { randomUUID } from 'node:crypto';
import pino from 'pino';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { type ImportStatus, importStatusSchema } from '#contract/import.ts';
import type { DateOrder, ImportMapping } from '#contract/mapping.ts';
import { inWorkspace } from '../../server/db/scope.ts';
import { runImport } from '../../server/sources/run-import.ts';
import { openImport } from '../../server/store/import-job.ts';
import type { TestDatabase } from './database.ts';

/** What a test says of a file that it imports. */
export interface FileOrder {
  fileName: string;
  now: Date;
  zone?: string | null;
  dates?: DateOrder | null;
  mapping?: ImportMapping | null;
  dryRun?: boolean;
}

/** Imports a file into a workspace of a test's database, as a store does. */
export async function takeFile(
  { db, url }: TestDatabase,
  workspaceId: WorkspaceId,
  file: Uint8Array,
  { now, dryRun = false, ...job }: FileOrder,
): Promise<ImportStatus> {
  const importId = randomUUID() as ImportId;
  const open = { ...job, dryRun, id: importId, bytes: file.length, byMember: null, ticket: null };
  await inWorkspace(db, workspaceId, (scope) => openImport(scope, workspaceId, open));
  const ground = { db, url, log: pino({ level: 'silent' }), now: () => now, poke: () => undefined, apart: null };
  async function* chunks() {
    yield file;
  }
  return importStatusSchema.parse(await runImport({ ...ground, workspaceId, importId }, chunks()));
}
