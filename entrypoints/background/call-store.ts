import type { CheckedRequest, MessageAnswer } from '#contract/message.ts';
import { contractHeader, readSpoken } from '#contract/versions.ts';
import { word } from '../../utils/platform/words.ts';
import { readLocal, writeLocal } from '../../utils/settings/local-state.ts';
import { reach } from '../../utils/sync/call.ts';
import { readLine } from '../../utils/sync/connection.ts';
import type { Ground } from '../../utils/sync/ground.ts';

function problem(status: number, code: string, detail: string): MessageAnswer<'callStore'> {
  return { status, body: { type: `urn:baton:problem:${code}`, title: detail, status, detail } };
}

/** Stores before this version do not let a browser send a key: the call itself would be refused. */
const firstWithKeys = 2;

async function keyFor(ground: Ground, key: string | undefined): Promise<Record<string, string>> {
  const speaks = await readLocal(ground.local, 'storeSpeaks');
  return key === undefined || (speaks ?? 1) < firstWithKeys ? {} : { 'idempotency-key': key };
}

async function noteVersion(ground: Ground, response: Response): Promise<void> {
  const version = readSpoken(response.headers.get(contractHeader))?.version;
  if (version === undefined || version === (await readLocal(ground.local, 'storeSpeaks'))) return;
  await writeLocal(ground.local, 'storeSpeaks', version);
}

/**
 * Makes a call of the Desk to the store with the token that only the background holds. What is no answer of the store's comes back as status 0
 * with a problem that says so.
 */
export async function callStore(
  ground: Ground,
  { method, path, body, key }: CheckedRequest<'callStore'>,
): Promise<MessageAnswer<'callStore'>> {
  const line = await readLine(ground);
  if (line === null) return problem(401, 'not-connected', word('status_not_connected'));
  const sent = method === 'GET' ? undefined : (body ?? undefined);
  const response = await reach(line, method, path, sent, await keyFor(ground, key));
  if (response === null) return problem(0, 'unreachable', word('status_unreachable'));
  await noteVersion(ground, response);
  if (response.status === 204) return { status: 204, body: null };
  const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
  const answer: unknown = isJson ? await response.json().catch(() => undefined) : undefined;
  if (answer === undefined) return problem(0, 'unreachable', word('status_unreachable'));
  return { status: response.status, body: answer };
}
