import type { MemberId, WorkspaceId } from '#contract/ids.ts';
import { mostPackedContacts, type Packing } from '#contract/packed.ts';
import { inWorkspace } from '../../db/scope.ts';
import { weighSince } from '../../store/feed.ts';
import { findWishedKey, readHashKeys } from '../../store/hash-key.ts';
import { nameHeld, readTerritories, type Territories } from '../../store/territory.ts';
import { readCursor } from '../cursor.ts';
import { createGate } from '../gate.ts';
import type { PackGround } from './ground.ts';
import { type KeptFile, keepFile } from './kept-file.ts';
import { createKeptFiles } from './kept-files.ts';
import { openNamelessFile } from './nameless-file.ts';
import { packApart } from './pack-apart.ts';
import { KeyIsGone } from './write-packed.ts';

/** Who asks for a packed snapshot. `keyId` null: with the workspace's newest key. `etag`: the file they have the beginning of. */
export interface PackedWish {
  workspaceId: WorkspaceId;
  memberId: MemberId;
  keyId: string | null;
  etag: string | null;
}

/** Packed snapshots, each packed once and kept for a while for everybody who holds the same. */
export interface PackedShelf {
  /** The file, or how far it has come. Null: the key that is wished is not in use any more. Throws what packing throws. */
  ask(wish: PackedWish): Promise<KeptFile | Packing | null>;
  /** Drops all that is kept of a workspace, and what is being packed: somebody was erased from it. */
  forget(workspaceId: WorkspaceId): void;
  /** How many files are kept, and their bytes. */
  measure(): { files: number; bytes: number };
  /** Stops packing and drops everything. */
  close(): Promise<void>;
}

/** How long things last, and how much of them there may be. */
export interface ShelfLimits {
  /** Above so many people a snapshot holds no bundles. */
  mostContacts: number;
  /** A file is given out anew for so long; whoever has its beginning may go on for longer. */
  freshMs: number;
  keptMs: number;
  /** Whoever begins with a file pulls the rest: beyond so many changes a new file is less work for both sides. */
  mostChanges: number;
  mostFiles: number;
  mostBytes: number;
  /** So long a request waits for a file that is being packed; a small one is there by then. */
  patienceMs: number;
  sweepMs: number;
}

export const usualLimits: ShelfLimits = {
  mostContacts: mostPackedContacts,
  freshMs: 5 * 60_000,
  keptMs: 20 * 60_000,
  mostChanges: 4000,
  mostFiles: 32,
  mostBytes: 1024 ** 3,
  patienceMs: 1500,
  sweepMs: 30_000,
};

/** Each takes a processor and a connection: pushes must have some left. */
const packedAtOnce = 1;

/** What everybody gets the same file of. */
interface Place {
  workspaceId: WorkspaceId;
  territories: Territories;
  keyId: string;
  name: string;
}

/** One that is being packed. */
interface Building {
  progress: Packing;
  abort: AbortController;
  done: Promise<void>;
}

