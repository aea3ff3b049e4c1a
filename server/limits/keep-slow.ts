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
/** So many workspaces' answers are kept in this node. */
const most = 100;

/**
 * Answers a question that is slow in large workspaces alone: what took long is kept, and given again while it is fresh; after that it is given once more while it is read anew behind it. What
 * is read quickly is always read, so that it is of now. Rejects with what reading throws; what is read anew in vain is read when it is next asked for.
 */
export function keepSlow<T>(
  read: (workspaceId: WorkspaceId) => Promise<T>,
  { slowMs, freshMs, keptMs }: KeepSlowOptions = usual,
): (workspaceId: WorkspaceId) => Promise<T> {
  const kept = new Map<WorkspaceId, Kept<T>>();
  const reading = new Map<WorkspaceId, Promise<T>>();

  async function readNow(workspaceId: WorkspaceId): Promise<T> {
    const began = performance.now();
    const answer = await read(workspaceId);
    const at = performance.now();
    kept.delete(workspaceId);
    if (at - began < slowMs) return answer;
    kept.set(workspaceId, { answer, at });
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return answer;
  }

  /** One at a time for a workspace: a question that takes a second is not asked twice at once. */
  function readBehind(workspaceId: WorkspaceId): void {
    if (reading.has(workspaceId)) return;
    const begun = readNow(workspaceId);
    reading.set(workspaceId, begun);
    void begun.catch(() => kept.delete(workspaceId)).finally(() => reading.delete(workspaceId));
  }

  return async (workspaceId) => {
    const known = kept.get(workspaceId);
    const age = known ? performance.now() - known.at : Number.POSITIVE_INFINITY;
    if (!known || age > keptMs) return readNow(workspaceId);
    if (age > freshMs) readBehind(workspaceId);
    return known.answer;
  };
}
