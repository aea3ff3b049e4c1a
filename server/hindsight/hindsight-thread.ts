import { parentPort, workerData } from 'node:worker_threads';
import { openBehind } from '../db/open-behind.ts';
import { workOut } from './work-out.ts';
import type { HindsightThreadOrder } from './work-out-apart.ts';

/** The thread in which one hindsight is worked out, on a connection of its own, both behind what answers requests. */
const told = workerData as HindsightThreadOrder;

const { db } = openBehind(told, 'a thread of hindsight');
try {
  parentPort?.postMessage(await workOut(db, told.order, told.now));
} finally {
  await db.destroy();
}
