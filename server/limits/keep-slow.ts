import type { WorkspaceId } from '#contract/ids.ts';

/** How long an answer must take to be kept, how long it is then given as it is, and how long while a newer one is read; in milliseconds. */
export interface KeepSlowOptions {
  slowMs: number;
  freshMs: number;
  keptMs: number;
}

interface Kept<T> {
  answer: T;
  at: number;
}

const usual: KeepSlowOptions = { slowMs: 200, freshMs: 15_000, keptMs: 600_000 };
/** So many answers are kept in this node. */
const most = 100;

/** What is asked: first of which workspace. */
type Asked = readonly [WorkspaceId, ...(string | number)[]];

/**
 * Answers a question that is slow in large workspaces alone: what took long is kept, and given again while it is fresh; after that it is given once more while it is read anew behind it. What
 * is read quickly is always read, so that it is of now. `find`: looks for what was made beforehand, before anybody waits for it to be read. Rejects with what reading throws; what is read anew in vain is read when it is next asked for.
 */
export function keepSlow<A extends Asked, T>(
  read: (...asked: A) => Promise<T>,
  { slowMs, freshMs, keptMs }: KeepSlowOptions = usual,
  find?: (...asked: A) => Promise<{ answer: T; ageMs: number } | null>,
): (...asked: A) => Promise<T> {
  const kept = new Map<string, Kept<T>>();
  const reading = new Set<string>();

  function keep(key: string, answer: Kept<T>): void {
    kept.set(key, answer);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
  }

  async function readNow(key: string, asked: A): Promise<T> {
    const began = performance.now();
    const answer = await read(...asked);
    const at = performance.now();
    kept.delete(key);
    if (at - began >= slowMs) keep(key, { answer, at });
    return answer;
  }

  /** One at a time: a question that takes a second is not asked twice at once. */
  function readBehind(key: string, asked: A): void {
    if (reading.has(key)) return;
    reading.add(key);
    void readNow(key, asked)
      .catch(() => kept.delete(key))
      .finally(() => reading.delete(key));
  }

  return async (...asked) => {
    const key = JSON.stringify(asked);
    const known = kept.get(key);
    const age = known ? performance.now() - known.at : Number.POSITIVE_INFINITY;
    if (!known || age > keptMs) {
      const made = await find?.(...asked);
      if (!made) return readNow(key, asked);
      keep(key, { answer: made.answer, at: performance.now() - made.ageMs });
      if (made.ageMs > freshMs) readBehind(key, asked);
      return made.answer;
    }
    if (age > freshMs) readBehind(key, asked);
    return known.answer;
  };
}
