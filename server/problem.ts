import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import type { Problem } from '#contract/session.ts';

/**
 * An answer that tells a person what went wrong (RFC 9457). Thrown by routes and what they call; `app.ts` sends it.
 * `code` is stable, for programs; `detail` is for the person; `extra` adds members of its own (`lastSequence`).
 */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly problem: Problem & Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    detail: string,
    options: {
      errors?: Problem['errors'];
      extra?: Record<string, unknown>;
      headers?: Record<string, string>;
      cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: options.cause });
    const errors = options.errors === undefined ? {} : { errors: options.errors };
    this.problem = {
      type: `urn:baton:problem:${code}`,
      title: titles[status] ?? 'Not possible',
      status,
      detail,
      ...errors,
      ...options.extra,
    };
    this.headers = options.headers ?? {};
  }
}

const titles: Partial<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  408: 'Too slow',
  409: 'In conflict with what the store has',
  410: 'No longer valid',
  413: 'Too large',
  415: 'Not a type the store reads',
  414: 'Address too long',
  422: 'Not as expected',
  426: 'Too old',
  429: 'Too many requests',
  500: 'Something went wrong in the store',
  501: 'Not known to this store',
  503: 'The store cannot answer right now',
};

type Issue = z.core.$ZodIssue;

/** What is not there at all: the form that asks for it was hardly meant. */
const isAbsent = ({ code, path, message }: Issue): boolean =>
  code === 'invalid_type' && path.length === 1 && message.endsWith('received undefined');

/** Of something that fits none of several forms, what is wrong by the nearest of them: the one of which the least is absent. */
function openUnions(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const countAbsent = (issues: readonly Issue[]) => issues.filter(isAbsent).length;
  const [nearest = []] = issue.errors.toSorted((a, b) => countAbsent(a) - countAbsent(b));
  if (nearest.length === 0) return [issue];
  return nearest.flatMap(openUnions).map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
}

/** The issues of a zod error as a problem's `errors`: the path in dots, the message as zod says it. */
export function listIssues(error: z.ZodError): NonNullable<Problem['errors']> {
  return error.issues
    .flatMap(openUnions)
    .slice(0, 50)
    .map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
}

/** A request that does not have the contract's form. */
export function createInvalidProblem(error: z.ZodError, what: string): ProblemError {
  const errors = listIssues(error);
  return new ProblemError(422, 'invalid', `${what} is not as expected: ${errors[0]?.message ?? 'unknown'}.`, {
    errors,
  });
}
