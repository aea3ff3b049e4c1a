import type { Logger } from 'pino';
import { ProblemError } from './problem.ts';

/** PostgreSQL's classes of trouble that pass by themselves: lost connection, no connections left, shutting down, out of space, locked out. */
const passing = /^(08|53|57P|55P|40)/;
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
const broken = /timeout exceeded when trying to connect|Connection terminated|is not queryable|Client was closed/;

/**
 * What a caller is told about anything thrown. A `ProblemError` speaks for itself; trouble that passes is a 503 with `Retry-After`;
 * all else is a 500 that keeps its cause in the log. The log gets the route's pattern, never its parameters.
 */
export function describeFailure(error: unknown, request: { log: Logger; method: string; path: string }): ProblemError {
  if (error instanceof ProblemError) return error;
  const { log, method, path } = request;
  const code = (error as { code?: string }).code ?? '';
  if (passing.test(code) || network.has(code) || broken.test(String(error))) {
    log.warn({ err: error, method, path }, 'the database cannot answer right now');
    return new ProblemError(
      503,
      'database',
      'The store cannot reach its database right now. Nothing was lost; it is tried again by itself.',
      {
        headers: { 'Retry-After': '2' },
        cause: error,
      },
    );
  }
  log.error({ err: error, method, path }, 'a request failed');
  return new ProblemError(
    500,
    'failed',
    'The store made a mistake with this request. It is in the store’s log; please tell whoever runs it.',
    { cause: error },
  );
}
