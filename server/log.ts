import { type Logger, pino } from 'pino';

/** The store's log: JSON lines on stderr. Secrets and persons' data are taken out by name, in case somebody passes them. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['*.token', '*.secret', '*.address', '*.authorization', 'token', 'secret', 'address', 'authorization'],
      serializers: { err: describeError },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** An error without what PostgreSQL quotes of rows (`detail`, `where`) and without the query's parameters. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code, constraint } = error as { code?: string; constraint?: string };
  return { type: error.name, message: error.message, code, constraint, stack: error.stack };
}
