import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MutationKind } from '#contract/mutation.ts';
import { issueInvite } from '../../server/auth/invites.ts';
import type { Deps } from '../../server/deps.ts';
import type { WorkspaceId } from '../../utils/contract/ids.ts';
import type { Mutation } from '../../utils/contract/mutation.ts';
import type { Session } from '../../utils/contract/session.ts';
import { countWaiting, readRefused } from '../../utils/outbox/read.ts';
import { createReader } from '../../utils/replica/reader.ts';
import { createCycle } from '../../utils/sync/cycle.ts';
import { tryForRoom } from '../../utils/sync/give-way.ts';
import { openGround } from '../../utils/sync/ground.ts';
import { acceptInvite } from '../../utils/sync/join.ts';
import { saveMutation } from '../../utils/sync/save.ts';
import type { Random } from '../fixtures/exports/random.ts';
import { type Held, readHeld } from './held.ts';
import type { Ask } from './stores.ts';

/** A rep's browser without a browser: the extension's own outbox, copy and sync, over a network that repeats requests and loses answers. */
export interface LawDevice {
  session: Session;
  /** What was saved, in order. */
  saved: { sequence: number; kind: MutationKind; id: string | null }[];
  do(mutation: Mutation): Promise<void>;
  /** One cycle, whatever comes of it. */
  meet(): Promise<void>;
  /** With the network as it should be, until nothing waits and nothing new comes. */
  settle(): Promise<void>;
  /** A person wants a copy now, where there was no room for one. */
  makeRoom(): Promise<void>;
  /** The sequences that the store refused. */
  listRefused(): Promise<number[]>;
  readHeld(ids: readonly string[]): Promise<Held[]>;
  /** The hand-overs of its member, a line each, in order. */
  readHandOvers(): Promise<string[]>;
  close(): void;
}

const origin = 'http://localhost:8787';
const faultShare = 0.12;
const patienceMs = 60_000;

/** Opens one that is signed in and holds a whole copy. */
export async function openDevice(
  deps: Deps,
  workspaceId: WorkspaceId,
  address: string,
  asks: readonly [Ask, Ask],
  random: Random,
): Promise<LawDevice> {
  const wire = createWire(asks, random);
  const id = randomUUID();
  const names = { outbox: `outbox ${id}`, replica: `replica ${id}`, local: `local ${id}` };
  const ground = await openGround({ now: Date.now, fetch: wire.fetch, changed: () => undefined }, names);
  const cycle = createCycle(ground);
  const { link } = await issueInvite(deps, null, workspaceId, { role: 'rep', address, team: null });
  const joined = await acceptInvite(ground, link, address, 'Law', cycle.idle);
  if (!joined.ok) throw new Error(joined.message);
  await cycle.run('asked');
  wire.isBad = true;
  const read = createReader(ground.replica);
  const saved: LawDevice['saved'] = [];
  return {
    session: joined.value,
    saved,
    async do(mutation) {
      const outcome = await saveMutation(ground, null, mutation);
      if (!outcome.ok) throw new Error(`Not saved: ${outcome.message}`);
      const body = mutation.body as { verdictId?: string };
      if (outcome.value.sequence > 0)
        saved.push({ sequence: outcome.value.sequence, kind: mutation.kind, id: body.verdictId ?? null });
    },
    meet: () => cycle.run('asked'),
    async settle() {
      wire.isBad = false;
      await wire.quiet();
      for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(20)) {
        await cycle.run('asked');
        if ((await countWaiting(ground.outbox)) === 0) return cycle.run('asked');
      }
      throw new Error(`${address} still has something to send.`);
    },
    makeRoom: () => tryForRoom(ground),
    listRefused: async () => (await readRefused(ground.outbox)).map(({ sequence }) => sequence),
    async readHeld(ids) {
      const reading = await read();
      if (reading === null) throw new Error(`${address} holds no copy.`);
      return readHeld(reading, ids);
    },
    async readHandOvers() {
      const handOvers = (await read())?.head.handOvers ?? [];
      return handOvers.map(({ id, state, answer }) => [id, state, answer?.answerId ?? '-'].join(' ')).sort();
    },
    close() {
      ground.outbox.close();
      ground.replica.close();
      ground.local.close();
    },
  };
}

/** A network to either store by chance; while it is bad, requests arrive twice and answers are lost. `quiet` resolves when nothing is on its way twice any more. */
function createWire(asks: readonly [Ask, Ask], random: Random) {
  const twice = new Set<Promise<unknown>>();
  const ask = (url: string, init?: RequestInit) => random.pick(asks)(url.replace(origin, ''), init);
  const wire = {
    isBad: false,
    quiet: () => Promise.all(twice),
    fetch: (async (input: string, init?: RequestInit) => {
      const url = String(input);
      if (wire.isBad && random.chance(faultShare)) {
        const again = sleep(random.next() * 8)
          .then(() => ask(url, init))
          .catch(() => undefined);
        twice.add(again);
        void again.finally(() => twice.delete(again));
      }
      const answer = await ask(url, init);
      if (wire.isBad && random.chance(faultShare)) throw new TypeError('the answer was lost');
      return answer;
    }) as typeof fetch,
  };
  return wire;
}
