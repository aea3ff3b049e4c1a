import { blankDiscarded } from '../outbox/discard.ts';
import { dropOldRows } from '../outbox/settle.ts';
import { log } from '../platform/log.ts';
import { deleteReplica } from '../replica/database.ts';
import { isDamage, isNoRoom } from '../replica/trouble.ts';
import { readLocal, writeLocal } from '../settings/local-state.ts';
import type { Line } from './call.ts';
import { checkSession, noteReached, noteSignedOut, readLine } from './connection.ts';
import { giveWay } from './give-way.ts';
import type { Ground } from './ground.ts';
import { holdAlone } from './hold-alone.ts';
import { noteClock } from './lease.ts';
import { pullChanges } from './pull.ts';
import { pushWaiting, spaceTries } from './push.ts';
import { isTryDue, noteBusy, noteMismatch, noteUnreachable } from './reach.ts';
import { done, type Step } from './step.ts';

/** What sets a cycle going. `alarm` and `beat` only look whether it is time; `asked` and `online` do not wait for the next try. */
export type Trigger = 'start' | 'saved' | 'poke' | 'alarm' | 'beat' | 'asked' | 'online';

/** Runs cycles, one at a time in the whole browser. */
export interface Cycle {
  /** Resolves when a cycle that began after the call has ended, or when none was due. Never rejects. */
  run: (trigger: Trigger) => Promise<void>;
  /** Resolves when none runs, in another background neither. With the connection gone, none begins after that. */
  idle: () => Promise<void>;
}

const dayMs = 24 * 60 * 60 * 1000;
/** A visible panel beats every 20 s; a pull a minute is enough when nothing pokes. */
const beatEveryMs = 55_000;

async function goThrough(ground: Ground, line: Line, isWished: boolean): Promise<Step> {
  // 1. Who are we still? 2. What was done here goes out first. 3. Then what changed comes in. 4. Where the store missed some, out again.
  const session = await checkSession(ground, line);
  if (session.kind !== 'done') return session;
  const pushed = await pushWaiting(ground, line);
  // A store that asks for patience takes nothing in right now (its disk is full), and may still be read.
  const isBusy = pushed.kind === 'unreachable' && pushed.retryMs !== undefined;
  if (pushed.kind !== 'done' && pushed.kind !== 'gap' && !isBusy) return pushed;
  const pulled = await pullChanges(ground, line, isWished);
  if (pulled.kind !== 'done') return pulled;
  if (isBusy) return pushed;
  const again = await pushWaiting(ground, line);
  return again.kind === 'gap' ? { kind: 'unreachable', why: 'the store still misses mutations' } : again;
}

async function tidy(ground: Ground): Promise<void> {
  const tidiedAt = await readLocal(ground.local, 'tidiedAt');
  if (tidiedAt !== null && Math.abs(ground.now() - tidiedAt) < dayMs) return;
  await dropOldRows(ground.outbox, ground.now());
  await writeLocal(ground.local, 'tidiedAt', ground.now());
}

/** What broke a cycle: a full disk takes the copy's room, a damaged copy is thrown away; anything else is tried again. */
async function mend(ground: Ground, error: unknown): Promise<Step> {
  log.error('sync', 'a cycle broke', { error });
  if (isNoRoom(error)) return giveWay(ground).then(() => done);
  // Not waited for: this ground goes with it, and has to note first why.
  if (isDamage(error))
    deleteReplica(ground.replica).catch((cause: unknown) => log.error('sync', 'a damaged copy stays', { cause }));
  return { kind: 'unreachable', why: 'something went wrong here' };
}

/** Makes the one runner of cycles of this background. */
export function createCycle(ground: Ground): Cycle {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let endedAt = Number.NEGATIVE_INFINITY;
  /** A person asked, and no cycle has begun since. */
  let isWished = false;
  // One queue, one sender: whichever windows and backgrounds there are of this browser's outbox.
  const lock = `cycle of ${ground.outbox.name}`;

  async function isDue(trigger: Trigger): Promise<boolean> {
    if (trigger === 'asked' || trigger === 'online') return true;
    if (trigger === 'beat' && Math.abs(ground.now() - endedAt) < beatEveryMs) return false;
    return isTryDue(await readLocal(ground.local, 'reach'), ground.now());
  }

  /** Writes down why the store could not be worked with. Answers when to try again, in milliseconds from now; null when nothing stood in the way. */
  async function noteTrouble(step: Step): Promise<number | null> {
    if (step.kind === 'mismatch') return noteMismatch(ground, step.old);
    if (step.kind !== 'unreachable') return null;
    return step.retryMs === undefined ? noteUnreachable(ground, step.why) : noteBusy(ground, step.why, step.retryMs);
  }

  /** Rejects never: where its own databases are gone, another ground has been opened, or will be. */
  async function runOnce(): Promise<void> {
    clearTimeout(retry);
    await holdAlone(lock, goOnce).catch((error: unknown) => log.warn('sync', 'a cycle ended early', { error }));
  }

  async function goOnce(): Promise<void> {
    const line = await readLine(ground);
    if (line === null) return;
    const wished = isWished;
    isWished = false;
    const step = await goThrough(ground, line, wished).catch((error: unknown) => mend(ground, error));
    endedAt = ground.now();
    if (step.kind === 'signedOut') return noteSignedOut(ground, step.problem);
    const wait = await noteTrouble(step);
    if (wait !== null) {
      retry = setTimeout(() => void run('alarm'), wait);
      await spaceTries(ground, ground.now() + wait);
      return;
    }
    await noteReached(ground);
    if (step.kind === 'later') retry = setTimeout(() => void run('alarm'), step.retryMs);
    await tidy(ground);
  }

  /** What time alone asks for, whether or not the store can be reached, or anybody is signed in. */
  async function keepTime(): Promise<void> {
    await noteClock(ground);
    await blankDiscarded(ground.outbox, ground.now());
  }

  async function run(trigger: Trigger): Promise<void> {
    await keepTime().catch((error: unknown) => log.warn('sync', 'what time asks for was not done', { error }));
    // Where that cannot be told, the cycle finds out why.
    if (!(await isDue(trigger).catch(() => true))) return;
    isWished ||= trigger === 'asked';
    if (running === null) {
      running = runOnce().finally(() => {
        running = null;
      });
      return running;
    }
    // One runs already and may have looked before this call's reason was there: one more follows it, for all who asked meanwhile.
    next ??= running.then(() => {
      next = null;
      running = runOnce().finally(() => {
        running = null;
      });
      return running;
    });
    return next;
  }
  return {
    run,
    idle: async () => {
      await running;
      await next;
      await holdAlone(lock, async () => undefined);
    },
  };
}
