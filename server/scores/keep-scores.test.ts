import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Band, bandSchema } from '#contract/band.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scorecard } from '#contract/score.ts';
import { createTestStore, listBundles, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { inWorkspace } from '../db/scope.ts';
import { appendChanges } from '../store/change.ts';
import { readScoreProgress } from '../store/score-progress.ts';
import { readScorecard } from '../store/scorecard.ts';
import { keepAll } from './keep-apart.ts';
import { keepScores } from './keep-scores.ts';

const dayMs = 86_400_000;
const start = Date.parse('2026-11-20T10:00:00.000Z');
const kinds = ['opened', 'clicked', 'attended', 'submitted_form', 'unsubscribed'];

let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let time: number;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  moveTo(start);
  workspaceId = await store.addWorkspace();
  marketer = await store.signIn(workspaceId, 'marketer');
});

function moveTo(moment: number): void {
  time = moment;
  store.moveClock(moment - Date.now());
}
const now = () => new Date(time);
const ground = () => ({ db: store.database.db, now });
const keep = () => keepAll(ground(), workspaceId);
const step = () => keepScores(store.database.db, workspaceId, now);

/** So many people, ten an account, of some titles, each with some touches. */
async function addPeople(count: number): Promise<void> {
  await sql`
    insert into account (workspace_id, id, name, segment, tier, industry, employees)
    select ${workspaceId}, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Company ' || n, 'Mid-market', 1 + n % 3, 'Manufacturing', 20 * n
    from generate_series(0, ${Math.ceil(count / 10)}::int) n`.execute(store.database.owner);
  await sql`
    insert into contact (workspace_id, id, account_id, name, title)
    select ${workspaceId}, gen_random_uuid(), ('00000000-0000-4000-8000-' || lpad((n / 10)::text, 12, '0'))::uuid, 'Person ' || n,
      (array['Head of Operations', 'Intern', null, 'Managing Director'])[1 + n % 4] from generate_series(0, ${count}::int - 1) n`.execute(
    store.database.owner,
  );
  await sql`
    insert into touch (workspace_id, id, source, external_id, contact_id, kind, at)
    select ${workspaceId}, gen_random_uuid(), 'test', gen_random_uuid()::text, c.id, (${kinds}::text[])[1 + (n + ascii(c.id::text)) % ${kinds.length}],
      ${now()}::timestamptz - (1 + n * (ascii(right(c.id::text, 1)) % 7)) * interval '3 days'
    from contact c, generate_series(1, 6) n where c.workspace_id = ${workspaceId}`.execute(store.database.owner);
}

/** Puts another card into force, and tells nobody. */
async function publish(points: number, change: object = {}): Promise<Scorecard> {
  return inWorkspace(store.database.db, workspaceId, async (scope) => {
    const card = await readScorecard(scope, workspaceId);
    const criteria = card.criteria.map((each) => ({
      ...each,
      points: Math.max(-100, Math.min(100, each.points + points)),
      ...(each.axis === 'engagement' && change),
    }));
    const next = { ...card, version: card.version + 1, criteria, publishedAt: now().toISOString() };
    await scope
      .insertInto('scorecard')
      .values({ workspaceId, version: next.version, card: JSON.stringify(next), reason: null, publishedAt: now() })
      .execute();
    return next;
  });
}

async function readBand(query = ''): Promise<Band> {
  return bandSchema.parse(await (await marketer.request('GET', `/v1/desk/band${query}`)).json());
}
const allGrades = ['A', 'B', 'C', 'D']
  .flatMap((letter) => [1, 2, 3, 4].map((figure) => `${letter}${figure}`))
  .join(',');

/** Everybody's grade as it is kept, page by page. */
async function listKept(): Promise<Record<string, string>> {
  const grades: Record<string, string> = {};
  for (let after = ''; ; ) {
    const { contacts, next } = await readBand(`?grades=${allGrades}${after}`);
    for (const { id, grade } of contacts) grades[id] = grade;
    if (next === null) return grades;
    after = `&after=${next}`;
  }
}
/** And as cards show it. */
async function listShown(): Promise<Record<string, string>> {
  const people = listBundles(await marketer.snapshot()).flatMap(({ contacts }) => contacts);
  return Object.fromEntries(people.map(({ id, score }) => [id, score.grade]));
}
const progress = () => inWorkspace(store.database.db, workspaceId, (scope) => readScoreProgress(scope, workspaceId));

