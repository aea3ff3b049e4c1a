import type { Context } from 'hono';
import { ProblemError } from '../problem.ts';

/** What a request's body may be where its route says nothing else, in bytes. */
export const usualBytes = 64 * 1024;
/** What a push may be: 200 mutations, each with what a person wrote. In bytes. */
export const pushBytes = 2 * 1024 * 1024;
/** A table's beginning to be looked at, which comes as base64. In bytes. */
export const previewBytes = 512 * 1024;
/** How long a body may take to come in, in milliseconds. Who sends a byte now and then would hold a place for ever. */
const patienceMs = 60_000;

/** What was read already, by request: a body comes once. */
const texts = new WeakMap<Request, Promise<string>>();

/**
 * The request's body as text; reading it again answers the same. Throws a `ProblemError` 413 once it is larger than `mostBytes`, whether its length was told
 * or not, and 408 when it is not all there after a minute.
 */
export async function readText(context: Context, mostBytes: number = usualBytes): Promise<string> {
  const known = texts.get(context.req.raw);
  if (known !== undefined) return known;
  const told = readLength(context);
  if (told !== null && told > mostBytes) throw tooLarge(mostBytes);
  // A told length is one that Node holds the client to; the direct way spares a stream.
  const reading = withinPatience(told === null ? collect(context.req.raw.body, mostBytes) : context.req.raw.text());
  texts.set(context.req.raw, reading);
  return reading;
}

function readLength(context: Context): number | null {
  if (context.req.header('Transfer-Encoding') !== undefined) return null;
  const told = context.req.header('Content-Length') ?? '';
  return /^\d{1,15}$/.test(told) ? Number(told) : null;
}

async function collect(body: ReadableStream<Uint8Array> | null, mostBytes: number): Promise<string> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function withinPatience(reading: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(tooSlow()), patienceMs);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
    reading.catch(() => undefined);
  }
}

function tooLarge(mostBytes: number): ProblemError {
  const size = mostBytes >= 1024 * 1024 ? `${mostBytes / 1024 / 1024} MB` : `${Math.round(mostBytes / 1024)} kB`;
  // The rest of it is still on its way: the connection is not used for another request.
  return new ProblemError(413, 'too-large', `The request is larger than ${size}, which is more than this call takes.`, {
    headers: { Connection: 'close' },
  });
}

function tooSlow(): ProblemError {
  const detail = 'The request did not come in whole within a minute. Nothing of it was done; send it again.';
  return new ProblemError(408, 'too-slow', detail, { headers: { Connection: 'close' } });
}
