import type { LiveState } from '#contract/diagnostics.ts';
import { toInstant } from '../platform/clock.ts';
import { askLive } from './ask-live.ts';
import { backoffMs } from './backoff.ts';
import type { Line } from './call.ts';
import { followLive } from './follow-live.ts';
import { type Listening, type LiveEnd, type LivePatience, usualPatience } from './live-way.ts';

/** So many streams in a row that were cut soon, without a goodbye: something between here and the store cuts them all. */
const mostCuts = 3;

interface KeeperPatience extends LivePatience {
  /** A stream that ends sooner was cut soon. */
  shortMs: number;
  /** After so long of asking a stream is tried again. */
  askingMs: number;
}
const keeperPatience: KeeperPatience = { ...usualPatience, shortMs: 20_000, askingMs: 10 * 60_000 };

/** Keeps the one live connection of this browser. */
export interface Live {
  /** Listens, when it does not and its next try is due. Cheap: called on every wake. */
  ensure: () => void;
  /** Closes it: signed out. */
  stop: () => void;
  /** How it stands, since this background was started. */
  state: () => LiveState;
}

/** Until when streams are known not to lead through to here, by this device's clock; null: they may. Outlives the background, which can die at any moment. */
export interface HeldBack {
  read: () => Promise<number | null>;
  write: (until: number | null) => Promise<void>;
}

/** What an end adds to the state: nothing where it ended in peace, and it is known when to come back. */
function failureOf({ retryMs, stood, isBarred }: LiveEnd): Partial<LiveState> {
  if (retryMs !== null) return {};
  const failure = stood ? 'brokeOff' : 'notOpened';
  return { failedAt: toInstant(Date.now()), failure: isBarred ? 'heldBack' : failure };
}

/**
 * Makes the keeper: a stream, and where that is held back or cut on its way, questions that the store answers late; later a stream again. `readLine` answers null when nobody
 * is signed in; `onPoke` also runs when something is heard for the first time, as pokes before that were missed.
 */
export function createLive(
  means: {
    readLine: () => Promise<Line | null>;
    heldBack: HeldBack;
    onPoke: () => void;
    onSignedOut: () => void;
  },
  patience: KeeperPatience = keeperPatience,
): Live {
  const { askingMs, shortMs } = patience;
  let stop: AbortController | null = null;
  let failures = 0;
  let cuts = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let notBefore = 0;
  let standing: LiveState = { since: null, isAsking: false, pokedAt: null, failedAt: null, failure: null };
  const note = (change: Partial<LiveState>) => {
    standing = { ...standing, ...change };
  };
  const instant = () => toInstant(Date.now());

  function hear(change: Partial<LiveState>): void {
    note(change);
    means.onPoke();
  }

  /** How long there is still to be asked instead; 0: a stream is to be tried. A clock that was turned back does not lengthen it. */
  async function readAskingMs(): Promise<number> {
    const left = ((await means.heldBack.read()) ?? 0) - Date.now();
    return left > askingMs ? 0 : Math.max(0, left);
  }

  async function holdStream(line: Line, listening: Listening, signal: AbortSignal): Promise<LiveEnd> {
    const startedAt = Date.now();
    const end = await followLive(line, listening, signal, patience);
    if (signal.aborted) return end;
    const isCut = end.stood && end.retryMs === null && Date.now() - startedAt < shortMs;
    cuts = isCut ? cuts + 1 : 0;
    if (!end.isBarred && cuts < mostCuts) return end;
    cuts = 0;
    await means.heldBack.write(Date.now() + askingMs);
    return { ...end, isBarred: true };
  }

  /** Asks for so long; then, in peace, it is time for a stream again. */
  async function askFor(ms: number, line: Line, listening: Listening, signal: AbortSignal): Promise<LiveEnd> {
    const over = AbortSignal.timeout(ms);
    const end = await askLive(line, listening, AbortSignal.any([signal, over]), patience);
    if (end.isBarred) await means.heldBack.write(null);
    return { ...end, isBarred: false, retryMs: over.aborted ? 0 : end.retryMs };
  }

  /** Listens by whichever way is the right one now, until that ends. Barred: it was a stream, and the other way is the right one from now on. */
  async function listen(line: Line, signal: AbortSignal): Promise<LiveEnd> {
    const leftMs = await readAskingMs();
    const listening = {
      onPoke: () => hear({ pokedAt: instant() }),
      onOpen: () => hear({ since: instant(), isAsking: leftMs > 0 }),
    };
    return leftMs > 0 ? askFor(leftMs, line, listening, signal) : holdStream(line, listening, signal);
  }

  /** How long to rest after an end, in milliseconds. */
  function restAfter({ stood, retryMs, isBarred }: LiveEnd): number {
    failures = stood ? 1 : failures + 1;
    if (isBarred) return 0;
    // Once the store goes on saying "in two seconds", doubling wins.
    return stood ? (retryMs ?? backoffMs(failures)) : Math.max(retryMs ?? 0, backoffMs(failures));
  }

  async function follow(mine: AbortController): Promise<void> {
    const line = await means.readLine();
    if (line === null) return;
    const end = await listen(line, mine.signal);
    if (mine.signal.aborted) return;
    note({ since: null, ...failureOf(end) });
    if (end.signedOut) return means.onSignedOut();
    const restMs = restAfter(end);
    notBefore = Date.now() + restMs;
    clearTimeout(retry);
    retry = setTimeout(ensure, restMs + 1);
    // A stream that broke off is the first sign that the store is gone: a cycle finds out and says so.
    if (end.stood) means.onPoke();
  }

  function ensure(): void {
    if (stop !== null || Date.now() < notBefore) return;
    const mine = new AbortController();
    stop = mine;
    void follow(mine).finally(() => {
      if (stop === mine) stop = null;
    });
  }

  return {
    ensure,
    stop: () => {
      clearTimeout(retry);
      notBefore = 0;
      stop?.abort();
      stop = null;
      note({ since: null });
    },
    state: () => standing,
  };
}
