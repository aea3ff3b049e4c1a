import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import { createPool } from '../../server/db/pool.ts';
import { ensureWorkingRole } from '../../server/db/roles.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Logs in as the owner (a superuser) of the PostgreSQL of this run, in its database `postgres`, which is migrated. */
    postgresUrl: string;
    /** Password of the role that the store works as. */
    postgresAppPassword: string;
  }
}

let stop: () => Promise<void> = async () => undefined;

/** One PostgreSQL for the whole run, its first database migrated: test databases are copies of that one. */
export async function setup(project: TestProject): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'baton-postgres-'));
  const postgres = await startEmbedded({ dir, isThrowaway: true });
  stop = async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
  const owner = createPool(postgres.url, { size: 1, onError: () => undefined });
  await ensureWorkingRole(owner, postgres.appPassword);
  await migrate(owner);
  await owner.destroy();
  project.provide('postgresUrl', postgres.url);
  project.provide('postgresAppPassword', postgres.appPassword);
}

/** Stops it and removes its data. */
export async function teardown(): Promise<void> {
  await stop();
}