describe('scores that are kept', () => {
  test('are those that cards show: from the first on, by a card that is published, and by the one before again', async () => {
    await addPeople(450);
    await keep();
    const first = await listShown();
    expect(await listKept()).toEqual(first);
    await publish(25);
    await keep();
    const second = await listShown();
    expect(second).not.toEqual(first);
    expect(await listKept()).toEqual(second);
    await publish(-25);
    await keep();
    expect(await listKept()).toEqual(first);
    expect((await readBand()).rescored).toBeNull();
    expect(Object.keys(first)).toHaveLength(450);
  });

  test('hold by time alone: at any later moment a band is who is in it then, though nothing was written or kept meanwhile', async () => {
    await addPeople(60);
    await keep();
    const grades = new Set<string>();
    for (const days of [1, 9, 30, 90, 400]) {
      moveTo(start + days * dayMs);
      marketer = await store.signIn(workspaceId, 'marketer');
      const shown = await listShown();
      expect(await listKept(), `after ${days} days`).toEqual(shown);
      grades.add(JSON.stringify(shown));
    }
    expect(grades.size).toBeGreaterThan(2);
  });

  test('take in a new touch at once, also while everybody is scored by another card', async () => {
    await addPeople(450);
    await keep();
    const [last] = Object.keys(await listKept())
      .sort()
      .reverse();
    const card = await publish(10);
    await step();
    await inWorkspace(store.database.db, workspaceId, async (scope) => {
      const { rows } = await sql<{ accountId: string }>`select account_id from contact where id = ${last}`.execute(
        scope,
      );
      await sql`
        insert into touch (workspace_id, id, source, external_id, contact_id, kind, at)
        values (${workspaceId}, ${randomUUID()}, 'test', ${randomUUID()}, ${last}, 'requested_contact', ${now()})`.execute(
        scope,
      );
      await appendChanges(scope, workspaceId, [{ kind: 'bundle', id: rows[0]?.accountId ?? '', memberId: null }]);
    });
    await step();
    expect((await progress())?.after).not.toBeNull();
    const { rows } = await sql<{ version: number; tallies: unknown[] }>`
      select version, tallies from kept_score where contact_id = ${last}`.execute(store.database.owner);
    expect(rows[0]?.version).toBe(card.version);
    expect((await readBand()).rescored).toBeLessThan(450);
    await keep();
    expect(await listKept()).toEqual(await listShown());
  });

  test('wait for a large file to be in, whose every batch would make them anew, and for no small one, nor for one whose process is gone', async () => {
    await addPeople(20);
    await keep();
    const seen = (await progress())?.seq;
    const moveFeed = () =>
      inWorkspace(store.database.db, workspaceId, (scope) =>
        appendChanges(scope, workspaceId, [{ kind: 'workspace', id: null, memberId: null }]),
      );
    const importing = (rows: number, beatAt: Date) =>
      sql`insert into import (workspace_id, id, file_name, dry_run, state, rows_read, beat_at)
        values (${workspaceId}, gen_random_uuid(), 'members.csv', false, 'running', ${rows}, ${beatAt})`.execute(
        store.database.owner,
      );
    await moveFeed();
    await importing(10_001, new Date());
    await keep();
    expect((await progress())?.seq).toBe(seen);
    await sql`update import set state = 'done' where workspace_id = ${workspaceId}`.execute(store.database.owner);
    await importing(10_000, new Date());
    await importing(500_000, new Date(Date.now() - 60_000));
    await keep();
    expect((await progress())?.seq).toBe((seen ?? 0) + 1);
  });

  test('are not begun where there is more to do than was asked for', async () => {
    await addPeople(120);
    await keep();
    const accounts = await sql<{ id: string }>`select id from account where workspace_id = ${workspaceId}`.execute(
      store.database.owner,
    );
    const seen = (await progress())?.seq ?? 0;
    const tell = (count: number) =>
      inWorkspace(store.database.db, workspaceId, (scope) =>
        appendChanges(
          scope,
          workspaceId,
          accounts.rows.slice(0, count).map(({ id }) => ({ kind: 'bundle', id, memberId: null })),
        ),
      );
    await tell(3);
    expect(await keepScores(store.database.db, workspaceId, now, 2)).toBe('much');
    expect((await progress())?.seq).toBe(seen);
    expect(await keepScores(store.database.db, workspaceId, now, 3)).toBe('more');
    expect((await progress())?.seq).toBe(seen + 1);
  });

  test('of everybody, made of their touches, wait for a large file too, and those of a card that is published do not', async () => {
    await addPeople(450);
    await step();
    const { scored } = (await progress()) ?? {};
    await sql`insert into import (workspace_id, id, file_name, dry_run, state, rows_read, beat_at)
      values (${workspaceId}, gen_random_uuid(), 'members.csv', false, 'running', 10001, ${new Date()})`.execute(
      store.database.owner,
    );
    await keep();
    expect((await progress())?.scored).toBe(scored);
    await sql`update import set state = 'done' where workspace_id = ${workspaceId}`.execute(store.database.owner);
    await keep();
    expect(await progress()).toMatchObject({ after: null, scored: 450 });
    await sql`update import set state = 'running' where workspace_id = ${workspaceId}`.execute(store.database.owner);
    const { version } = await publish(5);
    await keep();
    expect(await progress()).toMatchObject({ after: null, scored: 450, version });
  });

  test('come of what is kept where only points were changed, and of the touches where others count, or more has changed than was listed', async () => {
    await addPeople(220);
    await keep();
    const readTallies = async () => {
      const { rows } = await sql<{ all: string[] }>`
        select array_agg(tallies::text order by contact_id) as all from kept_score where workspace_id = ${workspaceId}`.execute(
        store.database.owner,
      );
      return rows[0]?.all;
    };
    const before = await readTallies();
    // Nobody was told of it: whoever looks at touches sees that they are gone.
    const { rows: gone } = await sql`delete from touch where workspace_id = ${workspaceId} returning id`.execute(
      store.database.owner,
    );
    expect(gone.length).toBe(220 * 6);
    await publish(10);
    await keep();
    expect(await readTallies()).toEqual(before);
    await publish(0, { halfLifeDays: 77 });
    await keep();
    expect(new Set(await readTallies())).toEqual(new Set(['[]']));
    await sql`
      insert into touch (workspace_id, id, source, external_id, contact_id, kind, at)
      select ${workspaceId}, gen_random_uuid(), 'test', gen_random_uuid()::text, id, 'attended', ${now()}::timestamptz - interval '1 day'
      from contact where workspace_id = ${workspaceId}`.execute(store.database.owner);
    await inWorkspace(store.database.db, workspaceId, (scope) =>
      appendChanges(scope, workspaceId, [{ kind: 'refetch', id: null, memberId: null }]),
    );
    await keep();
    expect((await readTallies())?.every((each) => each.includes('attended'))).toBe(true);
    expect(await listKept()).toEqual(await listShown());
  });

  test('go on where they were cut off, and are kept once by several stores', async () => {
    await addPeople(650);
    await step();
    await step();
    const { scored = 0, after } = (await progress()) ?? {};
    expect(scored).toBe(200);
    await expect(
      inWorkspace(store.database.db, workspaceId, async (scope) => {
        await keepScores(scope, workspaceId, now);
        throw new Error('killed before the commit');
      }),
    ).rejects.toThrow('killed');
    expect((await progress())?.after).toBe(after);
    await Promise.all([keep(), keep(), keep()]);
    await keep();
    expect(await progress()).toMatchObject({ after: null, scored: 650 });
    expect(await listKept()).toEqual(await listShown());
  });

  test('take nothing that a push waits for, and write nothing to the feed', async () => {
    await addPeople(450);
    const before = await marketer.cursor();
    await keep();
    await publish(5);
    await keep();
    expect(await marketer.cursor()).toBe(before);
  });

  test('asked for while somebody is being scored are answered at once, and never written over what came of it', async () => {
    await addPeople(30);
    await keep();
    moveTo(start + 60 * dayMs);
    marketer = await store.signIn(workspaceId, 'marketer');
    const shown = await listShown();
    const asked = await inWorkspace(store.database.db, workspaceId, async (scope) => {
      // As whoever scores them does: what they were is not to be seen any more once this is over.
      await sql`update kept_score set tallies = '[]', grade = 'D4', holds_until = null where workspace_id = ${workspaceId}`.execute(
        scope,
      );
      return readBand();
    });
    expect(asked.grades.reduce((sum, { contacts }) => sum + contacts, 0)).toBe(30);
    expect((await readBand()).grades).toEqual([{ grade: 'D4', contacts: 30 }]);
    expect(new Set(Object.values(shown)).size).toBeGreaterThan(1);
  });

  test('of somebody who is gone are gone', async () => {
    await addPeople(20);
    await keep();
    const [one] = Object.keys(await listKept());
    await sql`delete from contact where id = ${one}`.execute(store.database.owner);
    expect(Object.keys(await listKept())).toHaveLength(19);
  });

  test('are asked for by marketers alone, by grades that there are', async () => {
    const rep = await store.signIn(workspaceId, 'rep');
    expect((await rep.request('GET', '/v1/desk/band')).status).toBe(403);
    expect((await marketer.request('GET', '/v1/desk/band?grades=E1')).status).toBe(422);
    expect(await readBand('?grades=A1')).toMatchObject({ contacts: [], grades: [], next: null });
  });
});
