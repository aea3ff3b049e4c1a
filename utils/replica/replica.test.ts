import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Cursor, PullAnswer, SnapshotLine } from '#contract/feed.ts';
import type { IdentifierKey } from '#contract/ids.ts';
import { createBundle, createContact, createTalkingPoint } from '../../test/fixtures/bundles.ts';
import { emptyFacts } from '../../test/fixtures/fake-store.ts';
import { applyLines, BrokenSnapshot, type Taking } from './apply-lines.ts';
import { applyPull, HoleInFeed } from './apply-pull.ts';
import { chooseTalkingPoints } from './card.ts';
import { openReplica, type ReplicaDatabase, readHead } from './database.ts';
import { createReader } from './reader.ts';

type Changes = Extract<PullAnswer, { status: 'changes' }>;
const storeTime = '2026-11-20T10:00:00.000Z';
const device = { lastSequence: 0, rejected: [] };
const cursor = (seq: number) => `${seq}.${'0'.repeat(8)}-0000-4000-8000-000000000000` as Cursor;
const aKey = `k1:${'a'.repeat(43)}` as IdentifierKey;
let replica: ReplicaDatabase;

function snapshotOf(bundles = [createBundle()], seq = 1): SnapshotLine[] {
  return [
    { line: 'head', cursor: cursor(seq), bundles: bundles.length, storeTime, workspace: emptyFacts },
    { line: 'bundles', bundles },
    { line: 'talkingPoints', talkingPoints: [] },
    { line: 'mine', verdicts: [], outcomes: [], erasedContacts: [], device },
    { line: 'end' },
  ];
}

async function* stream(lines: SnapshotLine[]): AsyncGenerator<SnapshotLine> {
  yield* lines;
}

const taking: Taking = {
  keyId: 'k1',
  settledSequence: 0,
  prepare: async () => undefined,
  onProgress: () => undefined,
};
const take = (lines: SnapshotLine[]) => applyLines(replica, stream(lines), taking);

function changes(from: Cursor, to: Cursor, change: Partial<Changes> = {}): Changes {
  return {
    status: 'changes',
    from,
    to,
    more: false,
    bundles: [],
    removedBundles: [],
    talkingPoints: [],
    removedTalkingPoints: [],
    verdicts: [],
    outcomes: [],
    erasedContacts: [],
    workspace: null,
    device,
    storeTime,
    ...change,
  };
}

/** Everything the stores hold, to tell whether anything changed at all. */
async function dump(): Promise<unknown> {
  const names = [...replica.objectStoreNames];
  return Promise.all(names.map(async (name) => [name, await replica.getAll(name)]));
}

beforeEach(async () => {
  replica = await openReplica(randomUUID());
});

describe('a snapshot line by line', () => {
  test('is read once it is whole', async () => {
    const bundle = createBundle([createContact({ keys: [aKey] })]);
    await take(snapshotOf([bundle]));
    const reading = await createReader(replica)();
    expect(await reading?.bundlesWithKey(aKey)).toMatchObject([{ id: bundle.id }]);
  });

  test.each(['head', 'bundles', 'mine', 'end'])('without its %s is not taken', async (missing) => {
    await expect(take(snapshotOf().filter((line) => line.line !== missing))).rejects.toThrow(BrokenSnapshot);
    expect(await readHead(replica)).toBeNull();
  });

  test('that is cut off leaves the copy before it as it was, and the next one is whole', async () => {
    const [old, next, other] = [createBundle(), createBundle(), createBundle()];
    await take(snapshotOf([old]));
    const cut = snapshotOf([next], 2).slice(0, 2);
    await expect(take(cut)).rejects.toThrow(BrokenSnapshot);
    expect(await (await createReader(replica)())?.bundleById(old.id)).toMatchObject({ id: old.id });
    await take(snapshotOf([other], 3));
    const reading = await createReader(replica)();
    expect(await reading?.bundleById(other.id)).toMatchObject({ id: other.id });
    expect(await reading?.bundleById(next.id)).toBeNull();
    expect(await reading?.bundleById(old.id)).toBeNull();
  });

  test('with fewer bundles than its head promised is not taken', async () => {
    const [head, bundles, ...rest] = snapshotOf([createBundle(), createBundle()]) as [never, never, ...SnapshotLine[]];
    const fewer = { ...(bundles as { line: 'bundles' }), bundles: [createBundle()] };
    await expect(take([head, fewer, ...rest])).rejects.toThrow(BrokenSnapshot);
  });

  test('counts as covering only what was confirmed before it was asked for', async () => {
    const lines = snapshotOf().map((line) =>
      line.line === 'mine' ? { ...line, device: { lastSequence: 9, rejected: [] } } : line,
    );
    await applyLines(replica, stream(lines), { ...taking, settledSequence: 4 });
    expect(await readHead(replica)).toMatchObject({ coveredSequence: 4 });
  });
});

