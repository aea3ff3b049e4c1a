import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { WorkspaceId } from '#contract/ids.ts';
import { createHints } from '../db/hints.ts';
import type { Schema } from '../db/schema.ts';
import { askInWorkspace, type Scope } from '../db/scope.ts';
import type { Caller, Live, Pokes } from '../deps.ts';
import type { Metrics } from '../metrics.ts';
import { listLiveDevices } from '../store/device.ts';
import { readFeedHead } from '../store/feed.ts';
import { createLiveStream, type LiveStream } from './live-stream.ts';

/** The open live streams of this node, and what wakes them. */
export interface Rooms extends Pokes, Live {
  /** How many streams are open. */
  countStreams(): number;
  /** True while hints of other nodes arrive; else changes of others are found by polling alone. */
  isListening(): boolean;
  /** Tells every stream when to come back, ends them, and stops listening. */
  close(): Promise<void>;
}

/** A workspace's open streams, and the feed's number they were last told of. */
interface Room {
  streams: Set<LiveStream>;
  seq: number | null;
  isChecking: boolean;
  isHinted: boolean;
}

const pollMs = 1000;
const beatMs = 15_000;
/** A browser holds one stream; a second is one that the first end has not noticed as dead. */
const streamsPerDevice = 2;

/**
 * Streams wake when the workspace's counter has moved. That is read each second, which is the truth and suffices alone;
 * a hint (a push on this node, a notification from another) only makes it be read at once.
 */
export function createRooms(options: {
  db: Kysely<Schema>;
  url: string;
  log: Logger;
  now: () => Date;
  metrics?: Metrics;
}): Rooms {
  const { db, log, now, metrics } = options;
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
    const streams = [...room.streams];
    const devices = [...new Set(streams.map((stream) => stream.deviceId))];
    const ask = (scope: Scope) =>
      Promise.all([readFeedHead(scope, workspaceId), listLiveDevices(scope, workspaceId, devices, now())]);
    const [{ seq }, live] = await askInWorkspace(db, workspaceId, ask, async (_scope, asked) => asked);
    for (const stream of streams) if (!live.has(stream.deviceId)) stream.end();
    if (room.seq !== null && room.seq !== seq) {
      for (const stream of room.streams) stream.poke(spreadOf(room.streams.size));
      metrics?.notePokes(room.streams.size);
    }
    room.seq = seq;
  }

  /** Spread over some seconds, so that the next node is not run over. */
  function sayBye(): void {
    for (const room of [...rooms.values()]) {
      const spreadMs = Math.min(5000, room.streams.size * 10);
      for (const stream of [...room.streams]) stream.sayBye(Math.round(500 + Math.random() * spreadMs));
    }
  }

  const polling = setInterval(() => {
    for (const workspaceId of rooms.keys()) void check(workspaceId);
  }, pollMs);
  const beating = setInterval(() => {
    for (const room of rooms.values()) for (const stream of room.streams) stream.beat();
  }, beatMs);

  return {
    poke(workspaceId) {
      void check(workspaceId);
      hints.tell(workspaceId);
      metrics?.noteHint('told');
    },

    open({ workspaceId, deviceId }: Caller) {
      const room = rooms.get(workspaceId) ?? { streams: new Set(), seq: null, isChecking: false, isHinted: false };
      rooms.set(workspaceId, room);
      const own = [...room.streams].filter((stream) => stream.deviceId === deviceId);
      for (const oldest of own.slice(0, Math.max(0, own.length - streamsPerDevice + 1))) oldest.sayBye(60_000);
      const stream = createLiveStream(deviceId, (ended) => {
        room.streams.delete(ended);
        if (room.streams.size === 0 && rooms.get(workspaceId) === room) rooms.delete(workspaceId);
      });
      room.streams.add(stream);
      rooms.set(workspaceId, room);
      void check(workspaceId);
      return stream.body;
    },

    countStreams: () => [...rooms.values()].reduce((sum, room) => sum + room.streams.size, 0),
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
function spreadOf(streams: number): number {
  return Math.min(500, streams / 2);
}
