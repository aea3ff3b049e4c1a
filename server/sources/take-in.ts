import { inWorkspace, type Scope } from '../db/scope.ts';
import { listChangedBundles } from '../store/feed.ts';
import { importBatch } from '../store/import-batch.ts';
import { readBlocks } from '../store/import-block.ts';
import type { Ask } from '../store/import-known.ts';
import type { ImportJob } from '../store/import-run.ts';
import { closeBlock, openBlock } from './block.ts';
import { Columns } from './columns.ts';
import { type Applying, commitBatch, type Piece } from './commit-batch.ts';
import { readBlockRecords } from './read-records.ts';
import { createReading } from './reading.ts';
import type { SetAside } from './set-aside.ts';

/** Small enough that nobody waits long for what a batch holds, large enough to be set-based. */
const rowsPerBatch = 10_000;

/**
 * Takes in all rows after the checkpoint, batch by batch, also those that are set aside meanwhile, until the file is over. While PostgreSQL writes one batch,
 * the next is read: not before, or the two would take turns.
 */
export async function takeIn(applying: Applying, job: ImportJob, aside: SetAside): Promise<void> {
  const read = openReader(applying, job, aside);
  let piece = await read(applying.checkpoint);
  while (piece !== null) {
    applying.run.signal?.throwIfAborted();
    const { last } = piece;
    let reading: Promise<Piece | null> | null = null;
    await takePiece(applying, piece, () => {
      reading ??= read(last);
      // It is awaited a step later; until then nobody may call it unhandled.
      reading.catch(() => undefined);
    });
    piece = await (reading ?? read(last));
  }
}

/** Reads the next blocks as a batch, once there are some; null when no more will come. */
function openReader(
  { run, format }: Applying,
  job: ImportJob,
  aside: SetAside,
): (after: number) => Promise<Piece | null> {
  const reading = createReading(job.zone, job.dates);
  const columns = new Columns(job.header ?? [], reading);
  const table = { read: format.open(columns), width: columns.names.length, now: run.now() };
  return async (after) => {
    const until = await aside.waitBeyond(after);
    reading.decide(aside.dates);
    const blocks = await inWorkspace(run.db, run.workspaceId, (scope) =>
      readBlocks(scope, run.workspaceId, run.importId, after, until, rowsPerBatch),
    );
    const last = blocks.at(-1);
    if (!last) return null;
    const piece: Piece = { last: last.number, rows: 0, records: [], errors: [] };
    const opened = await Promise.all(blocks.map(({ body }) => openBlock(body)));
    for (const [place, block] of opened.entries()) {
      readBlockRecords(block, table, piece);
      closeBlock(block);
      piece.rows += blocks[place]?.rows ?? 0;
    }
    return piece;
  };
}

async function takePiece(applying: Applying, piece: Piece, onSent: () => void): Promise<void> {
  const { run, format, people, carried } = applying;
  const ask: Ask = (work) => inWorkspace(run.db, run.workspaceId, work);
  const batch = { importId: run.importId, format, rows: piece.records, ask, people, carried };
  await commitBatch(applying, piece, (scope, onTaken) => {
    const forgetting = forgetChanged(applying, scope);
    return importBatch(scope, run.workspaceId, { ...batch, areNew: !applying.hasClashed, forgetting, onTaken, onSent });
  });
}

/** What others changed since the last batch is not settled any more. */
async function forgetChanged({ run, people, feed }: Applying, scope: Scope): Promise<void> {
  const after = feed.seen ?? Number.MAX_SAFE_INTEGER;
  const { bundles, last } = await listChangedBundles(scope, run.workspaceId, after, feed.own);
  feed.seen = last;
  if (bundles === null) people.forgetAll();
  else people.forget(bundles);
}
