/** Facts beside a log line: names and numbers. What could name a person or open a door is hidden by `redact`. */
export type Facts = Record<string, unknown>;

const hiddenNames = /token|secret|key$|^link$|address|^name$|text|quote|body|value|authorization/i;
const addressLike = /[^\s"'<>@]+@[^\s"'<>@]+/g;
const tokenLike = /[A-Za-z0-9_-]{40,}/g;

/** The same facts with addresses, tokens and whatever people typed taken out. Pure; nested facts too, four deep. */
export function redact(fact: unknown, depth = 0): unknown {
  if (typeof fact === 'string') return fact.replace(addressLike, '[address]').replace(tokenLike, '[secret]');
  if (fact instanceof Error) return redact(`${fact.name}: ${fact.message}`);
  if (typeof fact !== 'object' || fact === null) return fact;
  if (depth >= 4) return '[deep]';
  if (Array.isArray(fact)) return fact.map((each) => redact(each, depth + 1));
  return Object.fromEntries(
    Object.entries(fact).map(([name, each]) => [name, hiddenNames.test(name) ? '[hidden]' : redact(each, depth + 1)]),
  );
}

function write(level: 'info' | 'warn' | 'error', part: string, what: string, facts: Facts): void {
  // biome-ignore lint/suspicious/noConsole: the one place where the extension writes its log
  console[level](`baton ${part}: ${what}`, redact(facts));
}

/** Writes to the browser's console, redacted. `part` is the folder that speaks, `what` one plain sentence without data. */
export const log = {
  info: (part: string, what: string, facts: Facts = {}): void => write('info', part, what, facts),
  warn: (part: string, what: string, facts: Facts = {}): void => write('warn', part, what, facts),
  error: (part: string, what: string, facts: Facts = {}): void => write('error', part, what, facts),
};
