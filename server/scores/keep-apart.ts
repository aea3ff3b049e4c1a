import { Worker } from 'node:worker_threads';
import type { WorkspaceId } from '#contract/ids.ts';
import type { UpkeepGround } from '../upkeep/upkeep.ts';
import { type Kept, keepScores } from './keep-scores.ts';

/** What keeping scores stands on. `thread` absent: all of it is done in this one. */
export interface ScoreGround extends UpkeepGround {
  url: string;
  thread?: { isPreparing: boolean };
}

/** What the thread is told when it begins. */
export interface ScoreThreadOrder {
  url: string;
  isPreparing: boolean;
  logLevel: string;
  workspaceId: WorkspaceId;
}

/** So many steps are nothing that anybody would notice, and no thread is worth its beginning for them. */
const stepsHere = 5;

/** Goes on step by step until there is nothing to do, or another process is at it. `steps`: at most so many. */
export async function keepAll(
  { db, now, signal }: Pick<ScoreGround, 'db' | 'now' | 'signal'>,
  workspaceId: WorkspaceId,
  steps: number = Number.POSITIVE_INFINITY,
): Promise<Kept> {
  let kept: Kept = 'more';
  for (let step = 0; step < steps && kept === 'more'; step++) {
    signal?.throwIfAborted();
    kept = await keepScores(db, workspaceId, now);
  }
  return kept;
}

/** Keeps a workspace's scores up to date: what is little in this thread, what is much in one of its own, with a connection of its own, both behind what answers requests. */
export async function keepApart(ground: ScoreGround, workspaceId: WorkspaceId): Promise<void> {
  const { thread, url, log, signal } = ground;
  if (!thread) return void (await keepAll(ground, workspaceId));
  if ((await keepAll(ground, workspaceId, stepsHere)) !== 'more') return;
  const told: ScoreThreadOrder = { url, isPreparing: thread.isPreparing, logLevel: log.level, workspaceId };
  const worker = new Worker(new URL('./score-thread.ts', import.meta.url), { workerData: told });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.once('error', reject);
  worker.once('exit', (code) =>
    code === 0
      ? resolve()
      : reject(signal?.aborted ? signal.reason : new Error(`A thread that keeps scores ended with code ${code}.`)),
  );
  const stop = () => void worker.terminate();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  await promise.finally(() => signal?.removeEventListener('abort', stop));
}
