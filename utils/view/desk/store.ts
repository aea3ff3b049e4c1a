import type { z } from 'zod';
import { problemSchema } from '#contract/session.ts';
import { word } from '../../platform/words.ts';

/** A request to the store's `/v1/…`. */
export interface StoreRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  /** What makes it the same intent when it is sent again; see `intents.ts`. */
  key?: string;
}

/** Calls the store; the Desk's entrypoint passes it in. `status` 0, or a rejection: the store gave no answer. */
export type CallStore = (request: StoreRequest) => Promise<{ status: number; body: unknown }>;

/** Why something did not work. `message` is for the person; `fields` names what they filled in wrongly; `problem` is all that the store said, unchecked. */
export interface Failure {
  kind: 'unreachable' | 'signedOut' | 'notAllowed' | 'refused';
  message: string;
  fields: { path: string; message: string }[];
  problem?: unknown;
}

/** An answer, checked against the contract, or why there is none. */
export type Reply<T> = { ok: true; value: T } | { ok: false; failure: Failure };

const fail = (
  kind: Failure['kind'],
  message: string,
  fields: Failure['fields'] = [],
  more: Pick<Failure, 'problem'> = {},
): Reply<never> => ({ ok: false, failure: { kind, message, fields, ...more } });

function readFailure(status: number, body: unknown): Reply<never> {
  const problem = problemSchema.safeParse(body);
  const message = problem.success ? (problem.data.detail ?? problem.data.title) : word('desk_fail_answer', status);
  if (status === 401) return fail('signedOut', message);
  if (status === 403) return fail('notAllowed', message);
  if (status >= 500) return fail('unreachable', message);
  return fail('refused', message, problem.success ? (problem.data.errors ?? []) : [], { problem: body });
}

/** Asks the store and checks its answer. Never rejects. An answer without content is read as null. */
export async function askStore<S extends z.ZodType>(
  callStore: CallStore,
  request: StoreRequest,
  schema: S,
): Promise<Reply<z.output<S>>> {
  let answer: { status: number; body: unknown };
  try {
    answer = await callStore(request);
  } catch (error) {
    return fail('unreachable', error instanceof Error ? error.message : word('desk_fail_unreachable'));
  }
  if (answer.status === 0) return fail('unreachable', word('desk_fail_unreachable'));
  if (answer.status >= 400) return readFailure(answer.status, answer.body);
  const parsed = schema.safeParse(answer.body ?? null);
  if (parsed.success) return { ok: true, value: parsed.data };
  return fail('refused', word('desk_fail_contract', parsed.error.issues[0]?.path.join('.') ?? ''));
}
