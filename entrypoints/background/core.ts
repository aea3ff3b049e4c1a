import type { CardAnswer, CardRequest } from '#contract/card.ts';
import { deviceClock } from '../../utils/platform/clock.ts';
import { log } from '../../utils/platform/log.ts';
import { createReader, type Reading } from '../../utils/replica/reader.ts';
import { changeLocal, readLocal } from '../../utils/settings/local-state.ts';
import { forgetSession } from '../../utils/settings/session-items.ts';
import { readLine } from '../../utils/sync/connection.ts';
import { type Cycle, createCycle } from '../../utils/sync/cycle.ts';
import { createFirstSight, type FirstSight } from '../../utils/sync/first-sight.ts';
import { type Ground, openGround } from '../../utils/sync/ground.ts';
import { createLive, type Live } from '../../utils/sync/live.ts';
import { createCardReader } from '../../utils/sync/read-card.ts';
import { createAnnouncer } from './announce.ts';
import { takeWorkspaceSides } from './panel-stands.ts';
import { takeWorkspaceSites } from './sites.ts';

/** The working parts of the background, once its databases are open. */
export interface Core {
  ground: Ground;
  cycle: Cycle;
  live: Live;
  read: () => Promise<Reading | null>;
  readCard: (request: CardRequest) => Promise<CardAnswer>;
  fetchBundles: FirstSight;
}

async function openCore(onLost: () => void): Promise<Core> {
  let stopLive: () => void = () => undefined;
  let read: Core['read'] = async () => null;
  const means = {
    now: deviceClock,
    fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
    changed: createAnnouncer(async () => {
      await takeWorkspaceSites(() => read());
      await takeWorkspaceSides(() => read());
    }),
    wiped: () => {
      stopLive();
      forgetSession().catch((error: unknown) => log.error('background', 'the session was not forgotten', { error }));
    },
  };
  const ground = await openGround(means, {}, () => {
    stopLive();
    onLost();
  });
  const cycle = createCycle(ground);
  const live = createLive({
    readLine: () => readLine(ground),
    heldBack: {
      read: () => readLocal(ground.local, 'streamsHeldUntil'),
      write: (until) => changeLocal(ground.local, 'streamsHeldUntil', () => until),
    },
    onPoke: () => void cycle.run('poke'),
    // The cycle asks again, and hears why.
    onSignedOut: () => void cycle.run('asked'),
  });
  stopLive = live.stop;
  read = createReader(ground.replica);
  const fetchBundles = createFirstSight(ground);
  const readCard = createCardReader(ground, read, () => void cycle.run('poke'), fetchBundles);
  return { ground, cycle, live, read, readCard, fetchBundles };
}

/** Opens the core when it is first asked for, once; after a failure, and after a database was taken away, the next who asks tries again. */
export function createCoreOpener(): () => Promise<Core> {
  let opening: Promise<Core> | null = null;
  return () => {
    opening ??= openCore(() => {
      opening = null;
      log.warn('background', 'a database was taken away; it is opened anew');
    }).catch((error: unknown) => {
      opening = null;
      log.error('background', 'the databases did not open', { error });
      throw error;
    });
    return opening;
  };
}
