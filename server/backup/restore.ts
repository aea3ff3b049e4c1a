import type { WorkspaceId } from '#contract/ids.ts';
import { type Load, type LoadSection, loadDatabase } from '../db/load.ts';
import type { Scope } from '../db/scope.ts';
import type { ErasedLists } from '../persons/erased-list.ts';
import { removeErased } from '../persons/remove-erased.ts';
import { breakOffImports, keepDevicesSignedIn, noteRestored, type RestoreTimes } from '../store/restored.ts';
import { type CheckedBackup, readBackup } from './read-backup.ts';

/**
 * What is put right in a workspace's restored rows, in the restore's own transaction, before anybody can see them.
 * Whoever must not come back with an old backup (people who were erased since) is taken out by an entry here.
 */
type Mend = (scope: Scope, workspaceId: WorkspaceId, facts: RestoreFacts) => Promise<unknown>;

/** When, and who was erased since. */
type RestoreFacts = RestoreTimes & { erased: ErasedLists | null };

const mending: readonly Mend[] = [
  noteRestored,
  keepDevicesSignedIn,
  breakOffImports,
  (scope, workspaceId, { erased }) => removeErased(scope, workspaceId, erased?.get(workspaceId) ?? null),
];

/** Restores a checked backup into the empty store that `ownerUrl` leads to: all of it or nothing. Answers how many rows went in. Throws a `Refusal`. */
export function restoreBackup(
  ownerUrl: string,
  backup: CheckedBackup,
  options: { now: Date; erased?: ErasedLists | null; onProgress?: (part: number) => void; isSameMoment?: boolean },
): Promise<number> {
  const { schema, workspaces, tables, takenAt } = backup.header;
  const load: Load = { schema, workspaces, tables, sections: readSections(backup, options.onProgress) };
  const facts = { takenAt: new Date(takenAt), now: options.now, erased: options.erased ?? null };
  return loadDatabase(ownerUrl, load, async (scope, workspaceId) => {
    // A move to another PostgreSQL takes everything along as it stood.
    if (options.isSameMoment) return;
    for (const mend of mending) await mend(scope, workspaceId, facts);
  });
}

async function* readSections(backup: CheckedBackup, onProgress?: (part: number) => void): AsyncGenerator<LoadSection> {
  for await (const { table, workspace, rows, readFoot } of readBackup(backup, onProgress)) {
    yield { table, workspace, rows, readCount: async () => (await readFoot()).rows };
  }
}
