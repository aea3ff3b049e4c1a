import { byeSchema } from '#contract/feed.ts';

/** A live stream as a device holds it. */
export interface FollowedStream {
  pokes(): number;
  /** Resolves when so many of these events have come; rejects with what came when they do not within 5 s. */
  until(event: 'poke' | 'bye', times?: number): Promise<void>;
  /** True when it ended within 10 s. */
  ended(): Promise<boolean>;
  /** What the goodbye said; null when there was none. */
  retryMs(): number | null;
  leave(): void;
}

/** Opens one. */
export async function followLive(url: string, token: string): Promise<FollowedStream> {
  const stop = new AbortController();
  const response = await fetch(`${url}/v1/live`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  if (!response.ok || !response.body) throw new Error(`No live stream: ${response.status}`);
  let text = '';
  let isOver = false;
  const decoder = new TextDecoder();
  const reading = (async () => {
    for await (const part of response.body ?? []) text += decoder.decode(part);
  })()
    .catch(() => undefined)
    .finally(() => {
      isOver = true;
    });
  const count = (event: string) => text.split(`event: ${event}\n`).length - 1;
  const wait = async (isMet: () => boolean, ms: number): Promise<boolean> => {
    for (const end = Date.now() + ms; Date.now() < end && !isMet(); ) await new Promise((done) => setTimeout(done, 5));
    return isMet();
  };
  return {
    pokes: () => count('poke'),
    async until(event, times = 1) {
      if (!(await wait(() => count(event) >= times, 5000))) throw new Error(`No ${event} number ${times} in:\n${text}`);
    },
    ended: () => wait(() => isOver, 10_000),
    retryMs() {
      const data = /event: bye\ndata: (.*)\n/.exec(text)?.[1];
      return data === undefined ? null : byeSchema.parse(JSON.parse(data)).retryMs;
    },
    leave() {
      stop.abort();
      void reading;
    },
  };
}
