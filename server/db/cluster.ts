import { execFile } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '../refusal.ts';
import type { Binaries } from './binaries.ts';
import { readProgramMajor } from './major.ts';
import { planLaunch, type ServerUser } from './server-user.ts';

/** A folder for PostgreSQL's user alone. One that somebody else made first (names of temporary folders can be guessed) is refused. */
export function makeOwnFolder(path: string, user: ServerUser): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  const owners = [process.getuid?.() ?? found.uid, user?.uid];
  if (!found.isDirectory() || !owners.includes(found.uid))
    throw new Refusal(`The folder ${path} belongs to somebody else. Remove it.`);
  chmodSync(path, 0o700);
  if (user) chownSync(path, user.uid, user.gid);
}

/** Builds the cluster aside and moves it into place only when it is whole: a kill in the middle leaves nothing that looks finished. */
export async function createCluster(
  binaries: Binaries,
  dir: string,
  password: string,
  user: ServerUser,
  isThrowaway: boolean,
): Promise<void> {
  const clusterDir = join(dir, 'postgres');
  // A cluster without PG_VERSION is one that was never finished.
  rmSync(clusterDir, { recursive: true, force: true });
  makeOwnFolder(clusterDir, user);
  const passwordFile = join(dir, 'initdb-password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const flags = [
    '--username=baton_owner',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-instructions',
  ];
  // The built-in locale (since 17) sorts alike on every machine and needs none of the system's.
  flags.push('--locale=C');
  if (readProgramMajor(binaries) >= 17) flags.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  // A new segment is written full of zeros before it is used, and whoever commits meanwhile waits: sixteen megabytes, as they are by default, are 50 ms and more.
  flags.push('--wal-segsize=4');
  if (isThrowaway) flags.push('--no-sync');
  try {
    const launch = planLaunch(binaries.initdb, [`--pgdata=${clusterDir}`, ...flags], user, clusterDir);
    await promisify(execFile)(launch.program, launch.words, {
      ...launch.user,
      cwd: '/',
      env: childEnv(),
    });
  } catch (cause) {
    rmSync(clusterDir, { recursive: true, force: true });
    throw new Refusal(
      `PostgreSQL could not set up its data in ${clusterDir}: ${firstFault((cause as { stderr?: string }).stderr ?? String(cause), user)}`,
      { cause },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The one line of PostgreSQL's output that names the cause. */
export function firstFault(output: string, user: ServerUser): string {
  const line =
    output.split('\n').find((each) => /FATAL|PANIC|error:|EACCES|Permission denied/i.test(each)) ??
    output.trim().split('\n').at(-1) ??
    '';
  const fault = line.replace(/^.*?(FATAL|PANIC|error):\s*/i, '').trim() || 'it gave no reason';
  if (user && /EACCES|permission denied/i.test(fault)) {
    return `${fault}. The store runs as root, PostgreSQL as the user "postgres", who cannot reach the programs or the folder: put both where others may pass, for example under /opt or /srv.`;
  }
  return `${fault}.`;
}

/** PostgreSQL gets no secret of ours and speaks English, so that its reasons can be read. */
export function childEnv(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    LC_ALL: 'C',
    ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {}),
  };
}
