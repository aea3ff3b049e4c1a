import { type Logger, pino } from 'pino';

/**
 * The store's log: JSON lines on stderr, written beside the work. Secrets and persons' data are taken out twice: by the name of their field, and by their form
 * in the finished line, whoever passed them and wherever they stand in a text.
 */
export function createLog(level: string): Logger {
  const destination = pino.destination({ fd: 2, sync: false });
  // What is not written yet when the process ends is written then.
  process.once('exit', () => {
    try {
      destination.flushSync();
    } catch {
      // stderr is gone: there is nobody to tell.
    }
  });
  return pino(logOptions(level), destination);
}

/** The same log's settings, for writing it elsewhere. */
export function logOptions(level: string) {
  return {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['*.token', '*.secret', '*.address', '*.authorization', 'token', 'secret', 'address', 'authorization'],
    serializers: { err: describeError },
    hooks: { streamWrite: redactLine },
  };
}

/** Device tokens and invite secrets; bearer headers; logins in URLs; mail addresses. */
const forms: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f-]{27}\.[A-Za-z0-9_-]{20,}/gi, '[secret]'],
  [/\b(Bearer|Basic)\s+[^\s"\\]+/gi, '$1 [secret]'],
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@"\\]+@/gi, '$1[login]@'],
  [/[^\s"'<>()[\]{}:;,\\/=|]+@[^\s"'<>()[\]{}:;,\\/=|]+/g, '[address]'],
];

/** A text without what has a secret's or an address's form. Works on a line of JSON and leaves it JSON. */
export function redactLine(line: string): string {
  let text = line;
  for (const [form, instead] of forms) text = text.replace(form, instead);
  return text;
}

/** An error without what PostgreSQL quotes of rows (`detail`, `where`, and of values in the message) and without the query's parameters. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code, constraint } = error as { code?: string; constraint?: string };
  const message = withoutValues(error.message, code);
  const stack = error.stack?.replaceAll(error.message, message);
  return { type: error.name, message, code, constraint, stack };
}

/** PostgreSQL's class 22 (a value that cannot be) and what parsers say quote the value itself, which may hold quotes of its own. */
function withoutValues(message: string, code: string | undefined): string {
  const quotesValue = /^22/.test(code ?? '') || /JSON|invalid input/i.test(message);
  return quotesValue ? message.replace(/".*"/s, '"…"') : message;
}
