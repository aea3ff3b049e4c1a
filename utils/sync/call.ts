import type { z } from 'zod';
import { type Problem, problemSchema } from '#contract/session.ts';
import { agree, contractHeader, readSpoken, type Spoken, spoken, writeSpoken } from '#contract/versions.ts';

/**
 * What came of a call. `unreachable`: no answer, or one that is not the store's (a hotel's login page with status 200, a body cut off): try again later,
 * nothing is known; `problem` where it was the store that said "later", and `retryMs` when it said how much later: then it is busy, not gone.
 * `signedOut`: the store refused the token. `mismatch`: one side no longer speaks a version of the contract that the other does; `old` is the one to be updated.
 * `refused`: the store answered with a problem; trying the same again leads to the same.
 */
export type Reply<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'unreachable'; why: string; problem?: Problem; retryMs?: number }
  | { kind: 'mismatch'; old: OldSide; problem?: Problem }
  | { kind: 'signedOut'; problem: Problem }
  | { kind: 'refused'; status: number; problem: Problem };

/** Which side is too old for the other. */
export type OldSide = 'store' | 'extension';

/** Where to and by whom. `token` null: nobody is signed in yet. `fetch` is handed in by tests. */
export interface Line {
  storeUrl: string;
  token: string | null;
  fetch?: typeof fetch;
}

/** How long an answer may take before it counts as missing, in milliseconds. */
const patienceMs = 30_000;
const mostWaitMs = 10 * 60_000;

/** The request as every call to the store makes it: no cookies, no cache, no referrer, and no following of a redirect with the token in hand. */
export function requestOf(line: Line, method: string, body: unknown, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json', [contractHeader]: writeSpoken(spoken) };
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

/** How long the answer asks to be left alone, in milliseconds; undefined when it does not say. Ten minutes at most, whatever it asks. */
export function readRetryAfter(response: Response): number | undefined {
  const seconds = /^\d{1,6}$/.exec(response.headers.get('retry-after')?.trim() ?? '')?.[0];
  return seconds === undefined ? undefined : Math.min(Number(seconds) * 1000, mostWaitMs);
}

/** Which side is too old for the other, by the version that the answer names; null when they understand each other, or it names none. */
export function readMismatch(response: Response, ours: Spoken = spoken): OldSide | null {
  const agreement = agree(ours, readSpoken(response.headers.get(contractHeader)));
  if (agreement.kind === 'agreed') return null;
  return agreement.kind === 'theyAreTooOld' ? 'store' : 'extension';
}

/** What an answer that is not a success means. 408, 429 and 5xx of the store's own are "later", not "no". */
export async function readFailure(response: Response): Promise<Exclude<Reply<never>, { kind: 'ok' }>> {
  const problem = await readProblem(response);
  if (problem === null) return { kind: 'unreachable', why: `answer ${response.status} is not the store's` };
  const old = response.status === 426 ? 'extension' : readMismatch(response);
  if (old !== null) return { kind: 'mismatch', old, problem };
  if (response.status === 401) return { kind: 'signedOut', problem };
  if (response.status === 408 || response.status === 429 || response.status >= 500) {
    const retryMs = readRetryAfter(response);
    const why = `the store answered ${response.status}`;
    return { kind: 'unreachable', why, problem, ...(retryMs === undefined ? {} : { retryMs }) };
  }
  return { kind: 'refused', status: response.status, problem };
}

/** Sends a request, with `more` headers. Rejects never: no network, a cut connection and a time-out are `unreachable`. */
export async function reach(
  line: Line,
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
): Promise<Response | null> {
  const request = requestOf(line, method, body, AbortSignal.timeout(patienceMs));
  const headers = { ...(request.headers as Record<string, string>), ...more };
  return (line.fetch ?? fetch)(`${line.storeUrl}${path}`, { ...request, headers }).catch(() => null);
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
  const old = readMismatch(response);
  if (old !== null) return { kind: 'mismatch', old };
  const answer = schema.safeParse(await response.json().catch(() => undefined));
  return answer.success
    ? { kind: 'ok', value: answer.data }
    : { kind: 'unreachable', why: 'an answer that makes no sense' };
}
