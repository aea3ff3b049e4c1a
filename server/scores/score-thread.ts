import { workerData } from 'node:worker_threads';
import { openBehind } from '../db/open-behind.ts';
import { keepAll, type ScoreThreadOrder } from './keep-apart.ts';

/** The thread in which many scores are made, on a connection of its own, both behind what answers requests. */
const told = workerData as ScoreThreadOrder;

const { db } = openBehind(told, 'a thread that keeps scores');
try {
  await keepAll({ db, now: () => new Date() }, told.workspaceId);
} finally {
  await db.destroy();
}
