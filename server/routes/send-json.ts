import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Context } from 'hono';

const compress = promisify(gzip);
/** Below it compressing costs the store more than the bytes cost the line: a changed account is some 20 kB. In UTF-16 units. */
const worthCompressing = 48 * 1024;

/** A JSON answer, compressed when it is long and the client takes gzip. */
export async function sendJson(context: Context, answer: unknown): Promise<Response> {
  const text = JSON.stringify(answer);
  const headers: Record<string, string> = { 'Content-Type': 'application/json', Vary: 'Accept-Encoding' };
  const isGzipped = /\bgzip\b/.test(context.req.header('Accept-Encoding') ?? '');
  if (!isGzipped || text.length < worthCompressing) return context.body(text, 200, headers);
  const body = await compress(text, { level: constants.Z_BEST_SPEED });
  return context.body(new Uint8Array(body), 200, { ...headers, 'Content-Encoding': 'gzip' });
}
