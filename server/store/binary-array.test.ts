import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { packFlags, packMoments, packTexts, packUuids } from './binary-array.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

test('PostgreSQL reads packed arrays as what was packed, null and letters of any length included', async () => {
  const row = fc.tuple(
    fc.option(fc.uuid()),
    fc.option(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''))),
    fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
    fc.boolean(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const { rows: found } = await sql<{ id: string | null; text: string | null; at: Date; flag: boolean }>`
        select * from unnest(${packUuids(rows.map(([id]) => id))}::uuid[], ${packTexts(rows.map(([, text]) => text))}::text[],
          ${packMoments(rows.map(([, , at]) => at.getTime()))}::timestamptz[], ${packFlags(rows.map(([, , , flag]) => flag))}::boolean[]) as r(id, text, at, flag)`.execute(
        database.db,
      );
      expect(found.map(({ id, text, at, flag }) => [id, text, at, flag])).toEqual(rows);
    }),
    { numRuns: 40 },
  );
});
