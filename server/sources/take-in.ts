import { inWorkspace, type Scope } from '../db/scope.ts';
import { listChangedBundles } from '../store/feed.ts';
import { type ImportBatch, importBatch } from '../store/import-batch.ts';
import { readBlocks } from '../store/import-block.ts';
import type { ImportJob } from '../store/import-run.ts';
import { ImportRace } from '../store/import-write.ts';
import { openBlock } from './block.ts';
import { Columns } from './columns.ts';
import { type Applying, commitBatch, type Piece } from './commit-batch.ts';
import type { Draft } from './draft.ts';
import { readBlockRecords } from './read-records.ts';
import { createReading } from './reading.ts';
import { haveCommonTouch, isOvertaken, resolveAhead } from './resolve-ahead.ts';

/** Small enough that nobody waits long for what a batch holds, large enough to be set-based. */
const rowsPerBatch = 10_000;

/** How a batch ended. Null: it is in. Else what it failed by. */
type Outcome = { error: unknown } | null;

/** A batch on its way. None of its promises rejects. */
interface Way {
  /** Its rows, where they were resolved ahead. */
  ready: Draft | null;
  /** Its touches are all on their way to PostgreSQL, or it is done. */
  sent: Promise<void>;
  /** It did not go at once, and is done again. Pending for ever when it goes. */
  stumbled: Promise<'stumbled'>;
  done: Promise<Outcome>;
}

const nowhere: Way = {
  ready: null,
  sent: Promise.resolve(),
  stumbled: new Promise(() => undefined),
  done: Promise.resolve(null),
};

/**
 * Takes in all rows after the checkpoint, batch by batch. While PostgreSQL writes one batch, the next is read: not before, or the two would take turns.
 * Two batches that only add touches go side by side, on a connection each, and are committed in order. Rejects when neither is on its way any more.
 */
export async function takeIn(applying: Applying, job: ImportJob): Promise<void> {
  const read = openReader(applying, job);
  let newer = nowhere;
  try {
    let piece = await read(applying.checkpoint);
    while (piece !== null) {
      applying.run.signal?.throwIfAborted();
      const { last, records } = piece;
      let ready = resolveAhead(applying, records);
      const isApart = ready !== null && newer.ready !== null && !haveCommonTouch(newer.ready, ready);
      if (!isApart) {
        await isIn(newer);
        // Whom the batch before settled may be all that was missing.
        ready ??= resolveAhead(applying, records);
      }
      const older = newer;
      newer = send(applying, piece, ready, older);
      await newer.sent;
      piece = await read(last);
      await isIn(older);
    }
    await isIn(newer);
  } finally {
    await newer.done;
  }
}

/** Resolves when a batch is in. Rejects with what it failed by. */
async function isIn(way: Way): Promise<void> {
  expectIn(await way.done);
}

/**
 * As `isIn`, but does not wait for a batch that stumbled: who waits holds the lock for batches, and somebody who wants it whole would let that one not begin again.
 * Rejects with an `ImportRace` then.
 */
async function isInAtOnce(way: Way): Promise<void> {
  expectIn(await Promise.race([way.done, way.stumbled]));
}

function expectIn(outcome: Outcome | 'stumbled'): void {
  if (outcome === 'stumbled') throw new ImportRace('The batch before this one is done again.');
  if (outcome !== null) throw outcome.error;
}

/** Reads the next blocks as a batch; null when there are no more. */
function openReader({ run, format }: Applying, job: ImportJob): (after: number) => Promise<Piece | null> {
  const columns = new Columns(job.header ?? [], createReading(job.zone, job.dates));
  const table = { read: format.open(columns), width: columns.names.length, now: run.now() };
  return async (after) => {
    const blocks = await inWorkspace(run.db, run.workspaceId, (scope) =>
      readBlocks(scope, run.workspaceId, run.importId, after, rowsPerBatch),
    );
    const last = blocks.at(-1);
    if (!last) return null;
    const piece: Piece = { last: last.number, rows: 0, records: [], errors: [] };
    for (const { body, rows } of blocks) {
      readBlockRecords(openBlock(body), table, piece);
      piece.rows += rows;
    }
    return piece;
  };
}

function send(applying: Applying, piece: Piece, ready: Draft | null, before: Way): Way {
  const { run, format, people, carried } = applying;
  const sent = Promise.withResolvers<void>();
  const stumbled = Promise.withResolvers<'stumbled'>();
  const work = async (scope: Scope, onTaken: ImportBatch['onTaken']) => {
    const changed = await forgetChanged(applying, scope);
    const isBeforeIn = isInAtOnce(before);
    // It is awaited in its turn; until then nobody may call it unhandled.
    isBeforeIn.catch(() => undefined);
    return importBatch(scope, run.workspaceId, {
      importId: run.importId,
      format,
      rows: piece.records,
      people,
      carried,
      ready: ready === null || isOvertaken(ready, changed) ? null : ready,
      before: isBeforeIn,
      areNew: !applying.hasClashed,
      onTaken,
      onSent: sent.resolve,
    });
  };
  const done = commitBatch(applying, piece, work, async () => {
    stumbled.resolve('stumbled');
    await isIn(before);
  }).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  const end = done.then(() => undefined);
  return { ready, sent: Promise.race([sent.promise, end]), stumbled: stumbled.promise, done };
}

/** What others changed since the last batch is not settled any more. Answers the bundles; null stands for more than can be listed. */
async function forgetChanged({ run, people, feed }: Applying, scope: Scope): Promise<string[] | null> {
  const after = feed.seen ?? Number.MAX_SAFE_INTEGER;
  const { bundles, last } = await listChangedBundles(scope, run.workspaceId, after, feed.own);
  feed.seen = last;
  if (bundles === null) people.forgetAll();
  else people.forget(bundles);
  return bundles;
}
