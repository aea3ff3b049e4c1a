import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Cursor } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { createHints } from '../db/hints.ts';
import type { Schema } from '../db/schema.ts';
import { askInWorkspace, type Scope } from '../db/scope.ts';
import type { Caller, Live, Pokes } from '../deps.ts';
import type { Metrics } from '../metrics.ts';
import { ProblemError } from '../problem.ts';
import { listLiveDevices } from '../store/device.ts';
import { readFeedHead } from '../store/feed.ts';
import { createCursor } from './cursor.ts';
import type { Listener } from './listener.ts';
import { createLiveStream } from './live-stream.ts';
import { createLiveWait } from './live-wait.ts';

/** Who listens at this node, and what wakes them. */
export interface Rooms extends Pokes, Live {
  /** How many browsers listen. */
  countListeners(): number;
  /** True while hints of other nodes arrive; else changes of others are found by polling alone. */
  isListening(): boolean;
  /** Tells every listener when to come back, ends them, and stops listening. */
  close(): Promise<void>;
}

/** A workspace's listeners, and what they have in common. */
interface Room {
  listeners: Set<Listener>;
  /** Where the feed stood when it was last looked at; null: not yet. */
  place: Cursor | null;
  isChecking: boolean;
  isHinted: boolean;
}

const pollMs = 1000;
const beatMs = 15_000;
/** Of a device whose newer stream takes the place of an older: should that one be alive, the two must not drive each other out without end. */
const giveWayMs = 60_000;
/** When to try again to be let in, in seconds, and by chance up to half as much more; until then the alarm of each minute has to do. */
const fullRetry = 60;

/** The most browsers that may listen at a node at the same time: of one workspace, and of all. What each costs is a connection and some kilobytes. */
export interface Caps {
  workspace: number;
  node: number;
}
const usualCaps: Caps = { workspace: 5000, node: 10_000 };

/**
 * Who was not told yet where the workspace's feed stands is told. That is read each second, which is the truth and suffices alone;
 * a hint (a push on this node, a notification from another, a new listener) only makes it be read at once.
 */
export function createRooms(options: {
  db: Kysely<Schema>;
  url: string;
  log: Logger;
  now: () => Date;
  metrics?: Metrics;
  caps?: Caps;
}): Rooms {
  const { db, log, now, metrics, caps = usualCaps } = options;
  const rooms = new Map<WorkspaceId, Room>();
  const hints = createHints({ db, url: options.url, log, onHint: hearHint });

  function hearHint(workspaceId: WorkspaceId): void {
    metrics?.noteHint('heard');
    void check(workspaceId);
  }

  async function check(workspaceId: WorkspaceId): Promise<void> {
    const room = rooms.get(workspaceId);
    if (!room) return;
    if (room.isChecking) {
      room.isHinted = true;
      return;
    }
    room.isChecking = true;
    try {
      await look(workspaceId, room);
    } catch (error) {
      log.warn({ err: error }, 'could not look for changes; trying again in a second');
    } finally {
      room.isChecking = false;
    }
    if (room.isHinted) {
      room.isHinted = false;
      await check(workspaceId);
    }
  }

  async function look(workspaceId: WorkspaceId, room: Room): Promise<void> {
    const listeners = [...room.listeners];
    const devices = listeners.map(({ deviceId }) => deviceId);
    const ask = (scope: Scope) =>
      Promise.all([readFeedHead(scope, workspaceId), listLiveDevices(scope, workspaceId, devices, now())]);
    const [head, live] = await askInWorkspace(db, workspaceId, ask, async (_scope, asked) => asked);
    for (const each of listeners) if (!live.has(each.deviceId)) each.end();
    const place = createCursor(head);
    room.place = place;
    // Whoever came while the database was asked is looked at next: where it stands may be further on than this.
    const behind = listeners.filter((each) => room.listeners.has(each) && each.at !== place);
    for (const each of behind) each.poke(place, spreadOf(behind.length));
    if (behind.length > 0) metrics?.notePokes(behind.length);
  }

  function countListeners(): number {
    return [...rooms.values()].reduce((sum, room) => sum + room.listeners.size, 0);
  }

  /** Lets a device listen: once, so an older stream or question of it ends. Throws a `ProblemError` 503 when too many do. */
  function admit<Each extends Listener>(
    { workspaceId, deviceId }: Caller,
    create: (onEnd: (ended: Listener) => void) => Each,
  ): Each {
    const room = rooms.get(workspaceId) ?? { listeners: new Set(), place: null, isChecking: false, isHinted: false };
    for (const older of [...room.listeners]) if (older.deviceId === deviceId) older.sayBye(giveWayMs);
    if (room.listeners.size >= caps.workspace || countListeners() >= caps.node) throw createFullProblem();
    const listener = create((ended) => {
      room.listeners.delete(ended);
      if (room.listeners.size === 0 && rooms.get(workspaceId) === room) rooms.delete(workspaceId);
    });
    room.listeners.add(listener);
    rooms.set(workspaceId, room);
    greet(workspaceId, room, listener);
    return listener;
  }

  /** Whoever stands where the feed was last seen waits with the others; who stands nowhere is told of that place; who knows another one has it looked up. */
  function greet(workspaceId: WorkspaceId, { place }: Room, listener: Listener): void {
    if (place === null || (listener.at !== null && listener.at !== place)) void check(workspaceId);
    else if (listener.at === null) listener.poke(place, spreadOf(1));
  }

  /** Spread over some seconds, so that the next node is not run over. */
  function sayBye(): void {
    for (const room of [...rooms.values()]) {
      const spreadMs = Math.min(5000, room.listeners.size * 10);
      for (const each of [...room.listeners]) each.sayBye(Math.round(500 + Math.random() * spreadMs));
    }
  }

  const polling = setInterval(() => {
    for (const workspaceId of rooms.keys()) void check(workspaceId);
  }, pollMs);
  const beating = setInterval(() => {
    for (const room of rooms.values()) for (const each of [...room.listeners]) each.beat();
  }, beatMs);

  return {
    poke(workspaceId) {
      void check(workspaceId);
      hints.tell(workspaceId);
      metrics?.noteHint('told');
    },

    open: (caller) => admit(caller, (onEnd) => createLiveStream(caller.deviceId, onEnd)).body,

    wait(caller, after, gone) {
      const wait = admit(caller, (onEnd) => createLiveWait(caller.deviceId, after, onEnd));
      gone.addEventListener('abort', wait.end, { once: true });
      return wait.answer;
    },

    countListeners,
    isListening: () => hints.isListening(),

    async close() {
      clearInterval(polling);
      clearInterval(beating);
      sayBye();
      await hints.close();
    },
  };
}

/** Half a millisecond a device, half a second at most: a few devices hear at once, a thousand do not all ask in the same instant. */
function spreadOf(listeners: number): number {
  return Math.min(500, listeners / 2);
}

function createFullProblem(): ProblemError {
  const detail =
    'As many browsers listen for changes as this store lets in. This one asks each minute instead; nothing is lost.';
  const seconds = Math.round(fullRetry * (1 + Math.random() / 2));
  return new ProblemError(503, 'live-full', detail, { headers: { 'Retry-After': String(seconds) } });
}
