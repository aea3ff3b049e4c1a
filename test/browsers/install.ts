import { spawnSync } from 'node:child_process';
import { Browser, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers';
import { type BrowserName, cacheDir, findBrowser, isProgram } from './find.ts';

const debianPackages: Record<BrowserName, string[]> = {
  chromium: ['chromium', 'fonts-liberation'],
  firefox: ['firefox-esr'],
};

const answerWithinMs = 15_000;

/**
 * The path of a browser, installing it when there is none.
 * Root on a system with apt gets the system's package; everyone else a download into puppeteer's cache, and only when
 * that fails the package through sudo, if sudo asks for no password. Throws one sentence when all of it fails.
 */
export async function ensureBrowser(name: BrowserName, say: (line: string) => void): Promise<string> {
  const found = await findBrowser(name);
  if (found) return found;
  say(`No ${name} on this machine: installing one.`);
  const isRoot = process.getuid?.() === 0;
  const ways = isRoot ? [installPackage, download] : [download, installPackage];
  const reasons: string[] = [];
  for (const way of ways) {
    const reason = await way(name, say);
    const path = reason === null ? await findBrowser(name) : null;
    if (path) return path;
    reasons.push(reason ?? 'it was installed, but cannot be found');
  }
  const variable = name === 'chromium' ? 'CHROME_PATH' : 'FIREFOX_PATH';
  throw new Error(
    `There is no ${name} to be had on this machine (${reasons.join('; ')}). Install ${name} and run this again, or set ${variable} to its program.`,
  );
}

/** Each way answers null when it worked, else why it did not. */
async function installPackage(name: BrowserName, say: (line: string) => void): Promise<string | null> {
  if (!isProgram('/usr/bin/apt-get')) return 'no package manager that is known here';
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0) return 'the package manager needs a password';
  const prefix = isRoot ? [] : ['sudo', '-n'];
  const packages = debianPackages[name];
  say(`apt-get install ${packages.join(' ')} …`);
  const steps = [
    ['apt-get', 'update', '-q'],
    ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages],
  ];
  for (const step of steps) {
    const [program = '', ...args] = [...prefix, ...step];
    const { status, stderr } = spawnSync(program, args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (status !== 0) return `${step.slice(0, 2).join(' ')} failed: ${lastLine(stderr) || `exit ${status}`}`;
  }
  return null;
}

async function download(name: BrowserName, say: (line: string) => void): Promise<string | null> {
  const browser = name === 'chromium' ? Browser.CHROME : Browser.FIREFOX;
  const platform = detectBrowserPlatform();
  if (!platform) return 'no download for this kind of machine';
  try {
    const buildId = await withinTime(resolveBuildId(browser, platform, 'stable'), answerWithinMs);
    say(`Downloading ${browser} ${buildId} into ${cacheDir} …`);
    await install({ browser, buildId, cacheDir, platform });
    return null;
  } catch (error) {
    return `the download failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function withinTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds / 1000} s`)), milliseconds);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
