import { type Kysely, sql } from 'kysely';
import type { Env } from '../env.ts';
import { Refusal } from '../refusal.ts';
import { FolderInUse, type FolderLock, lockDataFolder, makeDataFolder } from './data-folder.ts';
import { joinEmbedded, startEmbedded } from './embedded.ts';
import { keepRunning } from './keep-running.ts';
import { migrate } from './migrate.ts';
import { createPool } from './pool.ts';
import { ensureWorkingRole, workingRole } from './roles.ts';
import type { Schema } from './schema.ts';
import { findServerUser } from './server-user.ts';

/** The database, ready: migrated, its working role bound. `owner` sees which workspaces there are; `db` is what everything else uses. */
export interface OpenDatabase {
  db: Kysely<Schema>;
  owner: Kysely<Schema>;
  /** For connections of one's own (LISTEN, COPY): logs in as the working role when embedded. */
  url: string;
  close(): Promise<void>;
}

/** The database as its owner reaches it, with the working role there and the tables as they were found. */
export interface OpenOwner {
  ownerUrl: string;
  close(): Promise<void>;
}

/**
 * Opens the database that the environment names, or the one in the data folder.
 * `isServer`: the data folder must be free. Otherwise (a command beside a running store) a held folder's PostgreSQL is used as it runs.
 * Throws a `Refusal`, one plain sentence, on all that the person can put right.
 */
export async function openDatabase(
  env: Env,
  options: { isServer: boolean; onError: (error: Error) => void },
): Promise<OpenDatabase> {
  const place = await openPlace(env, options);
  let isClosing = false;
  // Connections that are being closed complain when PostgreSQL goes first.
  const onError = (error: Error) => (isClosing ? undefined : options.onError(error));
  const owner = createPool(place.url, { size: 2, onError });
  try {
    await reach(owner, env.databaseUrl);
    await prepare(owner, place.appPassword);
    const url = place.appPassword === null ? place.url : asWorkingRole(place.url, place.appPassword);
    const db = createPool(url, { size: 16, onError, isPreparing: env.isPreparing });
    const close = async () => {
      isClosing = true;
      await Promise.all([db.destroy(), owner.destroy()]);
      await place.close();
    };
    return { db, owner, url, close };
  } catch (error) {
    isClosing = true;
    await owner.destroy();
    await place.close();
    throw error;
  }
}

/** As `openDatabase`, for work on the tables as a whole (backup, restore): no pool stays open, and nothing is migrated. */
export async function openOwner(env: Env, options: { isServer: boolean }): Promise<OpenOwner> {
  const place = await openPlace(env, { ...options, onError: () => undefined });
  const owner = createPool(place.url, { size: 1, onError: () => undefined });
  try {
    await reach(owner, env.databaseUrl);
    await asOwnerMay(() => ensureWorkingRole(owner, place.appPassword));
  } catch (error) {
    await owner.destroy();
    await place.close();
    throw error;
  }
  await owner.destroy();
  return { ownerUrl: place.url, close: place.close };
}

/** Working role and schema. */
function prepare(owner: Kysely<Schema>, appPassword: string | null): Promise<void> {
  return asOwnerMay(async () => {
    await ensureWorkingRole(owner, appPassword);
    await migrate(owner);
  });
}

/** What this user may not do is the person's to put right. */
async function asOwnerMay(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if ((cause as { code?: string }).code !== '42501') throw cause;
    throw new Refusal(
      `The user in DATABASE_URL may not set this database up (${(cause as Error).message}). Use the user that owns the database, and only for the store.`,
      { cause },
    );
  }
}

interface Place {
  url: string;
  appPassword: string | null;
  close(): Promise<void>;
}

async function openPlace(env: Env, options: { isServer: boolean; onError: (error: Error) => void }): Promise<Place> {
  if (env.databaseUrl === null) return openFolder(env.dataDir, options);
  return { url: env.databaseUrl, appPassword: null, close: async () => undefined };
}

async function openFolder(
  dir: string,
  options: { isServer: boolean; onError: (error: Error) => void },
): Promise<Place> {
  makeDataFolder(dir, findServerUser() !== null);
  const lock = takeLock(dir, options.isServer);
  if (!lock) return { ...(await joinEmbedded(dir)), close: async () => undefined };
  try {
    const { url, appPassword } = await startEmbedded({ dir });
    const keeper = keepRunning(dir, options.onError);
    const close = async () => {
      await keeper.stop();
      lock.release();
    };
    return { url, appPassword, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Null: a command finds the folder held by a store, and works beside it. */
function takeLock(dir: string, isServer: boolean): FolderLock | null {
  try {
    return lockDataFolder(dir);
  } catch (error) {
    if (isServer || !(error instanceof FolderInUse)) throw error;
    return null;
  }
}

function asWorkingRole(url: string, password: string): string {
  const changed = new URL(url);
  changed.username = workingRole;
  changed.password = password;
  return changed.href;
}

/** The first query. What can be wrong with a DATABASE_URL shows here. */
async function reach(owner: Kysely<Schema>, databaseUrl: string | null): Promise<void> {
  try {
    const { rows } = await sql<{
      version: number;
    }>`select current_setting('server_version_num')::int as version`.execute(owner);
    const version = rows[0]?.version ?? 0;
    if (version < 150_000)
      throw new Refusal(`That PostgreSQL is version ${Math.floor(version / 10_000)}: the store needs 15 or newer.`);
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const place =
      databaseUrl === null
        ? 'The PostgreSQL in the data folder'
        : `The database of DATABASE_URL (${describe(databaseUrl)})`;
    throw new Refusal(`${place} ${explain(cause as NodeJS.ErrnoException, databaseUrl === null)}`, { cause });
  }
}

/** A database's place without its password. */
function describe(databaseUrl: string): string {
  try {
    const url = new URL(databaseUrl);
    return `${url.username || 'no user'}@${url.host || url.searchParams.get('host') || 'this machine'}${url.pathname}`;
  } catch {
    return 'not a readable URL';
  }
}

function explain(error: NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }, isOurs: boolean): string {
  const code = error.code ?? error.errors?.[0]?.code;
  if (code === 'ECONNREFUSED' || code === 'ENOENT')
    return 'does not answer: nothing listens there. Is it running, and is the port right?';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'cannot be reached: there is no machine of that name.';
  if (code === '28P01' || code === '28000') return 'refused the user or the password.';
  if (code === '3D000') return 'does not exist on that server: create it first.';
  if (code === '53300') return 'has no connection left for the store.';
  if (code === 'ETIMEDOUT' || /timeout/i.test(error.message))
    return isOurs
      ? 'did not answer in 10 seconds: the machine may be busy, or PostgreSQL be stopped. Try again.'
      : 'did not answer in 10 seconds: a firewall may stand between.';
  return `cannot be used: ${error.message}.`;
}
