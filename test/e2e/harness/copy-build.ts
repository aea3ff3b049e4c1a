import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserName } from '../../browsers/find.ts';
import { findBuild } from './sample.ts';

/** A folder with a copy of the build, until it is removed. */
export interface BuildCopy {
  folder: string;
  remove(): Promise<void>;
}

/**
 * A copy of the shipped build whose manifest alone differs: it names these hosts as well (match patterns). Headless Chromium cannot accept the question for an
 * optional host; with this everything else about such a host is as it is shipped.
 */
export function copyBuildWithHosts(name: BrowserName, hosts: readonly string[]): Promise<BuildCopy> {
  return copyBuildWith(name, (manifest) => void manifest.host_permissions.push(...hosts));
}

/** A copy of the shipped build that has no right to more of the disk than any website: without it, a test can set how much there is. */
export function copyBuildWithQuota(name: BrowserName): Promise<BuildCopy> {
  return copyBuildWith(name, (manifest) => {
    manifest.permissions = manifest.permissions.filter((permission) => permission !== 'unlimitedStorage');
  });
}

interface Manifest {
  host_permissions: string[];
  permissions: string[];
}

async function copyBuildWith(name: BrowserName, change: (manifest: Manifest) => void): Promise<BuildCopy> {
  const { folder, remove } = await copyBuild(name);
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
  change(manifest);
  await writeFile(path, JSON.stringify(manifest));
  return { folder, remove };
}

/** A copy of the shipped build whose background also does this: code that is run after its own. For a test to show that it would notice. */
export async function copyBuildWithCode(name: BrowserName, code: string): Promise<BuildCopy> {
  const copy = await copyBuild(name);
  await appendFile(join(copy.folder, 'background.js'), `\n;(() => {${code}})();\n`);
  return copy;
}

async function copyBuild(name: BrowserName): Promise<BuildCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-build-'));
  await cp(findBuild(name), folder, { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
