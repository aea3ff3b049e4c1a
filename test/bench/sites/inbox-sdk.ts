import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import { rolldown } from 'rolldown';
import { figure, type Mark } from '../benchmark.ts';
import { addUp, profileDuring } from './profile.ts';

const name = '@inboxsdk/core';
const run = promisify(execFile);

/** Another package's script for a page, as a bundler makes it. */
export interface OtherPackage {
  name: string;
  code: string;
}

/**
 * The package that extensions for the same mail page are commonly built on, for comparison alone: installed into a folder that goes again, never
 * a part of this project. Null, with a word of why, where the registry cannot be reached.
 */
export async function fetchOther(say: (line: string) => void): Promise<OtherPackage | null> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-compare-'));
  try {
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    await run('npm', ['install', name, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'], {
      cwd: folder,
      timeout: 180_000,
    });
    await writeFile(join(folder, 'entry.js'), `import * as sdk from '${name}'; globalThis.otherPackage = sdk;`);
    const build = await rolldown({
      input: join(folder, 'entry.js'),
      cwd: folder,
      platform: 'browser',
      logLevel: 'silent',
    });
    const { output } = await build.generate({ format: 'iife', minify: true });
    await build.close();
    return { name, code: output[0].code };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    say(`  ${name} could not be fetched for comparison (${reason}): its figures are left out.`);
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What the package weighs, and how long the page is busy with nothing but loading it. */
export async function measureOther(page: Page, { name: other, code }: OtherPackage): Promise<Mark[]> {
  const address = 'https://other-package.example/bundle.js';
  const profile = await profileDuring(page, async () => {
    await page.evaluate(`${code}\n//# sourceURL=${address}`);
  });
  return [
    figure(`${other}, for comparison`, gzipSync(code, { level: 9 }).byteLength / 1000, 'kB gzip'),
    figure(`${other}, loading it`, addUp(profile, (url) => url === address).totalMs, 'ms'),
  ];
}
