import { openBehind } from '../db/open-behind.ts';
import { standProcessBack } from '../db/stand-back.ts';
import { ImportTaken } from '../store/import-run.ts';
import { type FileFault, receiveBytes } from './byte-pipe.ts';
import type { ImportRun } from './import-ground.ts';
import type { ProcessAnswer, ProcessOrder, ProcessWord } from './run-apart.ts';
import { takeFile } from './take-file.ts';

/** The process in which one import's file is set aside and its rows go in, on connections of its own. It ends with the import, and with the store that began it. */
const say = (answer: ProcessAnswer) =>
  new Promise<void>((done) => {
    if (process.connected) process.send?.(answer, () => done());
    else done();
  });
const stopping = new AbortController();
const order = Promise.withResolvers<ProcessOrder>();
const over = Promise.withResolvers<FileFault | null>();
process.on('message', (word: ProcessWord) => {
  if (word.kind === 'order') order.resolve(word.order);
  else if (word.kind === 'over') over.resolve(word.fault);
  else stopping.abort(new Error('The store goes down.'));
});
const endToo = () => process.exit(1);
process.once('disconnect', endToo);
// It may have gone while this was still being read.
if (!process.connected) endToo();
standProcessBack();

const progressEveryMs = 200;
let toldAt = 0;

async function work(): Promise<ProcessAnswer> {
  const { isPreparing, logLevel, job, ...rest } = await order.promise;
  const { db, log } = openBehind({ url: rest.url, isPreparing, logLevel }, 'an import', 3);
  const run: ImportRun = {
    ...rest,
    db,
    log,
    apart: null,
    now: () => new Date(),
    signal: stopping.signal,
    poke: (workspaceId) => void say({ kind: 'poke', workspaceId }),
    onStaged: (read) => void say({ kind: 'staged', read }),
    onProgress: (progress) => {
      if (Date.now() - toldAt < progressEveryMs) return;
      toldAt = Date.now();
      void say({ kind: 'progress', progress });
    },
  };
  try {
    await takeFile(run, job && { job, bytes: receiveBytes(process.stdin, over.promise) });
    return { kind: 'done' };
  } catch (error) {
    return error instanceof ImportTaken ? { kind: 'taken' } : { kind: 'fault', error: error as Error };
  } finally {
    await db.destroy();
  }
}

await say(await work());
process.off('disconnect', endToo);
// Whatever still holds it: all is said, and its connections are closed.
process.exit(0);
