import type { RowError } from '#contract/import.ts';
import { isGivenUp, outlast } from '../db/outlast.ts';
import { inWorkspace, type Scope, together } from '../db/scope.ts';
import type { ImportBatch, Taken } from '../store/import-batch.ts';
import { beginBatch, type ImportProgress, moveCheckpoint } from '../store/import-run.ts';
import { TouchClash } from '../store/import-touches.ts';
import { ImportRace } from '../store/import-write.ts';
import type { Carried } from './carried.ts';
import { addCounts } from './draft.ts';
import type { Format } from './formats/format.ts';
import type { ImportRun } from './import-ground.ts';
import { addNews, type News, nothing, owesSomething } from './news.ts';
import type { RowRecord } from './record.ts';
import { listSettled } from './resolve-rows.ts';
import type { SettledPeople } from './settled-people.ts';

/** How many row errors are kept to be shown; all are counted. */
const mostListedErrors = 200;

/** Thrown to roll a batch of a dry run back. */
class DryRunEnd extends Error {}

/** An import on its way: what is done so far, as the store has it. */
export interface Applying {
  run: ImportRun;
  format: Format;
  isDry: boolean;
  checkpoint: number;
  progress: ImportProgress;
  news: News;
  /** A touch of the file was there before: from then on each is asked for. */
  hasClashed: boolean;
  people: SettledPeople;
  /** What earlier batches of a dry run would have left; null: it is none. */
  carried: Carried | null;
  /** How far the feed was when `people` was last held against it, and this import's own newest entry. */
  feed: { seen: number | null; own: number | null };
}

/** A piece of the file, read. `last`: the block with which it ends. */
export interface Piece {
  last: number;
  rows: number;
  records: RowRecord[];
  errors: RowError[];
}

/** One batch in one transaction, with the checkpoint; again when it met a race. What is known in here changes only once it is in. */
export async function commitBatch(
  applying: Applying,
  piece: Pick<Piece, 'last' | 'rows' | 'errors'>,
  work: (scope: Scope, onTaken: ImportBatch['onTaken']) => Promise<Taken | null>,
): Promise<void> {
  const { run, isDry } = applying;
  const { db, workspaceId, importId, runner } = run;
  let after = applying.progress;
  let news = applying.news;
  const note = async (scope: Scope, taken: Taken) => {
    const told = isDry ? { news: applying.news, due: nothing } : addNews(applying.news, taken.bundles, Date.now());
    news = told.news;
    const errors = [...piece.errors, ...taken.errors];
    after = noteTaken(applying.progress, taken, piece.rows, errors, owesSomething(news));
    const at = { checkpoint: isDry ? 0 : piece.last, progress: after, hasNewErrors: errors.length > 0 };
    await moveCheckpoint(scope, workspaceId, importId, runner, at);
    return told.due;
  };
  const begin = async (scope: Scope, onTaken: ImportBatch['onTaken']) => {
    // What is asked after the lock is answered after it: nothing waits for the lock's own answer.
    const [, taken] = await together(beginBatch(scope, workspaceId), work(scope, onTaken));
    return taken;
  };
  const once = async () => {
    if (!isDry) return inWorkspace(db, workspaceId, (scope) => begin(scope, (each) => note(scope, each)));
    const rehearsed = await rehearse(run, (scope) => begin(scope, async () => nothing));
    if (rehearsed) await inWorkspace(db, workspaceId, (scope) => note(scope, rehearsed));
    return rehearsed;
  };
  const taken = await outlast(once, passes(applying));
  if (taken === null) return;
  applying.checkpoint = piece.last;
  applying.progress = after;
  applying.news = news;
  applying.people.add(listSettled(taken));
  if (taken.entry !== null) applying.feed.own = Number.parseInt(await taken.entry, 10);
  run.onProgress?.(after);
  if (taken.entry !== null) run.poke(workspaceId);
}

/** Does a batch and takes it back: what it would have come to. */
async function rehearse(run: ImportRun, work: (scope: Scope) => Promise<Taken | null>): Promise<Taken | null> {
  let taken: Taken | null = null;
  try {
    await inWorkspace(run.db, run.workspaceId, async (scope) => {
      taken = await work(scope);
      throw new DryRunEnd();
    });
  } catch (error) {
    if (!(error instanceof DryRunEnd)) throw error;
  }
  return taken;
}

function noteTaken(
  before: ImportProgress,
  taken: Taken,
  rows: number,
  errors: readonly RowError[],
  owes: boolean,
): ImportProgress {
  const counts = structuredClone(before.counts);
  addCounts(counts, taken.counts);
  const room = mostListedErrors - before.errors.length;
  return {
    ...before,
    rows: before.rows + rows,
    counts,
    waitingRows: before.waitingRows + taken.waiting.length,
    errorCount: before.errorCount + errors.length,
    errors: room > 0 && errors.length > 0 ? [...before.errors, ...errors.slice(0, room)] : before.errors,
    owesRefetch: owes,
  };
}

/** Besides what PostgreSQL gave up: races for an identifier, and touches that are there already, pass when the batch is done again. */
function passes(applying: Applying): (error: unknown) => boolean {
  return (error) => {
    if (error instanceof TouchClash) applying.hasClashed = true;
    return error instanceof TouchClash || error instanceof ImportRace || isGivenUp(error);
  };
}
