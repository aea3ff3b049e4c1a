import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TalkingPointId, VerdictId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { createModelStore, type ModelStore } from '../../test/fixtures/model-store.ts';
import { discardRows, restoreRows } from '../outbox/discard.ts';
import { readRefused, readRowsAfter, readWaiting } from '../outbox/read.ts';
import { readLocal } from '../settings/local-state.ts';
import { createCycle } from './cycle.ts';
import { type Ground, openGround } from './ground.ts';
import { acceptInvite } from './join.ts';
import { saveMutation } from './save.ts';

/**
 * What a member, the store, the network and the clock do in turn. `life`: after so many more steps of it (writes, reads, requests) the browser is killed; null:
 * it lives on.
 */
type Step = { life: number | null } & (
  | { do: 'save'; as: 'good' | 'refused' | 'unreadable' }
  | { do: 'send'; fault: 'none' | 'requestLost' | 'answerLost' | 'down'; twice: boolean }
  | { do: 'signIn' | 'discard' | 'takeBack' | 'expire' | 'wait'; number: number }
);

const mortal = fc.option(fc.nat(24), { freq: 2 });
const immortal = fc.constant(null);
const save = {
  do: fc.constant('save' as const),
  as: fc.constantFrom('good' as const, 'good' as const, 'refused' as const, 'unreadable' as const),
};
const fault = fc.constantFrom(
  'none' as const,
  'answerLost' as const,
  'answerLost' as const,
  'requestLost' as const,
  'down' as const,
);
const send = { do: fc.constant('send' as const), fault, twice: fc.boolean() };
const signIn = { do: fc.constant('signIn' as const), number: fc.constant(0) };
const other = {
  do: fc.constantFrom('discard' as const, 'discard' as const, 'takeBack' as const, 'expire' as const, 'wait' as const),
  number: fc.nat(90),
};
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ ...save, life: immortal }) },
    { weight: 1, arbitrary: fc.record({ ...save, life: mortal }) },
    { weight: 4, arbitrary: fc.record({ ...send, life: mortal }) },
    { weight: 2, arbitrary: fc.record({ ...signIn, life: mortal }) },
    { weight: 4, arbitrary: fc.record({ ...other, life: immortal }) },
  ),
  { minLength: 4, maxLength: 24 },
);

const begin = IDBDatabase.prototype.transaction;
/** How many steps the browser still lives. */
let life = Number.POSITIVE_INFINITY;

function live(): void {
  if (life <= 0) throw new Error('The browser was killed.');
  life -= 1;
}

beforeEach(() => {
  // What a browser would do later by itself is done by the story alone.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  IDBDatabase.prototype.transaction = function transaction(...words: Parameters<typeof begin>) {
    live();
    return begin.apply(this, words);
  };
});

afterEach(() => {
  vi.useRealTimers();
  life = Number.POSITIVE_INFINITY;
  IDBDatabase.prototype.transaction = begin;
  vi.restoreAllMocks();
});

/** One browser of a member, as far as the outbox goes, that can be killed and started again. */
async function createBrowser(store: ModelStore) {
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  let time = Date.parse('2026-11-20T10:00:00.000Z');
  const means = {
    now: () => time,
    changed: () => undefined,
    async fetch(...request: Parameters<typeof fetch>) {
      live();
      const answer = await store.fetch(...request);
      live();
      return answer;
    },
  };
  const start = async () => {
    const [ground, other] = [await openGround(means, names), await openGround(means, names)];
    return { ground, cycles: [createCycle(ground), createCycle(other)] as const, grounds: [ground, other] };
  };
  let running = await start();
  return {
    ground: (): Ground => running.ground,
    wait(seconds: number) {
      time += seconds * 1000;
    },
    /** As the person sees it, whether it worked; a browser that dies on the way has said nothing, and is started again. */
    async ask<T>(work: () => Promise<T>): Promise<T | null> {
      const answer = await work().catch(() => null);
      if (life > 0) return answer;
      await Promise.all(running.cycles.map((each) => each.idle().catch(() => undefined)));
      for (const { outbox, replica, local } of running.grounds)
        for (const each of [outbox, replica, local]) each.close();
      life = Number.POSITIVE_INFINITY;
      running = await start();
      return null;
    },
    /** `twice`: two backgrounds at once, as of two windows that know nothing of each other. */
    async send(twice: boolean) {
      await Promise.all(running.cycles.slice(0, twice ? 2 : 1).map((each) => each.run('asked')));
    },
    signIn: () =>
      acceptInvite(running.ground, store.issueInvite(), 'Sam Weir', 'Chrome on Linux', running.cycles[0].idle),
  };
}

