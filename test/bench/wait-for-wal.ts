import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningStore } from '../e2e/harness/store.ts';

const patienceMs = 60_000;

/** Waits until a new store has made its PostgreSQL's log ready (`makeWalAhead`), as that of a company has been since its first minute. `megabytes`: as it was told, or fewer on a small disk. */
export async function waitForWal(store: RunningStore, megabytes: number): Promise<void> {
  const until = Date.now() + patienceMs;
  const isReady = async () => {
    const [row] = await store.sql<{ isReady: boolean }>(
      `select sum(size) >= least($1::float8 * 1048576, pg_size_bytes(current_setting('min_wal_size'))) as "isReady" from pg_ls_waldir()`,
      [megabytes],
    );
    return row?.isReady ?? false;
  };
  while (!(await isReady())) {
    if (Date.now() > until) throw new Error(`The store's log was not ready within ${patienceMs / 1000} s.`);
    await sleep(200);
  }
}
