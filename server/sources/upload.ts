import { FileRefusal } from './fault.ts';

/** The largest file that an upload may bring. Files on the store's own machine have no limit. */
export const mostUploadBytes = 1024 * 1024 * 1024;

/** How long a sender may be silent while the store waits for more. */
const mostSilentMs = 60_000;

/** An upload's bytes. `drain` reads what nobody wanted, so that the sender can hear the answer. */
export interface Upload extends AsyncIterable<Uint8Array> {
  drain(): Promise<void>;
}

/**
 * The body of a request, as it comes in: nothing is read ahead, so a slow database slows the sender and fills no memory.
 * Throws a `FileRefusal` when it grows over the limit or breaks off.
 */
export function limitUpload(
  body: ReadableStream<Uint8Array> | null,
  signal: AbortSignal,
  most = mostUploadBytes,
): Upload {
  const reader = body?.getReader() ?? null;
  let read = 0;
  async function next(): Promise<Uint8Array | null> {
    if (reader === null) return null;
    let step: Awaited<ReturnType<typeof reader.read>>;
    try {
      step = await withinSilence(reader.read());
    } catch (cause) {
      throw broken(cause);
    }
    if (step.done) {
      if (signal.aborted) throw broken(signal.reason);
      return null;
    }
    read += step.value.length;
    if (read > most)
      throw new FileRefusal(
        `The file is larger than ${most / 1024 / 1024} MB: only its beginning was taken in. Split it and import the rest.`,
      );
    return step.value;
  }
  return {
    async *[Symbol.asyncIterator]() {
      for (let chunk = await next(); chunk !== null; chunk = await next()) yield chunk;
    },
    async drain() {
      try {
        while ((await next()) !== null);
      } catch (error) {
        // Too large or broken off: either way nobody is left to hear more.
        if (!(error instanceof FileRefusal)) throw error;
        await reader?.cancel(error).catch(() => undefined);
      }
    },
  };
}

async function withinSilence<T>(reading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`nothing came for ${mostSilentMs / 1000} seconds`)), mostSilentMs);
  });
  try {
    return await Promise.race([reading, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function broken(cause: unknown): FileRefusal {
  return new FileRefusal(
    'The upload broke off before its end. What was read is in; send the same file again to complete it: nothing goes in twice.',
    { cause },
  );
}