describe('a pull', () => {
  test('that begins elsewhere than the copy ends is refused, and changes nothing', async () => {
    await take(snapshotOf());
    const before = await dump();
    const hole = changes(cursor(5), cursor(6), { bundles: [createBundle()] });
    await expect(applyPull(replica, hole, 0)).rejects.toThrow(HoleInFeed);
    expect(await dump()).toEqual(before);
  });

  test('into no copy at all is refused', async () => {
    await expect(applyPull(replica, changes(cursor(1), cursor(2)), 0)).rejects.toThrow(HoleInFeed);
  });

  test('writes what changed and its cursor together', async () => {
    const bundle = createBundle();
    const gone = createBundle();
    await take(snapshotOf([gone]));
    await applyPull(replica, changes(cursor(1), cursor(2), { bundles: [bundle], removedBundles: [gone.id] }), 3);
    expect(await readHead(replica)).toMatchObject({ cursor: cursor(2), coveredSequence: 3 });
    const reading = await createReader(replica)();
    expect(await reading?.bundleById(bundle.id)).not.toBeNull();
    expect(await reading?.bundleById(gone.id)).toBeNull();
  });

  test('received twice changes nothing the second time', async () => {
    await take(snapshotOf());
    const change = changes(cursor(1), cursor(2), { bundles: [createBundle()] });
    await applyPull(replica, change, 0);
    const before = await dump();
    await expect(applyPull(replica, change, 0)).rejects.toThrow(HoleInFeed);
    expect(await dump()).toEqual(before);
  });

  test('never takes back what is covered', async () => {
    await take(snapshotOf());
    await applyPull(replica, changes(cursor(1), cursor(2)), 7);
    await applyPull(replica, changes(cursor(2), cursor(3)), 0);
    expect(await readHead(replica)).toMatchObject({ coveredSequence: 7 });
  });

  test('is seen by a reader that had read before', async () => {
    const bundle = createBundle();
    await take(snapshotOf([bundle]));
    const read = createReader(replica);
    await (await read())?.bundleById(bundle.id);
    const renamed = { ...bundle, account: bundle.account && { ...bundle.account, name: 'Kestrel Foundry' } };
    await applyPull(replica, changes(cursor(1), cursor(2), { bundles: [renamed] }), 0);
    expect(await (await read())?.bundleById(bundle.id)).toMatchObject({ account: { name: 'Kestrel Foundry' } });
  });
});

test('a search finds words by their beginning, accents and case aside, and every word must fit', async () => {
  await take(snapshotOf([createBundle([createContact({ name: 'Zoë Muñoz' })]), createBundle()]));
  const reading = await createReader(replica)();
  const found = await reading?.search('munoz BRI', 10);
  expect(found?.map((each) => each.contacts[0]?.name)).toEqual(['Zoë Muñoz']);
  expect(await reading?.search('munoz dana', 10)).toEqual([]);
  expect(await reading?.search('  ', 10)).toEqual([]);
});

test('at most three talking points are shown: those that hold today, the newest first', () => {
  const point = (pushedAt: string, change = {}) =>
    createTalkingPoint([], { pushedAt: `${pushedAt}T00:00:00.000Z`, ...change });
  const points = [
    point('2026-11-01'),
    point('2026-11-05', { expiresOn: '2026-11-19' }),
    point('2026-11-04', { expiresOn: '2026-11-20' }),
    point('2026-11-06', { startsOn: '2026-11-21' }),
    point('2026-11-03', { startsOn: '2026-11-20' }),
    point('2026-11-02'),
  ];
  expect(chooseTalkingPoints(points, '2026-11-20').map((each) => each.pushedAt.slice(8, 10))).toEqual([
    '04',
    '03',
    '02',
  ]);
});
