import { randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A file that only this process can reach: for its owner's eyes alone from the first moment, and without a name right after. Its bytes are gone once it is closed,
 * however the process ends. `dir` must be there.
 */
export async function openNamelessFile(dir: string): Promise<FileHandle> {
  const path = join(dir, randomBytes(12).toString('hex'));
  const file = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
  } catch (error) {
    await file.close();
    throw error;
  }
  return file;
}
