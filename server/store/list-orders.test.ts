import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AskOrder, type AskRow, askKindSchema, askOrderSchema } from '#contract/ask.ts';
import { type InsightOrder, type InsightRow, insightOrderSchema } from '#contract/desk.ts';
import type { AskId, InsightId, WorkspaceId } from '#contract/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace } from '../db/scope.ts';
import { type AskFilter, listAsks } from './desk-asks.ts';
import { type InsightFilter, listInsightRows, listInsights } from './desk-insights.ts';

const now = new Date('2026-11-18T12:00:00.000Z');
const workspaceId = crypto.randomUUID() as WorkspaceId;
const many = 23;
let database: TestDatabase;
let db: Kysely<Schema>;

/** Insights and asks of every kind: at an account, at its person alone, at none; several at one moment; answered, imported and neither. */
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  await inWorkspace(db, workspaceId, async (scope) => {
    const [member, ...accounts] = Array.from({ length: 4 }, () => crypto.randomUUID());
    await sql`insert into account (workspace_id, id, name) select ${workspaceId}, id, name
      from unnest(${accounts}::uuid[], ${['alder', 'Birch', 'Cedar']}::text[]) as t (id, name)`.execute(scope);
    await sql`insert into contact (workspace_id, id, account_id, name) select ${workspaceId}, id, id, 'Somebody' from unnest(${accounts}::uuid[]) as t (id)`.execute(
      scope,
    );
    for (let n = 0; n < many; n++) {
      const at = new Date(now.getTime() - Math.floor(n / 3) * 60_000);
      const place = n % 4 === 3 ? null : accounts[(n * 7) % 3];
      const byPerson = n % 5 === 0;
      await sql`insert into insight (workspace_id, id, member_id, account_id, contact_id, text, kind, method, at, claimed_at, source, answer_kind, answer_text, answered_at)
        values (${workspaceId}, gen_random_uuid(), ${member}, ${byPerson ? null : place}, ${byPerson ? place : null}, ${`said ${n}`}, 'customer', 'interview', ${at}, ${at},
          ${n % 6 === 1 ? 'a survey' : null}, ${n % 2 ? 'used' : null}, ${n % 2 ? 'in the page' : null}, ${n % 2 ? at : null})`.execute(
        scope,
      );
      await sql`insert into ask (workspace_id, id, member_id, account_id, kind, text, at, claimed_at, answered_at, answered_by, answer_text)
        values (${workspaceId}, gen_random_uuid(), ${member}, ${place}, ${askKindSchema.options[n % 5]}, ${`asked ${n}`}, ${at}, ${at},
          ${n % 3 === 0 ? at : null}, ${n % 3 === 0 ? member : null}, ${n % 3 === 0 ? 'Done.' : null})`.execute(scope);
    }
  });
});
afterAll(() => database?.close());

/** Rows as they should stand: by these keys, the newest first among equals, or the oldest first. */
function sortBy<Row extends { id: string; at: string }>(
  rows: readonly Row[],
  keysOf: (row: Row) => string[],
  isOldest: boolean,
): string[] {
  const lead = (row: Row) => keysOf(row).join('\u0000');
  return [...rows]
    .sort((one, other) => {
      const [a, b] = [lead(one), lead(other)];
      if (a !== b) return a < b ? -1 : 1;
      const age = isOldest ? one.at.localeCompare(other.at) : other.at.localeCompare(one.at);
      return age || (one.id < other.id ? -1 : 1);
    })
    .map((row) => row.id);
}

const place = ({ account }: { account: string | null }) => [account === null ? '1' : '0', account?.toLowerCase() ?? ''];

describe.each(insightOrderSchema.options)('insights by %s', (order) => {
  const keys: Record<InsightOrder, (row: InsightRow) => string[]> = {
    newest: () => [],
    oldest: () => [],
    account: place,
    unanswered: (row) => [row.importedFrom === null && row.answer === null ? '0' : '1'],
  };
  const filter = (words: string | null, after: InsightId | null): InsightFilter => ({
    ...{ kinds: [], methods: [], themes: [], accountId: null, days: null },
    ...{ words, order, after },
  });
  const page = (words: string | null, after: InsightId | null = null) =>
    inWorkspace(db, workspaceId, (scope) => listInsightRows(scope, workspaceId, filter(words, after), now));

  test.each([null, 'said'])('stand so, and go on after each with exactly the rest (words: %s)', async (words) => {
    const rows = await page(words);
    expect(rows).toHaveLength(many);
    expect(rows.map((row) => row.id)).toEqual(sortBy(rows, keys[order], order === 'oldest'));
    for (const index of rows.keys()) expect(await page(words, rows[index]!.id)).toEqual(rows.slice(index + 1));
  });

  test('say so', async () => {
    const list = await inWorkspace(db, workspaceId, (scope) =>
      listInsights(scope, workspaceId, filter(null, null), now),
    );
    expect(list).toMatchObject({ order, matching: many });
  });
});

describe.each([...askOrderSchema.options, null])('asks by %s', (order) => {
  const keys: Record<AskOrder, (row: AskRow) => string[]> = {
    newest: () => [],
    oldest: () => [],
    account: place,
    kind: (row) => [row.kind],
  };
  const list = (state: AskFilter['state'], after: AskId | null = null) =>
    inWorkspace(db, workspaceId, (scope) =>
      listAsks(scope, workspaceId, { state, way: null, accountId: null, order, after }),
    );

  test.each([null, 'open', 'answered'] as const)(
    'stand so, and go on after each with exactly the rest (%s)',
    async (state) => {
      const { rows, matching, order: held } = await list(state);
      expect(held).toBe(order ?? (state === 'open' ? 'oldest' : 'newest'));
      expect(rows).toHaveLength(matching);
      expect(rows.map((row) => row.id)).toEqual(sortBy(rows, keys[held!], held === 'oldest'));
      for (const index of rows.keys()) expect((await list(state, rows[index]!.id)).rows).toEqual(rows.slice(index + 1));
    },
  );
});
