import { parentPort, workerData } from 'node:worker_threads';
import { createPool } from '../db/pool.ts';
import { standBackHere } from '../db/stand-back.ts';
import { createLog } from '../log.ts';
import { workOut } from './work-out.ts';
import type { HindsightThreadOrder } from './work-out-apart.ts';

/** The thread in which one hindsight is worked out, on a connection of its own, both behind what answers requests. */
const { url, isPreparing, logLevel, order, now } = workerData as HindsightThreadOrder;
const log = createLog(logLevel);
standBackHere();

const db = createPool(url, {
  size: 1,
  isPreparing,
  standsBack: true,
  onError: (error) => log.warn({ err: error }, 'a connection of a thread of hindsight broke'),
});
try {
  parentPort?.postMessage(await workOut(db, order, now));
} finally {
  await db.destroy();
}
