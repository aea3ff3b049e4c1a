import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../refusal.ts';
import type { Binaries } from './binaries.ts';
import { readPostmaster, stopPostmaster } from './postmaster.ts';

/** The data is of another major version of PostgreSQL than the programs, which cannot read it. */
export class OtherMajor extends Refusal {
  override name = 'OtherMajor';
  readonly found: number;
  readonly shipped: number;

  constructor(clusterDir: string, found: number, shipped: number) {
    super(
      found < shipped
        ? `The data in ${clusterDir} is of PostgreSQL ${found}, and this version of Baton brings PostgreSQL ${shipped}, which cannot read it as it is. Nothing was changed. To move it, run: npm run store -- upgrade-postgres`
        : `The data in ${clusterDir} is of PostgreSQL ${found}, which is newer than the PostgreSQL ${shipped} of this version of Baton: start the newer version of Baton. Nothing was changed.`,
    );
    this.found = found;
    this.shipped = shipped;
  }
}

/** The major version of a cluster's data; null where there is none. */
export function readClusterMajor(clusterDir: string): number | null {
  const path = join(clusterDir, 'PG_VERSION');
  return existsSync(path) ? Number.parseInt(readFileSync(path, 'utf8'), 10) : null;
}

/** The major version of PostgreSQL's programs. Throws when they do not run. */
export function readProgramMajor({ postgres }: Pick<Binaries, 'postgres'>): number {
  const told = execFileSync(postgres, ['--version'], {
    encoding: 'utf8',
    cwd: '/',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return Number(/\) (\d+)/.exec(told)?.[1]);
}

/** Throws `OtherMajor` when these programs cannot read this cluster. */
export function refuseOtherMajor(clusterDir: string, binaries: Binaries): void {
  const found = readClusterMajor(clusterDir);
  if (found === null) return;
  const shipped = readProgramMajor(binaries);
  if (found !== shipped) throw new OtherMajor(clusterDir, found, shipped);
}

/** Whether a process runs that very file. True where the system does not tell. */
export function runsProgram(pid: number, program: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`) === realpathSync(program);
  } catch {
    return true;
  }
}

/** Where the data of the new major version is built, beside the old: a data folder of its own. */
export function asideOf(dir: string): string {
  return join(dir, 'upgrade');
}

const markOf = (dir: string) => join(asideOf(dir), 'whole.json');

/** Notes that the cluster built aside is whole and stopped. From here on the next start puts it in place, whatever happens in between. */
export function markWhole(dir: string, from: number): void {
  writeFileSync(markOf(dir), JSON.stringify({ from }), { mode: 0o600, flush: true });
  flush(asideOf(dir));
}

/**
 * Brings a move to another major version to an end, wherever it was cut off: what is not whole is thrown away and the old data stands;
 * what is whole takes the place of the old, which is kept as `postgres-<major>-old`. Answers where the old is, null when nothing was moved.
 */
export async function settleMove(dir: string): Promise<string | null> {
  const aside = asideOf(dir);
  if (!existsSync(aside)) return null;
  const [made, cluster] = [join(aside, 'postgres'), join(dir, 'postgres')];
  const left = readPostmaster(made);
  if (left) await stopPostmaster(made, left.pid);
  let kept: string | null = null;
  if (existsSync(markOf(dir)) && existsSync(made) && !wasUsedSince(cluster, markOf(dir))) {
    const { from } = JSON.parse(readFileSync(markOf(dir), 'utf8')) as { from: number };
    kept = nameOld(dir, from);
    if (existsSync(cluster)) renameSync(cluster, kept);
    renameSync(made, cluster);
    flush(dir);
  }
  rmSync(aside, { recursive: true, force: true });
  return kept;
}

/** An older Baton that was started in between has written to the old data: then that is the one to keep, and to be moved again. */
function wasUsedSince(cluster: string, mark: string): boolean {
  const control = statSync(join(cluster, 'global', 'pg_control'), { throwIfNoEntry: false });
  return control !== undefined && control.mtimeMs > statSync(mark).mtimeMs;
}

function nameOld(dir: string, major: number): string {
  for (let number = 1; ; number++) {
    const path = join(dir, `postgres-${major}-old${number === 1 ? '' : `-${number}`}`);
    if (!existsSync(path)) return path;
  }
}

/** A rename is on the disk only when its folder is. Windows has no such thing. */
function flush(dir: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dir, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
