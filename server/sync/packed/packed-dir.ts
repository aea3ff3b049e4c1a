import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes the folder in which packed snapshots are written, for this process's user alone: in the store's data folder, of which no other store makes use meanwhile;
 * null: among the system's temporary files. It is empty then, and `remove` takes it away.
 */
export async function makePackedDir(dataDir: string | null): Promise<{ dir: string; remove: () => Promise<void> }> {
  const own = dataDir === null ? null : join(dataDir, 'packed');
  if (own !== null) {
    await rm(own, { recursive: true, force: true });
    await mkdir(own, { recursive: true, mode: 0o700 });
  }
  const dir = own ?? (await mkdtemp(join(tmpdir(), 'baton-packed-')));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
