import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { ImportStatus } from '#contract/import.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { inWorkspace } from '../db/scope.ts';
import { erasePerson } from '../persons/erase-person.ts';
import { openImport } from '../store/import-job.ts';
import { lockImports } from '../store/import-run.ts';
import { createWorkspace } from '../store/workspace.ts';
import { takeUp } from './run-apart.ts';
import { type ImportOrder, runImport } from './run-import.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const people = 40;
let database: TestDatabase;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());
beforeEach(async () => {
  workspaceId = randomUUID() as WorkspaceId;
  await inWorkspace(database.db, workspaceId, (scope) => createWorkspace(scope, workspaceId, 'Kestrel Works', now));
});

/** A file of so many rows, each about an event of its own unless its number is said to repeat another's. */
function createFile(rows: number, eventOf: (row: number) => number = (row) => row): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const event = eventOf(row);
    const person = event % people;
    const at = new Date(Date.UTC(2026, 0, 1) + event * 60_000).toISOString();
    return `p${person}@company${person % 7}.example,P${person},Company ${person % 7},opened,${at},Nurture`;
  });
  return ['Email,Name,Company,Kind,At,Campaign', ...lines].join('\n');
}

async function take(
  file: string,
  importId = randomUUID() as ImportId,
  more: Pick<ImportOrder, 'signal' | 'onProgress'> = {},
): Promise<ImportStatus> {
  const { db, url } = database;
  const job = { id: importId, fileName: 'file.csv', bytes: null, dryRun: false, byMember: null, ticket: null };
  await inWorkspace(db, workspaceId, (scope) => openImport(scope, workspaceId, job));
  return runImport(
    { ...groundOf({ db, url }), workspaceId, importId, ...more },
    (async function* () {
      yield new TextEncoder().encode(file);
    })(),
  );
}

const groundOf = (on: Pick<TestDatabase, 'db' | 'url'>) => ({
  db: on.db,
  url: on.url,
  log: pino({ level: 'silent' }),
  now: () => now,
  poke: () => undefined,
  apart: null,
});

/** What each feed entry changed, the oldest first; of a bundle its id, else its kind. Entries of nothing are left out. */
async function readNews(): Promise<Set<string>[]> {
  const { rows } = await sql<{ news: string[] }>`
    select array(select coalesce(change->>'id', change->>'kind') from jsonb_array_elements(changes) change) as news
    from feed_entry where workspace_id = ${workspaceId} order by seq`.execute(database.owner);
  return rows.map(({ news }) => new Set(news)).filter(({ size }) => size > 0);
}

async function countTouches(): Promise<{ all: number; events: number; strays: number }> {
  const { rows } = await sql<{ all: number; events: number; strays: number }>`
    select count(*)::int as all, count(distinct (contact_id, at))::int as events,
      count(*) filter (where not exists (select 1 from contact c where c.workspace_id = t.workspace_id and c.id = t.contact_id))::int as strays
    from touch t where workspace_id = ${workspaceId}`.execute(database.owner);
  return rows[0] ?? { all: 0, events: 0, strays: 0 };
}

/** Takes the imports' lock whole, again and again, as one who erases somebody does, for as long as the work takes. Answers how often. */
async function lockBeside(work: Promise<unknown>): Promise<number> {
  let isOver = false;
  let times = 0;
  const end = work.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await inWorkspace(database.db, workspaceId, (scope) => lockImports(scope, workspaceId));
    times += 1;
    await sleep(1);
  }
  await end;
  return times;
}

