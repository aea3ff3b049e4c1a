import { workerData } from 'node:worker_threads';
import { createPool } from '../db/pool.ts';
import { standBackHere } from '../db/stand-back.ts';
import { createLog } from '../log.ts';
import { keepAll, type ScoreThreadOrder } from './keep-apart.ts';

/** The thread in which many scores are made, on a connection of its own, both behind what answers requests. */
const { url, isPreparing, logLevel, workspaceId } = workerData as ScoreThreadOrder;
const log = createLog(logLevel);
standBackHere();

const db = createPool(url, {
  size: 1,
  isPreparing,
  standsBack: true,
  onError: (error) => log.warn({ err: error }, 'a connection of a thread that keeps scores broke'),
});
try {
  await keepAll({ db, now: () => new Date() }, workspaceId);
} finally {
  await db.destroy();
}
