import type { Kysely } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Rejection } from '#contract/mutation.ts';
import type { Claim } from '../auth/require-token.ts';
import type { Schema } from '../db/schema.ts';
import { askInWorkspace, type Scope } from '../db/scope.ts';
import { findDevices, type KnownDevice } from '../store/device.ts';
import { readFeedHead } from '../store/feed.ts';
import { type HashKeys, readHashKeys } from '../store/hash-key.ts';
import { listRecentRejectionsOf } from '../store/mutation.ts';

/** Who pulls, and where the feed stands: read in this order, so that a mutation which the device's sequence counts has its entry at or before the head. */
export interface Asker {
  /** Undefined: no device has this token. Nobody has looked yet whether it may be served. */
  device: KnownDevice | undefined;
  head: { seq: number; token: string };
  keys: HashKeys;
  /** What was refused of this device of late. */
  rejected: Rejection[];
}

/** Looks up who pulls. */
export interface Askers {
  /** What stands in the database after this was called. */
  find(claim: Claim, now: Date): Promise<Asker>;
}

/** Those who came while others are being looked up. */
interface Waiting {
  hashes: Map<string, Buffer>;
  found: Promise<Found>;
}
type Found = Omit<Asker, 'device' | 'rejected'> & {
  devices: Map<string, KnownDevice>;
  rejected: Map<string, Rejection[]>;
};

/**
 * Looks up together who comes while others of the same workspace are looked up: each is asked about after it came, as alone, but a thousand devices that were poked
 * at the same time are some dozens of transactions. Nobody waits who comes alone.
 */
export function createAskers(db: Kysely<Schema>): Askers {
  const running = new Map<WorkspaceId, Promise<unknown>>();
  const waiting = new Map<WorkspaceId, Waiting>();

  function gather(workspaceId: WorkspaceId, now: Date): Waiting {
    const hashes: Waiting['hashes'] = new Map();
    const look = () => {
      waiting.delete(workspaceId);
      return findAll(db, workspaceId, [...hashes.values()], now);
    };
    const found = (running.get(workspaceId) ?? Promise.resolve()).then(look);
    const settled = found.then(
      () => undefined,
      () => undefined,
    );
    const done = settled.then(() => void (running.get(workspaceId) === done && running.delete(workspaceId)));
    running.set(workspaceId, done);
    const gathered = { hashes, found };
    waiting.set(workspaceId, gathered);
    return gathered;
  }

  return {
    async find({ workspaceId, tokenHash }, now) {
      const { hashes, found } = waiting.get(workspaceId) ?? gather(workspaceId, now);
      const name = tokenHash.toString('latin1');
      hashes.set(name, tokenHash);
      const { devices, rejected, ...common } = await found;
      const device = devices.get(name);
      return { ...common, device, rejected: (device && rejected.get(device.id)) ?? [] };
    },
  };
}

function findAll(db: Kysely<Schema>, workspaceId: WorkspaceId, hashes: Buffer[], now: Date): Promise<Found> {
  const ask = (scope: Scope) =>
    Promise.all([
      findDevices(scope, workspaceId, hashes),
      readFeedHead(scope, workspaceId),
      readHashKeys(scope, workspaceId),
      listRecentRejectionsOf(scope, workspaceId, hashes, now),
    ]);
  return askInWorkspace(db, workspaceId, ask, async (_scope, [devices, head, keys, rejected]) => ({
    devices: new Map(devices.map((device) => [device.tokenHash.toString('latin1'), device])),
    head,
    keys,
    rejected,
  }));
}