describe('batches one after the other', () => {
  test('come to what one after the other does', async () => {
    const status = await take(createFile(34_000));
    expect(status).toMatchObject({ state: 'done', rows: 34_000, touches: { added: 34_000, unchanged: 0 } });
    expect(await countTouches()).toEqual({ all: 34_000, events: 34_000, strays: 0 });
  });

  test('keep what later rows say of people whom earlier ones of the same batch made', async () => {
    const count = 2500;
    const lines = Array.from({ length: 2 * count }, (_, row) => {
      const person = row % count;
      const at = new Date(Date.UTC(2026, 0, 1) + row * 60_000).toISOString();
      const [name, id] = row < count ? ['', ''] : [`P${person}`, `0035g00000${String(person).padStart(5, '0')}`];
      return `p${person}@company${person % 7}.example,${name},${id},Company ${person % 7},opened,${at},Nurture`;
    });
    const file = ['Email,Name,Salesforce Contact ID,Company,Kind,At,Campaign', ...lines].join('\n');
    expect(await take(file)).toMatchObject({
      state: 'done',
      accounts: { added: 7 },
      contacts: { added: count },
      touches: { added: 2 * count },
    });
    const { rows } = await sql<Record<string, number>>`
      select (select count(*)::int from contact where workspace_id = ${workspaceId} and name ~ '^P[0-9]+$') as named,
        (select count(*)::int from contact where workspace_id = ${workspaceId}) as contacts,
        (select count(*)::int from account where workspace_id = ${workspaceId}) as accounts,
        (select count(*)::int from identifier where workspace_id = ${workspaceId} and kind = 'email') as emails,
        (select count(*)::int from identifier where workspace_id = ${workspaceId} and kind = 'crm') as records,
        (select count(*)::int from import_change where workspace_id = ${workspaceId} and kind = 'contact' and before is null) as noted,
        (select count(*)::int from import_change where workspace_id = ${workspaceId} and kind in ('contact', 'identifier')) as notes`.execute(
      database.owner,
    );
    expect(rows[0]).toEqual({
      named: count,
      contacts: count,
      accounts: 7,
      emails: count,
      records: count,
      noted: count,
      notes: count,
    });
  });

  test('tell devices of what they changed: at once of the first, and in the end of all', async () => {
    await take(createFile(34_000));
    const named = await readNews();
    expect(named.length).toBeGreaterThanOrEqual(2);
    for (const ids of [named[0], named.at(-1)]) expect(ids?.size).toBe(7);
  });

  test('tell devices to fetch again in the end, when what was not told yet went with another process', async () => {
    const importId = randomUUID() as ImportId;
    const stopping = new AbortController();
    const stop = ({ rows }: { rows: number }) => {
      if (rows >= 20_000) stopping.abort(new Error('The store goes down.'));
    };
    await take(createFile(34_000), importId, { signal: stopping.signal, onProgress: stop });
    expect((await readNews()).some((news) => news.has('refetch'))).toBe(false);
    expect(await takeUp({ ...groundOf(database), workspaceId }, importId)).toBe(true);
    expect((await readNews()).at(-1)).toEqual(new Set(['refetch']));
    expect((await countTouches()).all).toBe(34_000);
  });

  test('take an event once that several of them tell of', async () => {
    // The third batch begins with what the second ends with, and goes on backwards: each would wait for the other.
    const repeats = (row: number) => (row >= 20_000 && row < 30_000 ? 39_999 - row : row);
    const status = await take(createFile(34_000, repeats));
    expect(status).toMatchObject({ state: 'done', touches: { added: 24_000, unchanged: 10_000 } });
    expect(await countTouches()).toEqual({ all: 24_000, events: 24_000, strays: 0 });
  });

  test('are done again where an event was there before, and let in whoever wants the lock whole meanwhile', async () => {
    await take(
      createFile(24_000)
        .split('\n')
        .filter((_, line) => line === 0 || line > 23_000)
        .join('\n'),
    );
    const importing = take(createFile(34_000));
    expect(await lockBeside(importing)).toBeGreaterThan(3);
    expect(await importing).toMatchObject({ state: 'done', touches: { added: 33_000, unchanged: 1000 } });
    expect(await countTouches()).toEqual({ all: 34_000, events: 34_000, strays: 0 });
  }, 60_000);

  test('bring nobody back who is erased meanwhile', async () => {
    const person = { kind: 'email', value: 'p3@company3.example' } as const;
    const importing = take(createFile(34_000));
    const isThere = async () =>
      (
        await sql`select 1 from identifier where workspace_id = ${workspaceId} and value = ${person.value}`.execute(
          database.owner,
        )
      ).rows.length > 0;
    while (!(await isThere())) await sleep(2);
    const erased = await erasePerson(database.db, workspaceId, person, null);
    expect(erased.wasKnown).toBe(true);
    const status = await importing;
    expect(status.state).toBe('done');
    expect(status.errorCount).toBeGreaterThan(0);
    expect(await countTouches()).toMatchObject({ strays: 0 });
  }, 60_000);

  test('find who took an address while they looked, and add nobody beside them', async () => {
    const { owner } = database;
    const [contactId, address] = [randomUUID(), 'p3@company3.example'];
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
    const taking = owner.transaction().execute(async (other) => {
      await sql`insert into contact (workspace_id, id, name) values (${workspaceId}, ${contactId}, 'P3')`.execute(
        other,
      );
      await sql`insert into identifier (workspace_id, kind, value, contact_id) values (${workspaceId}, 'email', ${address}, ${contactId})`.execute(
        other,
      );
      await mayGoOn;
    });
    const importing = take(createFile(people));
    const isWaiting = async () =>
      (
        await sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into identifier%'`.execute(
          owner,
        )
      ).rows.length > 0;
    while (!(await isWaiting())) await sleep(5);
    goOn();
    await taking;
    expect(await importing).toMatchObject({ state: 'done', touches: { added: people } });
    const { rows } = await sql<{ contactId: string }>`
      select contact_id from identifier where workspace_id = ${workspaceId} and value = ${address}`.execute(owner);
    expect(rows).toEqual([{ contactId }]);
    expect(await countTouches()).toEqual({ all: people, events: people, strays: 0 });
  });

  test('stay in the order of the file: whatever is in, nothing before it is missing', async () => {
    const importing = take(createFile(34_000));
    let isOver = false;
    const end = importing.finally(() => {
      isOver = true;
    });
    const seen = new Set<number>();
    while (!isOver) {
      const { rows } = await sql<{ all: number; last: number }>`
        select count(*)::int as all, (extract(epoch from max(at) - '2026-01-01T00:00:00Z'::timestamptz) / 60)::int as last
        from touch where workspace_id = ${workspaceId}`.execute(database.owner);
      const [state] = rows;
      if (state && state.all > 0) expect(state.last).toBe(state.all - 1);
      seen.add(state?.all ?? 0);
      await sleep(5);
    }
    await end;
    expect(seen.size).toBeGreaterThan(2);
  });
});
