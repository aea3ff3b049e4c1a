import type { Context } from 'hono';
import type { z } from 'zod';
import { readText, usualBytes } from '../limits/read-text.ts';
import { createInvalidProblem, ProblemError } from '../problem.ts';

/**
 * The request's JSON body, checked. Throws a `ProblemError`: 413 when it is larger than `mostBytes`, 408 when it comes too slowly, 400 when it is no JSON,
 * 422 when it has another form.
 */
export async function readBody<S extends z.ZodType>(
  context: Context,
  schema: S,
  mostBytes: number = usualBytes,
): Promise<z.output<S>> {
  const parsed = schema.safeParse(readJson(await readText(context, mostBytes)));
  if (!parsed.success) throw createInvalidProblem(parsed.error, 'The body of the request');
  return parsed.data;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // biome-ignore lint/style/useErrorCause: it is passed, as this error's fourth argument
    throw new ProblemError(400, 'no-json', 'The body of the request is not JSON.', { cause });
  }
}

/** The request's query parameters, checked (the first of each name). Throws a `ProblemError` 422. */
export function readQuery<S extends z.ZodType>(context: Context, schema: S): z.output<S> {
  const parsed = schema.safeParse(context.req.query());
  if (!parsed.success) throw createInvalidProblem(parsed.error, 'The address of the request');
  return parsed.data;
}

/** One parameter of the path, checked. What has another form cannot exist: throws a `ProblemError` 404. */
export function readParam<S extends z.ZodType>(context: Context, name: string, schema: S): z.output<S> {
  const parsed = schema.safeParse(context.req.param(name));
  if (!parsed.success) throw new ProblemError(404, 'not-found', 'There is nothing under this address.');
  return parsed.data;
}
