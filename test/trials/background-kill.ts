import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserName } from '../browsers/find.ts';
import type { CatchPoint } from '../e2e/harness/fault-proxy.ts';
import { callForFreshCopies } from './add-people.ts';
import { type Rep, startRep } from './rep.ts';
import type { Trial, TrialResult } from './trial.ts';

/** A state of the cycle in which the background is ended. */
interface State {
  name: string;
  /** Brings the background into it and ends it there; `end` resolves when it is gone. */
  reach(rep: Rep, end: () => Promise<void>): Promise<void>;
}

/** How long after the last byte of an answer the background is ended, at most: what it does with it takes about as long. */
const writingMs = 12;
const trialsAComparison = 20;

/** Ends the background when a request to this path has come to this point of its way. `prepare` makes such a request come. */
function whenCaught(
  name: string,
  path: string,
  at: CatchPoint,
  prepare: (rep: Rep) => Promise<void> = async () => undefined,
): State {
  return {
    name,
    async reach(rep, end) {
      await prepare(rep);
      const stopped = rep.proxy.catchNext(path, at);
      const asking = Promise.allSettled([rep.click(), rep.bringUpToDate()]);
      try {
        await stopped.caught;
        if (at === 'handed') await sleep(Math.random() * writingMs);
        await end();
      } finally {
        stopped.letGo();
      }
      await asking;
    },
  };
}

const states: readonly State[] = [
  {
    name: 'saving',
    async reach(rep, end) {
      const ending = sleep(Math.random() * writingMs).then(end);
      await Promise.all([rep.click(), rep.click(), ending]);
    },
  },
  {
    name: 'idle',
    async reach(rep, end) {
      await end();
      await rep.click();
    },
  },
  whenCaught('session', '/v1/session', 'asked', makeSessionDue),
  whenCaught('push on its way', '/v1/push', 'asked'),
  whenCaught('push taken, not answered', '/v1/push', 'answered'),
  whenCaught('pushed, not settled', '/v1/push', 'handed'),
  whenCaught('pull on its way', '/v1/pull', 'answered', (rep) => rep.writeAsColleague()),
  whenCaught('applying', '/v1/pull', 'handed', (rep) => rep.writeAsColleague()),
  whenCaught('snapshot half taken', '/v1/snapshot', 'half', (rep) => callForFreshCopies(rep.store, rep.workspaceId)),
  whenCaught('snapshot being put in place', '/v1/snapshot', 'handed', (rep) =>
    callForFreshCopies(rep.store, rep.workspaceId),
  ),
];

/** The session is asked for every ten minutes: this makes it so. */
async function makeSessionDue({ page }: Rep): Promise<void> {
  await page().evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open('baton-local'));
    const values = () => database.transaction('values', 'readwrite').objectStore('values');
    const connection = await settled(values().get('connection'));
    await settled(values().put({ ...connection, checkedAt: 0 }, 'connection'));
    database.close();
  });
}

function createBackgroundTrial(name: string, browserName: BrowserName): Trial {
  async function run(count: number, say: (line: string) => void): Promise<TrialResult> {
    const rep = await startRep(browserName, count);
    let apart = 0;
    try {
      for (let trial = 1; trial <= count; trial++) {
        const state = states[trial % states.length] as State;
        await rep.click();
        await state.reach(rep, rep.browser.stopBackground).catch((error: unknown) => {
          throw new Error(`${state.name}: ${error}`);
        });
        await rep.settle();
        if (trial % trialsAComparison !== 0) continue;
        apart += (await rep.compare()).apart ?? 0;
        say(`  ${trial} of ${count}`);
      }
      const end = await rep.compare();
      return { name, count, ...end, apart: apart + (end.apart ?? 0) };
    } finally {
      await rep.close();
    }
  }
  return {
    name,
    about: `the background is ended in ${states.length} states, one after the other (${browserName})`,
    usualCount: 200,
    run,
  };
}

/** The background, which a browser may end at any moment, ended in every state of its cycle; in both browsers. */
export const backgroundKillTrials: readonly Trial[] = [
  createBackgroundTrial('background-kill', 'chromium'),
  createBackgroundTrial('background-kill-firefox', 'firefox'),
];
