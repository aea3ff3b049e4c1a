import { bundlesAnswerSchema } from '#contract/packed.ts';
import { log } from '../platform/log.ts';
import { readHead } from '../replica/database.ts';
import { keepSeen } from '../replica/first-sight.ts';
import { call } from './call.ts';
import { readLine } from './connection.ts';
import type { Ground } from './ground.ts';

/** The contract's limit of ids a request. */
const mostIds = 50;
/** A bundle that was asked for is not asked for again for so long, in milliseconds: the store may not have it for this member. */
const againMs = 60_000;

/** Fetches bundles by their ids and tells of a change when they are here. */
export type FirstSight = (ids: readonly string[]) => Promise<void>;

/**
 * Makes what fetches bundles that are in view for the first time, in a workspace too large to be held whole. Only ids that the store itself has told go out, never
 * what was on a page; a key that nobody has leads to an id by chance about once in a hundred million looks. Rejects never.
 */
export function createFirstSight(ground: Ground): FirstSight {
  const askedAt = new Map<string, number>();
  return async (ids) => {
    const now = ground.now();
    const wanted = ids.filter((id) => Math.abs(now - (askedAt.get(id) ?? Number.NEGATIVE_INFINITY)) > againMs);
    const line = wanted.length === 0 ? null : await readLine(ground);
    if (line === null) return;
    if (askedAt.size > 1000) askedAt.clear();
    for (const id of wanted) askedAt.set(id, now);
    const keyId = (await readHead(ground.replica))?.keyId;
    const request = { ids: wanted.slice(0, mostIds), ...(keyId && { keyId }) };
    const reply = await call(line, 'POST', '/v1/bundles', bundlesAnswerSchema, request);
    if (reply.kind === 'ok') await keepSeen(ground.replica, reply.value.bundles, keyId, now);
    else for (const id of wanted) askedAt.delete(id);
    ground.changed();
  };
}

/** Starts fetching, where there is anything; nobody waits for it: who asked is told by a change, and asks again. */
export function startFirstSight(fetchBundles: FirstSight, ids: readonly string[]): void {
  if (ids.length > 0)
    fetchBundles(ids).catch((error: unknown) => log.warn('sync', 'what is in view was not fetched', { error }));
}
