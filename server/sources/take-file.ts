import type { ImportJob } from '../store/import-run.ts';
import { applyImport } from './apply.ts';
import type { ImportRun } from './import-ground.ts';
import { SetAside } from './set-aside.ts';
import { stageFile } from './stage.ts';

/** An import's file, as it comes in, and what is known of the import by then. */
export interface IncomingFile {
  job: ImportJob;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Sets an import's file aside (`stageFile`), and takes in what is set aside (`applyImport`) while the rest still comes: reading a file leaves a processor
 * half idle, and so does waiting for PostgreSQL. Null: the file is nobody's any more. Ends when both have; throws what the first of them did.
 */
export async function takeFile(run: ImportRun, file: IncomingFile | null): Promise<void> {
  if (file === null) return applyImport(run, null);
  const aside = new SetAside();
  const both = [stageFile(run, file.job, file.bytes, aside), applyImport(run, aside)];
  for (const each of await Promise.allSettled(both)) if (each.status === 'rejected') throw each.reason;
}
