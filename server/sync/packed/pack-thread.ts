import { parentPort, workerData } from 'node:worker_threads';
import { openBehind } from '../../db/open-behind.ts';
import type { PackThreadMessage, PackThreadOrder } from './pack-apart.ts';
import { KeyIsGone, writePacked } from './write-packed.ts';

/** The thread in which one snapshot is packed, on a connection of its own. It ends with it; whoever wants it to stop terminates it. */
const told = workerData as PackThreadOrder;
const say = (message: PackThreadMessage) => parentPort?.postMessage(message);

const progressEveryMs = 200;
let toldAt = 0;
const { db } = openBehind(told, 'a packing thread');
try {
  const packed = await writePacked(db, told.order, told.files, {
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
