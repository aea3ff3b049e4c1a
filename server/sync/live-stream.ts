import type { DeviceId } from '#contract/ids.ts';

const encoder = new TextEncoder();

/** One device's open stream of server-sent events. */
export interface LiveStream {
  deviceId: DeviceId;
  body: ReadableStream<Uint8Array>;
  /** Says "something changed" within `spreadMs`, at a random moment, so that a thousand devices do not pull at once. Several pokes until then are one. */
  poke(spreadMs: number): void;
  /** A comment line, so that both ends notice a dead connection. */
  beat(): void;
  /** Says when to come back, and ends. */
  sayBye(retryMs: number): void;
  /** Ends without a word. */
  end(): void;
}

/** A client that reads so slowly has the stream taken away: pokes are small, it must be gone. In bytes. */
const mostWaiting = 64 * 1024;
/** The least time from one poke to the next: a lively workspace does not make its devices pull for each change. */
const restAfterPokeMs = 150;

/** Opens a stream, which begins with a poke: what changed before it stood is not missed. `onEnd` is called once, however it ends. */
export function createLiveStream(deviceId: DeviceId, onEnd: (stream: LiveStream) => void): LiveStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let waiting: NodeJS.Timeout | null = null;
  let pokedAt = 0;

  const write = (text: string): void => {
    if (!controller) return;
    if ((controller.desiredSize ?? 0) < -mostWaiting) finish();
    else controller.enqueue(encoder.encode(text));
  };
  const finish = (): void => {
    if (!controller) return;
    if (waiting) clearTimeout(waiting);
    const open = controller;
    controller = null;
    onEnd(stream);
    open.close();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        write('retry: 2000\n\nevent: poke\ndata:\n\n');
      },
      cancel() {
        if (waiting) clearTimeout(waiting);
        if (controller) {
          controller = null;
          onEnd(stream);
        }
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 1024 }),
  );

  const stream: LiveStream = {
    deviceId,
    body,
    poke(spreadMs) {
      const restMs = Math.max(0, pokedAt + restAfterPokeMs - Date.now());
      waiting ??= setTimeout(
        () => {
          waiting = null;
          pokedAt = Date.now();
          write('event: poke\ndata:\n\n');
        },
        restMs + Math.random() * spreadMs,
      );
    },
    beat: () => write(': still here\n\n'),
    sayBye(retryMs) {
      write(`event: bye\ndata: ${JSON.stringify({ retryMs })}\n\n`);
      finish();
    },
    end: finish,
  };
  return stream;
}
