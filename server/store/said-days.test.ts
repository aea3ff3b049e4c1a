import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace } from '../db/scope.ts';
import { countSaid, countSaidByDay } from './desk-said.ts';

const workspaceId = crypto.randomUUID() as WorkspaceId;
/** Clocks in Berlin were put back in the night before. */
const now = new Date('2026-10-26T09:00:00.000Z');
let database: TestDatabase;
let db: Kysely<Schema>;

interface Said {
  at: string;
  isGone?: boolean;
}

const verdict = ({ at, isGone = false }: Said, value: 'weak' | 'strong') => sql`
  insert into verdict (workspace_id, id, contact_id, account_id, member_id, device_id, value, at, claimed_at, undone_at, score, grade, scorecard_version, campaign_ids)
  values (${workspaceId}, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), ${value}, ${at}, ${at}, ${isGone ? at : null},
    '{"fit":40,"engagement":20,"points":60,"grade":"B2","trend":[],"reasons":[],"scorecardVersion":1,"asOf":"2026-11-01T00:00:00.000Z"}', 'B2', 1, '{}')`;
const insight = ({ at, isGone = false }: Said, source: string | null = null) => sql`
  insert into insight (workspace_id, id, member_id, text, kind, method, at, claimed_at, withdrawn_at, source)
  values (${workspaceId}, gen_random_uuid(), gen_random_uuid(), 'said', 'customer', 'interview', ${at}, ${at}, ${isGone ? at : null}, ${source})`;
const ask = ({ at, isGone = false }: Said, isForSales = false) => sql`
  insert into ask (workspace_id, id, member_id, to_members, kind, text, at, claimed_at, withdrawn_at)
  values (${workspaceId}, gen_random_uuid(), gen_random_uuid(), ${isForSales ? [crypto.randomUUID()] : null}::uuid[], 'context', 'asked', ${at}, ${at}, ${isGone ? at : null})`;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  await inWorkspace(db, workspaceId, async (scope) => {
    for (const each of [
      // The last moment of Friday in Berlin, and the first of Saturday.
      verdict({ at: '2026-10-23T21:59:59.999Z' }, 'weak'),
      verdict({ at: '2026-10-23T22:00:00.000Z' }, 'strong'),
      // Sunday has 25 hours.
      insight({ at: '2026-10-24T22:00:00.000Z' }),
      insight({ at: '2026-10-25T22:59:59.999Z' }),
      verdict({ at: '2026-10-25T23:00:00.000Z' }, 'weak'),
      ask({ at: '2026-10-26T08:00:00.000Z' }),
      verdict({ at: '2026-10-26T08:30:00.000Z' }, 'weak'),
      verdict({ at: '2026-10-26T08:31:00.000Z', isGone: true }, 'weak'),
      insight({ at: '2026-10-26T08:31:00.000Z', isGone: true }),
      insight({ at: '2026-10-26T08:31:00.000Z' }, 'a survey'),
      ask({ at: '2026-10-26T08:31:00.000Z', isGone: true }),
      ask({ at: '2026-10-26T08:31:00.000Z' }, true),
      verdict({ at: '2026-10-20T12:00:00.000Z' }, 'weak'),
    ])
      await each.execute(scope);
  });
});
afterAll(() => database?.close());

const byDay = (zone: string, since: string | null) =>
  inWorkspace(db, workspaceId, (scope) =>
    countSaidByDay(scope, workspaceId, { zone, days: 4, since: since === null ? null : new Date(since) }, now),
  );
const none = { weak: 0, strong: 0, insights: 0, asks: 0 };

test('a day is what the zone’s calendars show, also where it has 25 hours; what was taken back, imported or asked of sales is not counted', async () => {
  expect(await byDay('Europe/Berlin', '2026-10-26T08:00:00.000Z')).toEqual([
    { day: '2026-10-23', ...none, weak: 1, fresh: none },
    { day: '2026-10-24', ...none, strong: 1, fresh: none },
    { day: '2026-10-25', ...none, insights: 2, fresh: none },
    { day: '2026-10-26', ...none, weak: 2, asks: 1, fresh: { ...none, weak: 1 } },
  ]);
  const [, , sunday, monday] = await byDay('UTC', null);
  expect([sunday?.weak, monday?.weak]).toEqual([1, 1]);
});

test('what is fresh is what is counted since then; all, where nobody was here before', async () => {
  const since = '2026-10-24T21:00:00.000Z';
  const sum = (days: Awaited<ReturnType<typeof byDay>>) =>
    days.reduce(
      (total, { fresh }) => {
        for (const what of ['weak', 'strong', 'insights', 'asks'] as const) total[what] += fresh[what];
        return total;
      },
      { ...none },
    );
  const counted = await inWorkspace(db, workspaceId, (scope) => countSaid(scope, workspaceId, new Date(since)));
  expect(sum(await byDay('Europe/Berlin', since))).toEqual(counted);
  for (const { fresh, day: _, ...counts } of await byDay('Europe/Berlin', null)) expect(fresh).toEqual(counts);
});
