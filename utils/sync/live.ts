import type { LiveState } from '#contract/diagnostics.ts';
import { byeSchema } from '#contract/feed.ts';
import { toInstant } from '../platform/clock.ts';
import { log } from '../platform/log.ts';
import { backoffMs } from './backoff.ts';
import { type Line, readFailure, requestOf } from './call.ts';
import { readTextLines } from './lines.ts';
import { createSilence } from './silence.ts';

/** The store sends a comment every 15 s; silence for so long means that the connection is dead, whatever the browser believes. Milliseconds. */
const silenceMs = 40_000;

/** How a stream ended. `retryMs`: when to come back; null leaves it to the caller. */
export interface LiveEnd {
  signedOut: boolean;
  retryMs: number | null;
  /** Whether the stream ever stood. */
  stood: boolean;
}

interface Stream {
  onPoke: () => void;
  onOpen: () => void;
}

function readBye(data: string): number | null {
  try {
    return byeSchema.parse(JSON.parse(data)).retryMs;
  } catch {
    return null;
  }
}

async function readRefusal(response: Response): Promise<Pick<LiveEnd, 'signedOut' | 'retryMs'>> {
  const failure = await readFailure(response);
  const retryMs = failure.kind === 'unreachable' ? (failure.retryMs ?? null) : null;
  return { signedOut: failure.kind === 'signedOut', retryMs };
}

/** Holds one stream of pokes open until it ends, whatever ends it. Never rejects. */
export async function followLive(line: Line, stream: Stream, stop: AbortSignal): Promise<LiveEnd> {
  const silence = createSilence(silenceMs);
  const end: LiveEnd = { signedOut: false, retryMs: null, stood: false };
  try {
    const request = requestOf(line, 'GET', undefined, AbortSignal.any([silence.signal, stop]));
    const headers = { ...(request.headers as Record<string, string>), accept: 'text/event-stream' };
    const response = await (line.fetch ?? fetch)(`${line.storeUrl}/v1/live`, { ...request, headers });
    if (!response.ok) return { ...end, ...(await readRefusal(response)) };
    if (response.body === null || !response.headers.get('content-type')?.startsWith('text/event-stream')) return end;
    end.stood = true;
    stream.onOpen();
    let event = '';
    for await (const text of readTextLines(response.body)) {
      silence.heard();
      if (text.startsWith('event:')) event = text.slice(6).trim();
      if (text.startsWith('data:') && event === 'bye') end.retryMs = readBye(text.slice(5));
      if (text.trim() !== '') continue;
      if (event === 'poke') stream.onPoke();
      event = '';
    }
  } catch (error) {
    if (!stop.aborted) log.info('sync', 'the live stream ended', { error });
  } finally {
    silence.stop();
  }
  return end;
}

/** Keeps the one live stream of this browser. */
export interface Live {
  /** Opens the stream when it is not open and its next try is due. Cheap: called on every wake. */
  ensure: () => void;
  /** Closes it: signed out. */
  stop: () => void;
  /** How it stands, since this background was started. */
  state: () => LiveState;
}

/** What an ended stream adds to the state: nothing where the store ended it in peace, naming when to come back. */
function failureOf({ retryMs, stood }: LiveEnd): Partial<LiveState> {
  return retryMs === null ? { failedAt: toInstant(Date.now()), failure: stood ? 'brokeOff' : 'notOpened' } : {};
}

/** Makes the keeper. `readLine` answers null when nobody is signed in; `onPoke` also runs when the stream opens, as pokes before that were missed. */
export function createLive(means: {
  readLine: () => Promise<Line | null>;
  onPoke: () => void;
  onSignedOut: () => void;
}): Live {
  let stop: AbortController | null = null;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let notBefore = 0;
  let standing: LiveState = { since: null, pokedAt: null, failedAt: null, failure: null };
  const note = (change: Partial<LiveState>) => {
    standing = { ...standing, ...change };
  };
  const instant = () => toInstant(Date.now());

  function hear(change: Partial<LiveState>): void {
    note(change);
    means.onPoke();
  }

  async function follow(signal: AbortController): Promise<void> {
    const line = await means.readLine();
    if (line === null) return;
    const stream = { onPoke: () => hear({ pokedAt: instant() }), onOpen: () => hear({ since: instant() }) };
    const end = await followLive(line, stream, signal.signal);
    if (signal.signal.aborted) return;
    note({ since: null, ...failureOf(end) });
    if (end.signedOut) return means.onSignedOut();
    failures = end.stood ? 1 : failures + 1;
    // Once the store goes on saying "in two seconds", doubling wins.
    const wait = end.stood ? (end.retryMs ?? backoffMs(failures)) : Math.max(end.retryMs ?? 0, backoffMs(failures));
    notBefore = Date.now() + wait;
    clearTimeout(retry);
    retry = setTimeout(ensure, wait + 1);
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
