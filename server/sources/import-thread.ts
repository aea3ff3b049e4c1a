import { parentPort, workerData } from 'node:worker_threads';
import { openBehind } from '../db/open-behind.ts';
import { ImportTaken } from '../store/import-run.ts';
import { receiveBytes } from './byte-port.ts';
import type { ImportRun } from './import-ground.ts';
import type { ThreadMessage, ThreadOrder } from './run-apart.ts';
import { takeFile } from './take-file.ts';

/** The thread in which one import's file is set aside and its rows go in, on connections of its own. It ends with the import. */
const told = workerData as ThreadOrder;
const { url, isPreparing: _isPreparing, logLevel: _logLevel, file, ...rest } = told;
const say = (message: ThreadMessage) => parentPort?.postMessage(message);
const stopping = new AbortController();
parentPort?.on('message', () => stopping.abort(new Error('The store goes down.')));

const progressEveryMs = 200;
let toldAt = 0;
const { db, log } = openBehind(told, 'an import', 3);
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
