import { z } from 'zod';
import { type HindsightAnswer, hindsightSchema } from '#contract/hindsight.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { inWorkspace } from '../db/scope.ts';
import { hindsightQuestion, readKeptAnswer, saveKeptAnswer } from '../store/kept-answer.ts';
import type { HindsightOrder } from './work-out.ts';
import { type HindsightGround, workOutApart } from './work-out-apart.ts';

/** What was worked out of late, one a workspace: in this node, and in the database what took long. */
export interface Hindsights {
  /**
   * What the past says of these cards. `place`: where the workspace's history stands. What was worked out for the same cards at the same place is answered at once; else it is worked out
   * anew, and whoever asks waits for it a little, then gets what there was before, with `isCurrent` false. Rejects with what a first working out threw.
   */
  read(order: HindsightOrder, place: string): Promise<HindsightAnswer>;
}

const keptSchema = z.object({
  hindsight: hindsightSchema,
  mark: z.string(),
  /** How long it took, and when it was done, in milliseconds. */
  took: z.number(),
  doneAt: z.number(),
});
type Kept = z.infer<typeof keptSchema>;

/** So long a question waits; a device waits longer than this for any answer. */
const patienceMs = 5000;
/** What takes longer is kept in the database as well: after a start, and by another node, it is given with its moment while a newer one is worked out. */
const slowMs = 1000;
/** Of the time since the last one no more than this share is spent on the next: a workspace where something happens all the time does not keep a processor busy. */
const mostShare = 0.5;
/** So many workspaces are remembered; a hindsight is some kilobytes. */
const mostKept = 200;

/** Opens them for a node. */
export function createHindsights(
  ground: HindsightGround,
  { patience, slow }: { patience: number; slow: number } = { patience: patienceMs, slow: slowMs },
): Hindsights {
  const kept = new Map<WorkspaceId, Kept>();
  const running = new Map<WorkspaceId, Promise<Kept>>();
  /** The last one that was begun: one after the other, however many workspaces ask. */
  let last: Promise<unknown> = Promise.resolve();

  async function begin(order: HindsightOrder, mark: string): Promise<Kept> {
    const began = performance.now();
    const hindsight = await workOutApart(ground, order, ground.now());
    const done = { hindsight, mark, took: performance.now() - began, doneAt: ground.now().getTime() };
    remember(order.workspaceId, done);
    if (done.took >= slow) {
      const asOf = new Date(hindsight.asOf);
      await inWorkspace(ground.db, order.workspaceId, (scope) =>
        saveKeptAnswer(scope, order.workspaceId, hindsightQuestion, { answer: done, asOf, seq: 0 }),
      );
    }
    return done;
  }

  function remember(workspaceId: WorkspaceId, done: Kept): void {
    kept.delete(workspaceId);
    kept.set(workspaceId, done);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
  }

  /** What this node knows, or else what was kept by any. */
  async function find(workspaceId: WorkspaceId): Promise<Kept | undefined> {
    const known = kept.get(workspaceId);
    if (known) return known;
    const row = await inWorkspace(ground.db, workspaceId, (scope) =>
      readKeptAnswer(scope, workspaceId, hindsightQuestion),
    );
    const { data } = keptSchema.safeParse(row?.answer);
    if (data) remember(workspaceId, data);
    return data;
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
      const known = await find(order.workspaceId);
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
