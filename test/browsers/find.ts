import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Browser, getInstalledBrowsers } from '@puppeteer/browsers';

/** The two engines Baton ships for. */
export type BrowserName = 'chromium' | 'firefox';

/** Where downloaded browsers are kept; shared with puppeteer's own downloads. */
export const cacheDir = process.env['PUPPETEER_CACHE_DIR'] ?? join(homedir(), '.cache', 'puppeteer');

interface Candidates {
  variable: string;
  downloads: Browser[];
  commands: string[];
  places: string[];
}

/** Google's own Chrome comes last: it takes an extension only over the debugging pipe. */
const candidates: Record<BrowserName, Candidates> = {
  chromium: {
    variable: 'CHROME_PATH',
    downloads: [Browser.CHROME, Browser.CHROMIUM],
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
    places: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    ],
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    downloads: [Browser.FIREFOX],
    commands: ['firefox', 'firefox-esr'],
    places: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      String.raw`C:\Program Files\Mozilla Firefox\firefox.exe`,
    ],
  },
};

/**
 * The path of a browser that is already here, or null.
 * Order: CHROME_PATH or FIREFOX_PATH (which must exist: an Error says so), the PATH, usual places, earlier downloads.
 */
export async function findBrowser(name: BrowserName): Promise<string | null> {
  const { variable, downloads, commands, places } = candidates[name];
  const named = process.env[variable];
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(`${variable} names ${named}, but there is no program there. Correct it or unset it.`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  const here = [...onPath, ...places].find(isProgram);
  if (here) return here;
  const downloaded = await getInstalledBrowsers({ cacheDir });
  const kept = downloaded.filter(
    ({ browser, executablePath }) => downloads.includes(browser) && isProgram(executablePath),
  );
  return kept.at(-1)?.executablePath ?? null;
}

/** Whether a path names a file that may be run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
