import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { WorkspaceId } from '#contract/ids.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Authenticated, Deps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { findCall, type KeptCall, keepCall, lockCall } from '../store/idempotent-call.ts';
import { readText } from './read-text.ts';
import { seal, unseal } from './seal.ts';

const keptMs = 24 * 3_600_000;

/** Answers a call. Works with the `deps` it is given, whose `db` may be a transaction that it is part of. */
export type Answering = (context: Context<Authenticated>, deps: Deps) => Promise<Response>;

/**
 * Behind the token check: with an `Idempotency-Key` (IETF draft of that name) a call is done once. Its effect and its answer are one transaction; the same key
 * and request of the same device within 24 hours get that answer again, marked `Idempotency-Replayed: true`. A call that failed is not kept: it did nothing.
 * Throws a `ProblemError`: 400 for a key that is none, 409 while another call with it runs, 422 when it was used for another request.
 */
export function answerOnce(deps: Deps, answer: Answering) {
  return async (context: Context<Authenticated>): Promise<Response> => {
    const key = readKey(context.req.header('Idempotency-Key'));
    if (key === null) return answer(context, deps);
    const caller = context.get('caller');
    const token = context.req.header('Authorization') ?? '';
    const requestHash = hashRequest(context, await readText(context));
    const pokes = new Set<WorkspaceId>();
    const response = await inWorkspace(deps.db, caller.workspaceId, async (scope) => {
      const now = deps.now();
      // 1. One at a time: who comes meanwhile is told so, instead of holding a connection.
      if (!(await lockCall(scope, caller, key))) throw inProgress();

      // 2. Answered before: the same answer again, and nothing is done.
      const known = await findCall(scope, caller, key, new Date(now.getTime() - keptMs));
      if (known) return replay(known, { token, requestHash });

      // 3. Else it is done within this very transaction; what it would poke about is not committed yet.
      const within: Deps = { ...deps, db: scope, pokes: { poke: (workspaceId) => void pokes.add(workspaceId) } };
      const done = await answer(context, within);

      // 4. The answer goes with the effect. It may hold a secret (an invite's link), so only the caller's token opens it.
      const text = await done.clone().text();
      const sealed = text === '' ? null : seal(token, requestHash, text);
      await keepCall(scope, caller, key, { requestHash, status: done.status, sealed }, now);
      return done;
    });
    for (const workspaceId of pokes) deps.pokes.poke(workspaceId);
    return response;
  };
}

function replay(known: KeptCall, call: { token: string; requestHash: Buffer }): Response {
  if (!known.requestHash.equals(call.requestHash))
    throw new ProblemError(
      422,
      'key-reused',
      'This Idempotency-Key was used for another request within the last 24 hours. Use a new one for each intent.',
    );
  const headers = { 'Idempotency-Replayed': 'true' };
  if (known.sealed === null) return new Response(null, { status: known.status, headers });
  const text = unseal(call.token, call.requestHash, known.sealed);
  return new Response(text, { status: known.status, headers: { ...headers, 'Content-Type': 'application/json' } });
}

/** The key, bare or in quotes as the draft writes it; null: none was sent. */
function readKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  const key = /^"([^"\\]*)"$/.exec(header)?.[1] ?? header;
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new ProblemError(400, 'key-malformed', 'An Idempotency-Key is 1 to 255 plain characters without spaces.');
}

function hashRequest(context: Context, body: string): Buffer {
  const { pathname, search } = new URL(context.req.url);
  return createHash('sha256').update(`${context.req.method} ${pathname}${search}\n${body}`).digest();
}

function inProgress(): ProblemError {
  return new ProblemError(
    409,
    'in-progress',
    'A request with this Idempotency-Key is being worked on. Ask again in a moment to get its answer.',
    { headers: { 'Retry-After': '1' } },
  );
}
