import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../refusal.ts';

/** Who PostgreSQL runs as. Null: as we do. */
export type ServerUser = { uid: number; gid: number } | null;

/** The user PostgreSQL runs as. Null: as we do. PostgreSQL refuses to run as root, so root lends it the user `postgres`, made when it is missing. */
export function findServerUser(): ServerUser {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    // No such user yet: made below.
  }
  try {
    execFileSync(
      'useradd',
      ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', '--user-group', 'postgres'],
      { stdio: 'ignore' },
    );
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch (cause) {
    throw new Refusal(
      'PostgreSQL does not run as root, and the user "postgres" for it could not be made. Start the store as another user, or set DATABASE_URL.',
      { cause },
    );
  }
}

/** A program with its arguments, and the user to spawn it as. */
export interface Launch {
  program: string;
  words: string[];
  user: { uid?: number; gid?: number };
}

/**
 * How to run a program of PostgreSQL as its user. When that user cannot pass the folders above the program or the data (a checkout in /root),
 * it is lent the one right to pass by files' permissions, which containers grant to root, and no other.
 */
export function planLaunch(program: string, words: readonly string[], user: ServerUser, dataDir: string): Launch {
  if (!user) return { program, words: [...words], user: {} };
  if (canReach(program, user) && canReach(dataDir, user)) return { program, words: [...words], user };
  const rights = [
    '--inh-caps=-all,+dac_override',
    '--ambient-caps=-all,+dac_override',
    '--bounding-set=-all,+dac_override',
  ];
  return {
    program: 'setpriv',
    words: [
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      '--clear-groups',
      ...rights,
      '--no-new-privs',
      program,
      ...words,
    ],
    user: {},
  };
}

/** Whether the user may pass all folders above the path. */
export function canReach(path: string, user: { uid: number; gid: number }): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    let bit = 0o001;
    if (uid === user.uid) bit = 0o100;
    else if (gid === user.gid) bit = 0o010;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
