import { parentPort, workerData } from 'node:worker_threads';
import { createPool } from '../../db/pool.ts';
import { standBackHere } from '../../db/stand-back.ts';
import { createLog } from '../../log.ts';
import type { PackThreadMessage, PackThreadOrder } from './pack-apart.ts';
import { KeyIsGone, writePacked } from './write-packed.ts';

/** The thread in which one snapshot is packed, on a connection of its own. It ends with it; whoever wants it to stop terminates it. */
const { url, isPreparing, logLevel, order, files } = workerData as PackThreadOrder;
const say = (message: PackThreadMessage) => parentPort?.postMessage(message);
const log = createLog(logLevel);
standBackHere();

const progressEveryMs = 200;
let toldAt = 0;
const db = createPool(url, {
  size: 1,
  isPreparing,
  standsBack: true,
  onError: (error) => log.warn({ err: error }, 'a connection of a packing thread broke'),
});
try {
  const packed = await writePacked(db, order, files, {
    now: () => new Date(),
    signal: new AbortController().signal,
    onProgress: (progress) => {
      if (Date.now() - toldAt < progressEveryMs) return;
      toldAt = Date.now();
      say({ kind: 'progress', progress });
    },
  });
  say({ kind: 'packed', packed });
} catch (error) {
  if (!(error instanceof KeyIsGone)) throw error;
  say({ kind: 'keyIsGone' });
} finally {
  await db.destroy();
}
