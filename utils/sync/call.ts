import type { z } from 'zod';
import { contractVersion, type Problem, problemSchema } from '#contract/session.ts';

/**
 * What came of a call. `unreachable`: no answer, or one that is not the store's (a hotel's login page with status 200, a body cut off): try again later,
 * nothing is known; `problem` where it was the store that said "later". `signedOut`: the store refused the token. `refused`: the store answered with a problem; trying the same again leads to the same.
 */
export type Reply<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'unreachable'; why: string; problem?: Problem }
  | { kind: 'signedOut'; problem: Problem }
  | { kind: 'refused'; status: number; problem: Problem };

/** Where to and by whom. `token` null: nobody is signed in yet. `fetch` is handed in by tests. */
export interface Line {
  storeUrl: string;
  token: string | null;
  fetch?: typeof fetch;
}

/** How long an answer may take before it counts as missing, in milliseconds. */
const patienceMs = 30_000;

/** The request as every call to the store makes it: no cookies, no cache, no referrer, and no following of a redirect with the token in hand. */
export function requestOf(line: Line, method: string, body: unknown, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json', 'baton-contract': String(contractVersion) };
  if (line.token !== null) headers['authorization'] = `Bearer ${line.token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  return {
    method,
    headers,
    signal,
    body: body === undefined ? null : JSON.stringify(body),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  };
}

/** Reads a problem of the store. Null when the answer is somebody else's, whatever its status. */
async function readProblem(response: Response): Promise<Problem | null> {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return null;
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  return problem.success && problem.data.type.startsWith('urn:baton:problem:') ? problem.data : null;
}

/** What an answer that is not a success means. 429 and 5xx of the store's own are "later", not "no". */
export async function readFailure(response: Response): Promise<Exclude<Reply<never>, { kind: 'ok' }>> {
  const problem = await readProblem(response);
  if (problem === null) return { kind: 'unreachable', why: `answer ${response.status} is not the store's` };
  if (response.status === 401) return { kind: 'signedOut', problem };
  if (response.status === 429 || response.status >= 500)
    return { kind: 'unreachable', why: `the store answered ${response.status}`, problem };
  return { kind: 'refused', status: response.status, problem };
}

/** Sends a request. Rejects never: no network, a cut connection and a time-out are `unreachable`. */
export async function reach(line: Line, method: string, path: string, body?: unknown): Promise<Response | null> {
  const signal = AbortSignal.timeout(patienceMs);
  return (line.fetch ?? fetch)(`${line.storeUrl}${path}`, requestOf(line, method, body, signal)).catch(() => null);
}

/** Calls the store and checks its answer against the contract. A body that is not of the contract's form counts as no answer. */
export async function call<T>(
  line: Line,
  method: string,
  path: string,
  schema: z.ZodType<T>,
  body?: unknown,
): Promise<Reply<T>> {
  const response = await reach(line, method, path, body);
  if (response === null) return { kind: 'unreachable', why: 'no answer' };
  if (!response.ok) return readFailure(response);
  if (!response.headers.get('content-type')?.startsWith('application/json'))
    return { kind: 'unreachable', why: "an answer that is not the store's" };
  const answer = schema.safeParse(await response.json().catch(() => undefined));
  return answer.success
    ? { kind: 'ok', value: answer.data }
    : { kind: 'unreachable', why: 'an answer that makes no sense' };
}
