import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

const longestMs = 120_000;

/** PostgreSQL is away, starting, or full: the same may work in a moment. */
export function isPassing(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  if (/^(08|57P|53|ECONN|EPIPE|ENOENT|ETIMEDOUT)/.test(code ?? '')) return true;
  return /connection (terminated|ended|error)|client was closed|not queryable|timeout exceeded when trying to connect/i.test(
    message ?? '',
  );
}

/** Does a piece of work, and does it again, a second or more apart, while PostgreSQL is away: for two minutes. Only for work that can be repeated. */
export async function withPatience<T>(log: Logger, work: () => Promise<T>): Promise<T> {
  const until = Date.now() + longestMs;
  for (let pause = 500; ; pause = Math.min(5000, pause * 2)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || Date.now() > until) throw error;
      log.warn({ err: error }, 'an import waits for the database');
      await sleep(pause);
    }
  }
}