const bodies: Record<'good' | 'refused' | 'unreadable', (id: string) => Mutation> = {
  good: (id) => ({ kind: 'undoVerdict', body: { verdictId: id as VerdictId } }),
  refused: (id) => ({ kind: 'countSeen', body: { talkingPointId: id as TalkingPointId, day: '2026-11-20' } }),
  unreadable: (id) => ({ kind: 'undoOutcome', body: { outcomeId: id as never } }),
};

/** Plays the steps, then heals everything, and answers what is wrong; empty when nothing is. */
async function play(story: readonly Step[]): Promise<string[]> {
  const store = createModelStore({ refuses: 'countSeen', chokesOn: 'undoOutcome' });
  const browser = await createBrowser(store);
  await browser.signIn();
  const said: { id: string; as: string; isSure: boolean; isDiscarded: boolean; wasThere: boolean }[] = [];
  for (const step of story) {
    life = step.life ?? Number.POSITIVE_INFINITY;
    if (step.do === 'wait') browser.wait(step.number);
    if (step.do === 'expire') store.expire();
    if (step.do === 'signIn') await browser.ask(browser.signIn);
    if (step.do === 'send') {
      store.fault = step.fault;
      await browser.ask(() => browser.send(step.twice));
      store.fault = 'none';
    }
    if (step.do === 'save') {
      const id = randomUUID();
      const saved = await browser.ask(() => saveMutation(browser.ground(), null, bodies[step.as](id)));
      said.push({ id, as: step.as, isSure: saved?.ok === true, isDiscarded: false, wasThere: false });
    }
    if (step.do === 'discard') await discard(step.number);
    if (step.do === 'takeBack') await takeBack();
  }
  life = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 4; tries++) {
    if ((await readLocal(browser.ground().local, 'connection'))?.state !== 'connected') await browser.signIn();
    browser.wait(60);
    await browser.send(false);
  }
  return judge();

  async function discard(which: number) {
    const one = said[which % Math.max(1, said.length)];
    const row =
      one &&
      (await readRowsAfter(browser.ground().outbox, 0)).find((each) => JSON.stringify(each.body).includes(one.id));
    if (!one || !row || row.state === 'sent' || row.discardedAt !== undefined) return;
    one.wasThere = store.effects.includes(one.id);
    await discardRows(browser.ground().outbox, [row.sequence], new Date(browser.ground().now()).toISOString());
    one.isDiscarded = true;
  }

  async function takeBack() {
    const { outbox, now } = browser.ground();
    const before = (await readRowsAfter(outbox, 0)).filter((row) => row.discardedAt !== undefined);
    await restoreRows(outbox, now());
    const left = new Set(
      (await readRowsAfter(outbox, 0)).filter((row) => row.discardedAt !== undefined).map((row) => row.sequence),
    );
    for (const row of before.filter(({ sequence }) => !left.has(sequence)))
      for (const one of said) if (JSON.stringify(row.body).includes(one.id)) one.isDiscarded = false;
  }

  async function judge() {
    const wrong: string[] = [...store.complaints];
    const { effects } = store;
    if (new Set(effects).size !== effects.length) wrong.push('something went in twice');
    const order = said.map(({ id }) => id).filter((id) => effects.includes(id));
    if (order.join() !== effects.join()) wrong.push('the order was not kept');
    const refused = await readRefused(browser.ground().outbox);
    for (const { id, as, isSure, isDiscarded, wasThere } of said) {
      const isThere = effects.includes(id);
      if (as === 'good' && isSure && !isDiscarded && !isThere) wrong.push('something that was saved never arrived');
      if (isDiscarded && isThere && !wasThere) wrong.push('something that was discarded arrived');
      const isTold = refused.some((row) => row.discardedAt === undefined && JSON.stringify(row.body).includes(id));
      if (as !== 'good' && isSure && !isDiscarded && !isTold) wrong.push(`something refused is not told (${as})`);
    }
    if ((await readWaiting(browser.ground().outbox)).length > 0) wrong.push('something still waits');
    return wrong;
  }
}

test('whatever is saved, discarded, taken back, refused, cut off or killed in whatever order: all that was saved arrives once and in order, what was refused is told and holds up nothing', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (story) => {
      expect(await play(story)).toEqual([]);
    }),
    { numRuns: 120 },
  );
});