/** Makes a shelf with nothing on it. `dir` is a folder of the store's own that is there. */
export function createPackedShelf(ground: PackGround, dir: string, limits: ShelfLimits = usualLimits): PackedShelf {
  const kept = createKeptFiles(limits);
  const building = new Map<string, { place: Place; work: Building }>();
  const gate = createGate(packedAtOnce);
  let isClosed = false;
  const sweeping = setInterval(() => void sweep(), limits.sweepMs);
  sweeping.unref();
  ground.metrics?.watch({
    name: 'packed_snapshots_kept_bytes',
    help: 'Bytes of the packed snapshots that are kept.',
    read: () => kept.measure().bytes,
  });

  async function findPlace({ workspaceId, memberId, keyId }: PackedWish): Promise<Place | null> {
    return inWorkspace(ground.db, workspaceId, async (scope) => {
      const keys = await readHashKeys(scope, workspaceId);
      const key = findWishedKey(keys, keyId);
      if (key === null) return null;
      const territories = await readTerritories(scope, workspaceId, memberId);
      const name = [workspaceId, key.keyId, nameHeld(territories)].join(' ');
      return { workspaceId, territories, keyId: key.keyId, name };
    });
  }

  /** The newest file that this member can begin with, or the one they are at. */
  async function findFile(place: Place, { workspaceId, memberId, etag }: PackedWish): Promise<KeptFile | null> {
    const now = ground.now().getTime();
    const isOpen = (file: KeptFile) => now - file.keptAt < (file.etag === etag ? limits.keptMs : limits.freshMs);
    // Whoever has a file's beginning goes on with that one.
    const wanted = kept
      .list(place.name)
      .filter(isOpen)
      .sort((a, b) => Number(b.etag === etag) - Number(a.etag === etag));
    for (const file of wanted) {
      const since = await inWorkspace(ground.db, workspaceId, (scope) =>
        weighSince(scope, workspaceId, readCursor(file.cursor), memberId),
      );
      if (since !== null && !since.isCut && since.changes <= limits.mostChanges) return file;
    }
    return null;
  }

  function begin(place: Place): Building {
    const known = building.get(place.name);
    if (known) return known.work;
    const abort = new AbortController();
    const work: Building = { progress: { packed: 0, of: 0 }, abort, done: Promise.resolve() };
    work.done = gate
      .pass(() => pack(place, work))
      .finally(() => {
        if (building.get(place.name)?.work === work) building.delete(place.name);
      });
    // Those who wait are told; nobody may be waiting.
    work.done.catch((error: unknown) => {
      if (!abort.signal.aborted && !(error instanceof KeyIsGone))
        ground.log.warn({ err: error }, 'a snapshot could not be packed');
    });
    building.set(place.name, { place, work });
    return work;
  }

  async function pack(place: Place, work: Building): Promise<void> {
    const { workspaceId, territories, keyId } = place;
    work.abort.signal.throwIfAborted();
    const startedAt = performance.now();
    const way = await openNamelessFile(dir);
    const whole = await openNamelessFile(dir).catch(async (error: unknown) => {
      await way.close();
      throw error;
    });
    try {
      const order = { workspaceId, territories, keyId, mostContacts: limits.mostContacts };
      const files = { way: way.fd, whole: whole.fd };
      const watch = {
        signal: work.abort.signal,
        onProgress: (progress: Packing) => {
          work.progress = progress;
        },
      };
      const packed = await packApart(ground, order, files, watch);
      work.abort.signal.throwIfAborted();
      kept.put(place.name, workspaceId, keepFile(packed, whole, ground.now().getTime()));
      ground.metrics?.notePacked({ seconds: (performance.now() - startedAt) / 1000, bytes: packed.bytes });
    } catch (error) {
      await whole.close();
      throw error;
    } finally {
      await way.close();
    }
  }

  /** Drops what is old, and what somebody was erased from since, by a command or on another node. */
  async function sweep(): Promise<void> {
    const now = ground.now().getTime();
    kept.drop((file) => now - file.keptAt >= limits.keptMs);
    for (const { workspaceId, file } of kept.all()) {
      const since = await inWorkspace(ground.db, workspaceId, (scope) =>
        weighSince(scope, workspaceId, readCursor(file.cursor), null),
      ).catch((error: unknown) => {
        ground.log.warn({ err: error }, 'could not look whether a packed snapshot still holds');
        return undefined;
      });
      if (since === null || since?.hasErased) kept.drop((each) => each === file);
    }
  }

  async function ask(wish: PackedWish): Promise<KeptFile | Packing | null> {
    if (isClosed) throw new Error('The shelf of packed snapshots is closed.');
    const place = await findPlace(wish);
    if (place === null) return null;
    const there = await findFile(place, wish);
    if (there !== null) return there;
    const work = begin(place);
    const hasCome = await waitFor(work, limits.patienceMs);
    return (hasCome ? await findFile(place, wish) : null) ?? work.progress;
  }

  return {
    ask,
    forget(workspaceId) {
      kept.drop((_, ofWorkspace) => ofWorkspace === workspaceId);
      for (const { place, work } of [...building.values()])
        if (place.workspaceId === workspaceId) {
          building.delete(place.name);
          work.abort.abort(new Forgotten('Somebody was erased meanwhile.'));
        }
    },
    measure: kept.measure,
    async close() {
      isClosed = true;
      clearInterval(sweeping);
      const works = [...building.values()].map(({ work }) => work);
      for (const work of works) work.abort.abort(new Forgotten('The store goes down.'));
      await Promise.allSettled(works.map((work) => work.done));
      kept.drop(() => true);
    },
  };
}

/** What was being packed is not wanted any more; whoever asks again gets another. */
class Forgotten extends Error {
  override name = 'Forgotten';
}

/** Whether it was packed within that time. What was given up meanwhile was not; throws what packing threw. */
async function waitFor(work: Building, patienceMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, patienceMs, false);
  try {
    return await Promise.race([work.done.then(() => true), promise]);
  } catch (error) {
    if (error instanceof Forgotten || error instanceof KeyIsGone) return false;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
