import type { Logger } from 'pino';
import type { WorkspaceId } from '#contract/ids.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import type { Env } from '../env.ts';
import { createLog } from '../log.ts';
import { Refusal } from '../refusal.ts';
import { listWorkspaces } from '../store/tenant.ts';

/** What a command works with: the database, open, and the store's workspace. */
export interface CommandGround {
  database: OpenDatabase;
  log: Logger;
  workspaceId: WorkspaceId;
}

/** Opens the store's database, beside a running store or without one, for as long as `work` runs. Throws a `Refusal` where the store was never started. */
export async function withWorkspace<T>(env: Env, work: (ground: CommandGround) => Promise<T>): Promise<T> {
  const log = createLog(env.logLevel);
  const database = await openDatabase(env, {
    isServer: false,
    onError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });
  try {
    const [workspaceId] = await listWorkspaces(database.owner);
    if (!workspaceId) throw new Refusal('There is no workspace yet: start the store once with npm run store.');
    return await work({ database, log, workspaceId });
  } finally {
    await database.close();
  }
}
