import type { Cursor, LiveWaitAnswer } from '#contract/feed.ts';
import type { DeviceId } from '#contract/ids.ts';
import type { Listener } from './listener.ts';

/** Below the half minute after which proxies give a silent answer up. */
const longestMs = 25_000;

/** One device's question that is answered once something changed. */
export interface LiveWait extends Listener {
  answer: Promise<LiveWaitAnswer>;
}

/** Begins a wait for the feed to stand elsewhere than at `after`. `onEnd` is called once, however it ends. */
export function createLiveWait(
  deviceId: DeviceId,
  after: Cursor | null,
  onEnd: (wait: LiveWait) => void,
  mostMs: number = longestMs,
): LiveWait {
  const { promise, resolve } = Promise.withResolvers<LiveWaitAnswer>();
  let at = after;
  let poking: NodeJS.Timeout | undefined;
  let isOver = false;
  const finish = (moved: boolean, retryMs: number): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(patience);
    clearTimeout(poking);
    onEnd(wait);
    resolve({ moved, at, retryMs });
  };
  // A tenth of it by chance: those who began together do not all ask again together.
  const patience = setTimeout(() => finish(false, 0), mostMs * (0.9 + Math.random() / 10));
  const wait: LiveWait = {
    deviceId,
    answer: promise,
    get at() {
      return at;
    },
    poke(place, spreadMs) {
      at = place;
      poking ??= setTimeout(() => finish(true, 0), Math.random() * spreadMs);
    },
    beat: () => undefined,
    sayBye: (retryMs) => finish(false, retryMs),
    // Its pull hears why.
    end: () => finish(true, 0),
  };
  return wait;
}
