import { setImmediate as giveWay } from 'node:timers/promises';
import type { DateOrder } from '#contract/mapping.ts';
import { inWorkspace } from '../db/scope.ts';
import { openBlockWriter } from '../store/import-block.ts';
import { listMappings } from '../store/import-mapping.ts';
import { endStaging, type ImportJob, ImportTaken, saveReading } from '../store/import-run.ts';
import { chooseFormat } from './choose-format.ts';
import { decodeText } from './decode-text.ts';
import { FileRefusal } from './fault.ts';
import type { ImportRun } from './import-ground.ts';
import { withPatience } from './patience.ts';
import { openTable, type Table } from './read-rows.ts';
import type { SetAside } from './set-aside.ts';
import { createShelf, type Shelf } from './shelf.ts';

/**
 * Reads a file to its end and sets its rows aside in the store, so that from then on nobody needs the file. Streams: holds a few blocks.
 * What is wrong with the file is noted with the import, after the rows before it. Throws `ImportTaken` when another process has the import by now.
 * A sender may be slow: the caller says meanwhile that the import is this process's (`keepBeating`). `aside` hears how far it is, and always of its end.
 */
export async function stageFile(
  run: ImportRun,
  job: ImportJob,
  bytes: AsyncIterable<Uint8Array>,
  aside: SetAside,
): Promise<void> {
  let dates: DateOrder | null = job.dates;
  try {
    dates = await readToEnd(run, job, bytes, aside);
  } finally {
    aside.end(dates);
  }
}

/** Answers the order of dates with slashes, once it is noted with the import that the file is over. */
async function readToEnd(
  run: ImportRun,
  job: ImportJob,
  bytes: AsyncIterable<Uint8Array>,
  aside: SetAside,
): Promise<DateOrder | null> {
  const { workspaceId, importId, runner } = run;
  const read = { rows: 0, bytes: 0 };
  const writer = await openBlockWriter(run.url, { workspaceId, importId, runner });
  let failure: string | null = null;
  let dates: DateOrder | null = job.dates;
  try {
    const text = decodeText(
      bytes,
      (count) => {
        read.bytes = count;
      },
      run.onEncoding,
    );
    const { table, mapping } = await recognise(run, job, await openTable(text));
    const { reading } = table.columns;
    const shelf = createShelf(run, writer, read, (last) => {
      // Dates with slashes mean nothing until all were seen, and a mapping may hold some that stand in no row.
      if (reading.dates !== null || (!reading.hasSlashed && mapping === null)) aside.reach(last, reading.dates);
    });
    try {
      await setAside(table, shelf);
    } finally {
      // All rows were seen: they may have shown in which order its dates are written.
      dates = reading.dates;
    }
  } catch (error) {
    if (error instanceof ImportTaken) throw error;
    failure = explainBreak(run, read.rows, error);
  } finally {
    await writer.close().catch(() => undefined);
  }
  const ending = { ...read, failure, dates };
  await withPatience(run.log, () =>
    inWorkspace(run.db, workspaceId, (scope) => endStaging(scope, workspaceId, importId, runner, ending)),
  );
  return dates;
}

/** How the table is read, settled before its first row is set aside. */
async function recognise(run: ImportRun, job: ImportJob, table: Awaited<ReturnType<typeof openTable>>) {
  const { db, workspaceId, importId } = run;
  const saved = await inWorkspace(db, workspaceId, (scope) => listMappings(scope, workspaceId));
  const { zone, dates, mapping } = job;
  const chosen = await chooseFormat(table, { zone, dates, mapping, saved });
  const { columns } = chosen.table;
  const reading = {
    header: columns.names,
    format: chosen.format.id,
    mapping: chosen.mapping,
    mappingName: chosen.savedMapping?.name ?? null,
  };
  await inWorkspace(db, workspaceId, (scope) => saveReading(scope, workspaceId, importId, reading));
  run.onProgress?.({ ...job.progress, format: chosen.format.id });
  return chosen;
}

/** Rows before a fault are set aside as well. */
async function setAside({ pieces }: Table, shelf: Shelf): Promise<void> {
  let fault: unknown = null;
  try {
    for await (const piece of pieces) {
      await shelf.add(piece);
      // A file that comes quickly would keep the event loop to itself: requests have their turn after each piece.
      await giveWay();
    }
  } catch (error) {
    if (error instanceof ImportTaken) throw error;
    fault = error;
  }
  await shelf.close();
  if (fault !== null) throw fault;
}

/** Why the file was not read to its end, for people. */
function explainBreak(run: ImportRun, rows: number, error: unknown): string {
  if (error instanceof FileRefusal) return error.message;
  run.log.error({ err: error, importId: run.importId }, 'the file of an import could not be read to its end');
  return `The file broke off after ${rows.toLocaleString('en-US')} rows: ${(error as Error).message}. What was read before is in; import the same file again to complete it: nothing goes in twice.`.slice(
    0,
    500,
  );
}
