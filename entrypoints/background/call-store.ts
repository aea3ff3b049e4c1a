import type { CheckedRequest, MessageAnswer } from '#contract/message.ts';
import { word } from '../../utils/platform/words.ts';
import { reach } from '../../utils/sync/call.ts';
import { readLine } from '../../utils/sync/connection.ts';
import type { Ground } from '../../utils/sync/ground.ts';

function problem(status: number, code: string, detail: string): MessageAnswer<'callStore'> {
  return { status, body: { type: `urn:baton:problem:${code}`, title: detail, status, detail } };
}

/**
 * Makes a call of the Desk to the store with the token that only the background holds. What is no answer of the store's comes back as status 0
 * with a problem that says so.
 */
export async function callStore(
  ground: Ground,
  { method, path, body }: CheckedRequest<'callStore'>,
): Promise<MessageAnswer<'callStore'>> {
  const line = await readLine(ground);
  if (line === null) return problem(401, 'not-connected', word('status_not_connected'));
  const response = await reach(line, method, path, method === 'GET' ? undefined : (body ?? undefined));
  if (response === null) return problem(0, 'unreachable', word('status_unreachable'));
  if (response.status === 204) return { status: 204, body: null };
  const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
  const answer: unknown = isJson ? await response.json().catch(() => undefined) : undefined;
  if (answer === undefined) return problem(0, 'unreachable', word('status_unreachable'));
  return { status: response.status, body: answer };
}
