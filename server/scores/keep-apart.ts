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

/** So many steps, of so many bundles, are nothing that anybody would notice, and no thread is worth its beginning for them. */
const little = { steps: 5, bundles: 50 };
const all = { steps: Number.POSITIVE_INFINITY, bundles: Number.POSITIVE_INFINITY };

/** Goes on step by step until there is nothing to do, or another process is at it. `most`: at most so many steps, none of them of more bundles. */
export async function keepAll(
  { db, now, signal }: Pick<ScoreGround, 'db' | 'now' | 'signal'>,
  workspaceId: WorkspaceId,
  most: { steps: number; bundles: number } = all,
): Promise<Kept> {
  let kept: Kept = 'more';
  for (let step = 0; step < most.steps && kept === 'more'; step++) {
    signal?.throwIfAborted();
    kept = await keepScores(db, workspaceId, now, most.bundles);
  }
  return kept;
}

/** Keeps a workspace's scores up to date: what is little in this thread, what is much in one of its own, with a connection of its own, both behind what answers requests. */
export async function keepApart(ground: ScoreGround, workspaceId: WorkspaceId): Promise<void> {
  const { thread, url, log, signal } = ground;
  if (!thread) return void (await keepAll(ground, workspaceId));
  const kept = await keepAll(ground, workspaceId, little);
  if (kept === 'idle' || kept === 'away') return;
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
