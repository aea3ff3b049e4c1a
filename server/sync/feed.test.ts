import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { createTestStore, type TestStore } from '../../test/postgres/store.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { appendChanges } from '../store/change.ts';
import { listEntries, readFeedHead } from '../store/feed.ts';

let store: TestStore;

beforeAll(async () => {
  store = await createTestStore();
  await sql`create sequence plain_sequence`.execute(store.database.owner);
  await sql`grant usage on sequence plain_sequence to baton_app`.execute(store.database.owner);
});
afterAll(() => store?.close());

type Append = (scope: Scope, workspaceId: WorkspaceId, id: string) => Promise<unknown>;

const withCounter: Append = (scope, workspaceId, id) =>
  appendChanges(scope, workspaceId, [{ kind: 'bundle', id, memberId: null }]);

/** One that names so many things that it is written before it is counted. */
const withLongEntry: Append = (scope, workspaceId, id) =>
  appendChanges(
    scope,
    workspaceId,
    [id, ...Array.from({ length: 500 }, () => randomUUID())].map((each) => {
      return { kind: 'bundle', id: each, memberId: null };
    }),
  );

/** The mutant: what most would write first. */
const withSequence: Append = (scope, workspaceId, id) =>
  sql`insert into feed_entry (workspace_id, seq, token, changes)
    values (${workspaceId}, nextval('plain_sequence'), gen_random_uuid(), ${JSON.stringify([{ kind: 'bundle', id, memberId: null }])}::jsonb)`.execute(
    scope,
  );

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Writers that commit after a random while, and a reader that asks again and again from where it stands. Answers the ids written that the reader never saw. */
async function loseWith(append: Append, writers: number, writes: number): Promise<string[]> {
  const workspaceId = await store.addWorkspace();
  const { db } = store.database;
  const written: string[] = [];
  let isWriting = true;
  const seen = new Set<string>();
  let at = 0;
  const read = async () => {
    const entries = await inWorkspace(db, workspaceId, (scope) => listEntries(scope, workspaceId, at, 1000));
    for (const entry of entries) for (const change of entry.changes) if (change.id) seen.add(change.id);
    at = entries.at(-1)?.seq ?? at;
  };
  const reader = (async () => {
    while (isWriting) await read();
  })();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      for (let index = 0; index < writes; index++) {
        const id = randomUUID();
        await inWorkspace(db, workspaceId, async (scope) => {
          await append(scope, workspaceId, id);
          if (Math.random() < 0.3) await pause(Math.random() * 3);
        });
        written.push(id);
      }
    }),
  );
  isWriting = false;
  await reader;
  await read();
  return written.filter((id) => !seen.has(id));
}

describe('the feed', () => {
  test('never lets a reader pass over an entry, however writers’ transactions overlap', async () => {
    expect(await loseWith(withCounter, 6, 40)).toEqual([]);
  });

  test('nor where long entries stand among short ones', async () => {
    const either: Append = (scope, workspaceId, id) =>
      (Math.random() < 0.5 ? withCounter : withLongEntry)(scope, workspaceId, id);
    expect(await loseWith(either, 6, 40)).toEqual([]);
  });

  test('answers a long entry’s cursor as it is read, with all that it names', async () => {
    const workspaceId = await store.addWorkspace();
    const { db } = store.database;
    const id = randomUUID();
    const cursor = await inWorkspace(db, workspaceId, (scope) => withLongEntry(scope, workspaceId, id));
    await inWorkspace(db, workspaceId, (scope) => withCounter(scope, workspaceId, randomUUID()));
    const entries = await inWorkspace(db, workspaceId, (scope) => listEntries(scope, workspaceId, -1000, 100));
    expect(entries.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(cursor).toBe(`1.${entries[1]!.token}`);
    expect(entries[1]!.changes).toHaveLength(501);
    expect(entries[1]!.changes[0]!.id).toBe(id);
  });

  test('would lose entries if a plain sequence numbered them', async () => {
    expect((await loseWith(withSequence, 6, 40)).length).toBeGreaterThan(0);
  });

  test('numbers entries without a hole, and each has its own token', async () => {
    const workspaceId = await store.addWorkspace();
    await Promise.all(
      Array.from({ length: 12 }, () =>
        inWorkspace(store.database.db, workspaceId, (scope) => withCounter(scope, workspaceId, randomUUID())),
      ),
    );
    const entries = await inWorkspace(store.database.db, workspaceId, (scope) =>
      listEntries(scope, workspaceId, -1, 100),
    );
    expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 13 }, (_, index) => index));
    expect(new Set(entries.map((entry) => entry.token)).size).toBe(13);
    const head = await inWorkspace(store.database.db, workspaceId, (scope) => readFeedHead(scope, workspaceId));
    expect(head).toEqual({ seq: 12, token: entries.at(-1)!.token });
  });

  test('takes no number for a transaction that is rolled back', async () => {
    const workspaceId = await store.addWorkspace();
    const failing = inWorkspace(store.database.db, workspaceId, async (scope) => {
      await withCounter(scope, workspaceId, randomUUID());
      throw new Error('after all not');
    });
    await expect(failing).rejects.toThrow('after all not');
    expect((await inWorkspace(store.database.db, workspaceId, (scope) => readFeedHead(scope, workspaceId))).seq).toBe(
      0,
    );
  });
});
