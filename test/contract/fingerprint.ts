import { sql } from 'kysely';
import type { World } from './world.ts';

/** What the whole database holds, table by table, but for what every call leaves: when a browser was last there, and which calls were made. `besides`: patterns in a row's text to be passed over. */
export async function fingerprint(world: World, besides = '^$'): Promise<Record<string, string>> {
  const { owner } = world.store.database;
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
      and table_name not in ('device', 'idempotent_call') order by 1`.execute(owner);
  const prints = await Promise.all(
    rows.map(async ({ name }) => {
      const found = await sql<{ print: string }>`
        select count(*) || ' ' || coalesce(md5(string_agg(p, '' order by p)), '') as print
        from (select md5(regexp_replace(t::text, ${besides}, '', 'g')) as p from ${sql.table(name)} t) each`.execute(
        owner,
      );
      return [name, found.rows[0]?.print ?? ''] as const;
    }),
  );
  return Object.fromEntries(prints);
}
