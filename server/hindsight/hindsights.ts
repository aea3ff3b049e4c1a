import type { Hindsight, HindsightAnswer } from '#contract/hindsight.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { HindsightOrder } from './work-out.ts';
import { type HindsightGround, workOutApart } from './work-out-apart.ts';

/** What this node has worked out of late, one a workspace. */
export interface Hindsights {
  /**
   * What the past says of these cards. `place`: where the workspace's history stands. What was worked out for the same cards at the same place is answered at once; else it is worked out
   * anew, and whoever asks waits for it a little, then gets what there was before, with `isCurrent` false. Rejects with what a first working out threw.
   */
  read(order: HindsightOrder, place: string): Promise<HindsightAnswer>;
}

interface Kept {
  hindsight: Hindsight;
  mark: string;
  /** How long it took, and when it was done, in milliseconds. */
  took: number;
  doneAt: number;
}

/** So long a question waits; a device waits longer than this for any answer. */
const patienceMs = 5000;
/** Of the time since the last one no more than this share is spent on the next: a workspace where something happens all the time does not keep a processor busy. */
const mostShare = 0.5;
/** So many workspaces are remembered; a hindsight is some kilobytes. */
const mostKept = 200;

/** Opens them for a node. */
export function createHindsights(ground: HindsightGround, patience: number = patienceMs): Hindsights {
  const kept = new Map<WorkspaceId, Kept>();
  const running = new Map<WorkspaceId, Promise<Kept>>();
  /** The last one that was begun: one after the other, however many workspaces ask. */
  let last: Promise<unknown> = Promise.resolve();

  async function begin(order: HindsightOrder, mark: string): Promise<Kept> {
    const began = performance.now();
    const hindsight = await workOutApart(ground, order, ground.now());
    const done = { hindsight, mark, took: performance.now() - began, doneAt: ground.now().getTime() };
    kept.delete(order.workspaceId);
    kept.set(order.workspaceId, done);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return done;
  }

  function start(order: HindsightOrder, mark: string): Promise<Kept> {
    const { workspaceId } = order;
    const next = last.then(() => begin(order, mark)).finally(() => running.delete(workspaceId));
    last = next.catch((error: unknown) =>
      ground.log.warn({ err: error, workspaceId }, 'a hindsight could not be worked out'),
    );
    running.set(workspaceId, next);
    return next;
  }

  return {
    async read(order, place) {
      const mark = nameOf(order, place);
      const known = kept.get(order.workspaceId);
      if (known?.mark === mark) return { hindsight: known.hindsight, isCurrent: true };
      const isTooSoon = known !== undefined && ground.now().getTime() - known.doneAt < known.took / mostShare;
      const begun = running.get(order.workspaceId) ?? (isTooSoon ? null : start(order, mark));
      if (begun === null) return { hindsight: known?.hindsight ?? null, isCurrent: false };
      const done = await Promise.race([begun, wait(patience)]);
      if (done === null) return { hindsight: known?.hindsight ?? null, isCurrent: false };
      return { hindsight: done.hindsight, isCurrent: done.mark === mark };
    },
  };
}

const wait = (ms: number) => new Promise<null>((done) => setTimeout(() => done(null), ms).unref());

/** All that a hindsight depends on. */
function nameOf({ inForce, draft }: HindsightOrder, place: string): string {
  return [inForce.version, inForce.publishedAt, draft?.id, draft?.revision, place].join(' ');
}
