import { type RawBuilder, sql } from 'kysely';

/** In SQL: a moment's column (`v.at`) as the contract writes it, for JSON that the database makes; null stays null. */
export function writeInstant(column: string): RawBuilder<string | null> {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
