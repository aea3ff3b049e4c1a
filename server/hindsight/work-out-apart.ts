import { Worker } from 'node:worker_threads';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Hindsight } from '#contract/hindsight.ts';
import type { Schema } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { type HindsightOrder, workOut } from './work-out.ts';

/** What hindsight stands on. `thread` absent: it is worked out in this one. `signal`: the store goes down. */
export interface HindsightGround {
  db: Kysely<Schema>;
  url: string;
  thread?: { isPreparing: boolean };
  log: Logger;
  now: () => Date;
  signal?: AbortSignal;
}

/** A store's hindsight. */
export function toHindsightGround({ db, databaseUrl, apart, log, now, goingDown }: Deps): HindsightGround {
  return {
    db,
    url: databaseUrl,
    log,
    now,
    ...(apart ? { thread: apart } : {}),
    ...(goingDown ? { signal: goingDown } : {}),
  };
}

/** What the thread is told when it begins. */
export interface HindsightThreadOrder {
  url: string;
  isPreparing: boolean;
  logLevel: string;
  order: HindsightOrder;
  now: Date;
}

/** As `workOut`, in a thread of its own where the ground says so: a fit on many labels would hold up everybody who asks for something meanwhile. */
export function workOutApart(ground: HindsightGround, order: HindsightOrder, now: Date): Promise<Hindsight> {
  const { thread, url, log, signal } = ground;
  if (!thread) return workOut(ground.db, order, now);
  const told: HindsightThreadOrder = { url, isPreparing: thread.isPreparing, logLevel: log.level, order, now };
  const worker = new Worker(new URL('./hindsight-thread.ts', import.meta.url), { workerData: told });
  const { promise, resolve, reject } = Promise.withResolvers<Hindsight>();
  worker.on('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) =>
    reject(signal?.aborted ? signal.reason : new Error(`A thread of hindsight ended with code ${code}.`)),
  );
  const stop = () => void worker.terminate();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  return promise.finally(() => signal?.removeEventListener('abort', stop));
}
