import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Change } from '#contract/feed.ts';
import type { AccountId, InsightId, WorkspaceId } from '#contract/ids.ts';
import type { Schema } from '../../server/db/schema.ts';
import { inWorkspace } from '../../server/db/scope.ts';
import { appendChanges } from '../../server/store/change.ts';
import { createRandom } from '../fixtures/exports/random.ts';
import { seedAccount, type TestDevice, type TestStore } from '../postgres/store.ts';
import { openDevice } from './device.ts';
import type { LivedDay } from './live-day.ts';
import type { Stores } from './stores.ts';

const lock = 32_001;
const patienceMs = 20_000;

/**
 * The shortest day on which a copy can miss something, in an order that is not left to chance: one writer has its number and stands before its commit, a second
 * writes after it, a device takes a fresh copy in between, and only then is the first let through.
 */
export async function liveOvertaking(store: TestStore, stores: Stores): Promise<LivedDay> {
  const workspaceId = await store.addWorkspace();
  const [slow, quick] = [
    await seedAccount(store, workspaceId, { touches: 0 }),
    await seedAccount(store, workspaceId, { touches: 0 }),
  ];
  const writers = [await store.signIn(workspaceId, 'rep'), await store.signIn(workspaceId, 'rep')] as const;
  const device = await openDevice(store.deps, workspaceId, 'rita@larkspur.example', stores.asks, createRandom(1));
  await device.settle();
  await callForFreshCopies(store, workspaceId);

  const { owner } = store.database;
  await holdCommitsAbout(owner, slow.accountId);
  await owner.connection().execute(async (keeper) => {
    await sql`select pg_advisory_lock(${sql.lit(lock)})`.execute(keeper);
    const first = writeInsight(writers[0], slow.accountId);
    await waitUntil(async () => (await countStanding(owner)) === 1, 'The first writer did not come to its commit.');
    let isThrough = false;
    const second = writeInsight(writers[1], quick.accountId).then(() => {
      isThrough = true;
    });
    // It is through, or it waits for the first.
    await waitUntil(
      async () => isThrough || (await countStanding(owner)) === 2,
      'The second writer neither wrote nor waits.',
    );
    await device.meet();
    await sql`select pg_advisory_unlock(${sql.lit(lock)})`.execute(keeper);
    await Promise.all([first, second]);
  });
  await device.settle();
  return {
    workspaceId,
    devices: [device],
    everKnown: [slow.accountId, quick.accountId],
    touches: new Set(),
    close: () => device.close(),
  };
}

/** As an import of very many accounts does: no copy that the store has packed before is of use any more. */
async function callForFreshCopies({ database }: TestStore, workspaceId: WorkspaceId): Promise<void> {
  const change: Change = { kind: 'refetch', id: null, memberId: null };
  await inWorkspace(database.db, workspaceId, (scope) => appendChanges(scope, workspaceId, [change]));
}

/** Makes every transaction whose feed entry names this account stand before its commit for as long as somebody has the lock. */
async function holdCommitsAbout(owner: Kysely<Schema>, accountId: AccountId): Promise<void> {
  await sql`create function stand_before_commit() returns trigger language plpgsql as ${sql.lit(`
    begin
      if new.changes::text like '%${accountId}%' then perform pg_advisory_xact_lock(${lock}); end if;
      return null;
    end`)}`.execute(owner);
  await sql`create constraint trigger stand_before_commit after insert on feed_entry deferrable initially deferred
    for each row execute function stand_before_commit()`.execute(owner);
}

/** How many processes on this database wait for what another one has. */
async function countStanding(owner: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ standing: number }>`
    select count(*)::int as standing from pg_stat_activity
    where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`.execute(owner);
  return rows[0]?.standing ?? 0;
}

async function writeInsight(writer: TestDevice, accountId: AccountId): Promise<void> {
  const words = { text: 'They said so.', quote: null, kind: 'customer', method: 'interview' } as const;
  const body = { insightId: randomUUID() as InsightId, accountId, contactId: null, ...words };
  const { status } = await writer.push(1, { kind: 'recordInsight', body });
  if (status !== 200) throw new Error(`An insight was answered with ${status}.`);
}

async function waitUntil(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(10)) if (await isSo()) return;
  throw new Error(otherwise);
}
