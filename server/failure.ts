import type { Logger } from 'pino';
import { createFullProblem, type DiskWatch } from './disk.ts';
import { ProblemError } from './problem.ts';

/** PostgreSQL's classes of trouble that pass by themselves: lost connection, a pooler that lost prepared statements, no connections left, shutting down, out of space, locked out. */
const passing = /^(08|26|53|57P|55P|40|42P05)/;
/** Its disk is full, as it says itself and as the system says. */
const full = new Set(['53100', 'ENOSPC']);
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);
/** What `pg` says, without a code, of a connection that broke or could not be had. */
const broken = /Connection terminated|is not queryable|Client was closed/;
/** Nobody gave a connection back in time, or PostgreSQL has none left. */
const crowded = /timeout exceeded when trying to connect/;

/** A character that no text of PostgreSQL holds, as it comes in a text or in JSON: a zero, half of a pair. */
const unwritable = new Set(['22021', '22P05']);
const isUnwritable = (error: unknown): boolean => {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return unwritable.has(code) || (code === '22P02' && /type json/.test(message));
};

/** What passes by itself, as a caller of `path` is told; null for all else. */
export function describePassing(error: unknown, path: string): ProblemError | null {
  const code = (error as { code?: string }).code ?? '';
  if (full.has(code)) return createFullProblem(path, error);
  if (code === '53300' || crowded.test(String(error))) {
    return new ProblemError(
      503,
      'no-connections',
      'The store’s database has no connection left for this right now. Nothing was lost; it is tried again by itself.',
      { headers: { 'Retry-After': '3' }, cause: error },
    );
  }
  if (!passing.test(code) && !network.has(code) && !broken.test(String(error))) return null;
  return new ProblemError(
    503,
    'database',
    'The store cannot reach its database right now. Nothing was lost; it is tried again by itself.',
    { headers: { 'Retry-After': '2' }, cause: error },
  );
}

/**
 * What a caller is told about anything thrown. A `ProblemError` speaks for itself; a text that PostgreSQL cannot hold is a 422; trouble that passes is a 503 with `Retry-After`;
 * all else is a 500 that keeps its cause in the log. The log gets the route's pattern, never its parameters.
 */
export function describeFailure(
  error: unknown,
  request: { log: Logger; method: string; path: string; disk?: DiskWatch | undefined },
): ProblemError {
  if (error instanceof ProblemError) return error;
  const { log, method, path, disk } = request;
  if (isUnwritable(error))
    return new ProblemError(
      422,
      'invalid',
      'A character is in this that no text has. Nothing was changed: take it out, or write it anew.',
      { cause: error },
    );
  const problem = describePassing(error, path);
  if (problem) {
    log.warn({ err: error, method, path }, 'the database cannot answer right now');
    if (problem.problem.type.endsWith(':disk-full')) disk?.noteFull();
    return problem;
  }
  log.error({ err: error, method, path }, 'a request failed');
  return new ProblemError(
    500,
    'failed',
    'The store made a mistake with this request. It is in the store’s log; please tell whoever runs it.',
    { cause: error },
  );
}
