import 'fake-indexeddb/auto';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Schema } from '../../server/db/schema.ts';
import { createTestStore, type TestStore } from '../postgres/store.ts';
import { anyDay } from './day.ts';
import { listBroken } from './laws.ts';
import { type LivedDay, liveDay } from './live-day.ts';
import { liveOvertaking } from './overtaking.ts';
import { numberByPlainSequence, slowCommits } from './plain-sequence.ts';
import { openStores, type Stores } from './stores.ts';

/** How many days are tried when somebody says (`npm run trials -- laws`); else as many as there is time for. */
const days = Number(process.env['BATON_LAW_DAYS'] ?? Number.NaN);
const [usualDays, usualMs] = [20, 25_000];

vi.setConfig({ testTimeout: Number.isNaN(days) ? 90_000 : 60_000 + days * 15_000 });
for (const level of ['warn', 'info', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);

// What is found is a matter of timing: a smaller day would say nothing more, and the same one may hold the next time. So what broke is told whole.
const told = { endOnFailure: true, includeErrorInReport: true };

const opened: Stores[] = [];
afterAll(() => Promise.all(opened.map((stores) => stores.close())));

async function open(
  prepare: (owner: Kysely<Schema>) => Promise<void> = async () => undefined,
): Promise<{ store: TestStore; stores: Stores }> {
  const store = await createTestStore();
  await prepare(store.database.owner);
  const stores = openStores(store);
  opened.push(stores);
  return { store, stores };
}

/** What does not hold after it. */
async function judge(store: TestStore, lived: LivedDay): Promise<string[]> {
  try {
    return await listBroken(store, lived);
  } finally {
    lived.close();
  }
}

describe('two stores on one database, three devices, tables and erasing, over a network that repeats and loses', () => {
  test('every copy is what one query answers, nothing is there twice, each device’s verdicts are in order', async () => {
    const { store, stores } = await open(slowCommits);
    await fc.assert(
      fc.asyncProperty(anyDay, async (day) => {
        const broken = await judge(store, await liveDay(store, stores, day));
        if (broken.length > 0) throw new Error(broken.join('\n'));
      }),
      Number.isNaN(days)
        ? { ...told, numRuns: usualDays, interruptAfterTimeLimit: usualMs }
        : { ...told, numRuns: days },
    );
  });
});

describe('a device that takes a fresh copy while one writer stands before its commit and another writes after it', () => {
  test('misses nothing', async () => {
    const { store, stores } = await open();
    expect(await judge(store, await liveOvertaking(store, stores))).toEqual([]);
  });

  test('would miss the first one’s words for good if a plain sequence numbered the feed', async () => {
    const { store, stores } = await open(numberByPlainSequence);
    const broken = await judge(store, await liveOvertaking(store, stores));
    expect(broken).toEqual([expect.stringMatching(/^Device 0 holds/)]);
  });
});
