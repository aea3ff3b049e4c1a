import { parentPort, workerData } from 'node:worker_threads';
import { createPool } from '../db/pool.ts';
import { standBackHere } from '../db/stand-back.ts';
import { createLog } from '../log.ts';
import { ImportTaken } from '../store/import-run.ts';
import { receiveBytes } from './byte-port.ts';
import type { ImportRun } from './import-ground.ts';
import type { ThreadMessage, ThreadOrder } from './run-apart.ts';
import { takeFile } from './take-file.ts';

/** The thread in which one import's file is set aside and its rows go in, on connections of its own. It ends with the import. */
const { url, isPreparing, logLevel, file, ...rest } = workerData as ThreadOrder;
const say = (message: ThreadMessage) => parentPort?.postMessage(message);
const log = createLog(logLevel);
const stopping = new AbortController();
parentPort?.on('message', () => stopping.abort(new Error('The store goes down.')));
standBackHere();

const progressEveryMs = 200;
let toldAt = 0;
const db = createPool(url, {
  size: 3,
  isPreparing,
  standsBack: true,
  onError: (error) => log.warn({ err: error }, 'a connection of an import broke'),
});
try {
  const run: ImportRun = {
    ...rest,
    url,
    db,
    log,
    thread: null,
    now: () => new Date(),
    signal: stopping.signal,
    poke: (workspaceId) => say({ kind: 'poke', workspaceId }),
    onStaged: (read) => say({ kind: 'staged', read }),
    onProgress: (progress) => {
      if (Date.now() - toldAt < progressEveryMs) return;
      toldAt = Date.now();
      say({ kind: 'progress', progress });
    },
  };
  await takeFile(run, file && { job: file.job, bytes: receiveBytes(file.port) });
} catch (error) {
  if (!(error instanceof ImportTaken)) throw error;
  say({ kind: 'taken' });
} finally {
  await db.destroy();
  parentPort?.close();
}
