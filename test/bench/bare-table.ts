import type { RunningStore } from '../e2e/harness/store.ts';

/** Takes a table's keys and indexes away while it is filled, and makes them anew afterwards, each in one pass over its rows. */
export async function withoutIndexes(store: RunningStore, table: string, fill: () => Promise<void>): Promise<void> {
  const constraints = await store.sql<{ name: string; definition: string }>(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1::regclass and contype in ('p', 'u')`,
    [table],
  );
  const indexes = await store.sql<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = $1::regclass and not exists (select 1 from pg_constraint where conindid = indexrelid)`,
    [table],
  );
  for (const { name } of constraints) await store.sql(`alter table ${table} drop constraint ${name}`);
  for (const { name } of indexes) await store.sql(`drop index ${name}`);
  await fill();
  // One connection may serve another query next: the setting goes with its transaction.
  const make = (statement: string) =>
    store.sql(`begin; set local maintenance_work_mem = '512MB'; ${statement}; commit`);
  for (const { name, definition } of constraints)
    await make(`alter table ${table} add constraint ${name} ${definition}`);
  for (const { definition } of indexes) await make(definition);
}
