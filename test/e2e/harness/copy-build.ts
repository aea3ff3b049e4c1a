import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
export async function copyBuildWithHosts(name: BrowserName, hosts: readonly string[]): Promise<BuildCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-build-'));
  await cp(findBuild(name), folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as { host_permissions: string[] };
  manifest.host_permissions.push(...hosts);
  await writeFile(path, JSON.stringify(manifest));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
