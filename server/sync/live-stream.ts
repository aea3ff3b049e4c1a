import type { Cursor } from '#contract/feed.ts';
import type { DeviceId } from '#contract/ids.ts';
import type { Listener } from './listener.ts';

/** One device's open stream of server-sent events. */
export interface LiveStream extends Listener {
  body: ReadableStream<Uint8Array>;
}

/** All that is ever said but for a goodbye. The opening is there for the reader alone: a proxy that holds streams back holds it back too. */
const words = { opening: 'retry: 2000\n\n', poke: 'event: poke\ndata:\n\n', beat: ': still here\n\n' };
const encoder = new TextEncoder();
/** The least time from one poke to the next: a lively workspace does not make its devices pull for each change. */
const restAfterPokeMs = 150;

/**
 * Opens a stream. It holds back no bytes: what is owed to a reader that does not read is at most one of each word, since a poke covers all before it. A reader
 * that has not taken one beat when the next is due is gone, or as good as that. `onEnd` is called once, however it ends.
 */
export function createLiveStream(deviceId: DeviceId, onEnd: (stream: LiveStream) => void): LiveStream {
  const owed = new Set<keyof typeof words>(['opening']);
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let isAsked = false;
  let waiting: NodeJS.Timeout | undefined;
  let pokedAt = 0;
  let at: Cursor | null = null;

  const give = (): void => {
    if (!isAsked || owed.size === 0) return;
    isAsked = false;
    const text = [...owed].map((word) => words[word]).join('');
    owed.clear();
    controller?.enqueue(encoder.encode(text));
  };
  const owe = (word: keyof typeof words): void => {
    owed.add(word);
    give();
  };
  const leave = (): ReadableStreamDefaultController<Uint8Array> | null => {
    const open = controller;
    controller = null;
    clearTimeout(waiting);
    if (open) onEnd(stream);
    return open;
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
      },
      pull() {
        isAsked = true;
        give();
      },
      cancel: () => void leave(),
    },
    { highWaterMark: 0 },
  );

  const stream: LiveStream = {
    deviceId,
    body,
    get at() {
      return at;
    },
    poke(place, spreadMs) {
      at = place;
      const restMs = Math.max(0, pokedAt + restAfterPokeMs - Date.now());
      waiting ??= setTimeout(
        () => {
          waiting = undefined;
          pokedAt = Date.now();
          owe('poke');
        },
        restMs + Math.random() * spreadMs,
      );
    },
    beat() {
      if (owed.has('beat')) stream.end();
      else owe('beat');
    },
    sayBye(retryMs) {
      controller?.enqueue(encoder.encode(`event: bye\ndata: ${JSON.stringify({ retryMs })}\n\n`));
      stream.end();
    },
    end: () => leave()?.close(),
  };
  return stream;
}
