import { Worker } from 'node:worker_threads';
import type { Packing } from '#contract/packed.ts';
import type { PackGround } from './ground.ts';
import { KeyIsGone, type Packed, type PackFiles, type PackOrder, writePacked } from './write-packed.ts';

/** Rows of a page are held until they are packed: with room for them where new things are put, the engine need not move most of them first. */
const youngMegabytes = 64;

/** What the thread is told when it begins. */
export interface PackThreadOrder {
  url: string;
  isPreparing: boolean;
  logLevel: string;
  order: PackOrder;
  files: PackFiles;
}

/** What the thread says. `keyIsGone`: as `KeyIsGone` says. */
export type PackThreadMessage =
  | { kind: 'progress'; progress: Packing }
  | { kind: 'packed'; packed: Packed }
  | { kind: 'keyIsGone' };

/** As `writePacked`, in a thread of its own where the ground says so: the event loop that answers requests stays free. */
export function packApart(
  ground: PackGround,
  order: PackOrder,
  files: PackFiles,
  watch: { signal: AbortSignal; onProgress: (progress: Packing) => void },
): Promise<Packed> {
  const { thread, url, log } = ground;
  if (!thread) return writePacked(ground.db, order, files, { now: ground.now, ...watch });
  const told: PackThreadOrder = { url, isPreparing: thread.isPreparing, logLevel: log.level, order, files };
  const worker = new Worker(new URL('./pack-thread.ts', import.meta.url), {
    workerData: told,
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Packed>();
  worker.on('message', (message: PackThreadMessage) => {
    if (message.kind === 'progress') watch.onProgress(message.progress);
    else if (message.kind === 'packed') resolve(message.packed);
    else reject(new KeyIsGone('The workspace hashes with another key by now.'));
  });
  worker.once('error', reject);
  const ended = new Promise<void>((done) => {
    worker.once('exit', (code) => {
      reject(watch.signal.aborted ? watch.signal.reason : new Error(`A packing thread ended with code ${code}.`));
      done();
    });
  });
  const stop = () => void worker.terminate();
  if (watch.signal.aborted) stop();
  watch.signal.addEventListener('abort', stop);
  // The files are the thread's until it has ended.
  return promise.finally(() => ended).finally(() => watch.signal.removeEventListener('abort', stop));
}
