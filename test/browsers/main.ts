import { spawnSync } from 'node:child_process';
import type { BrowserName } from './find.ts';
import { ensureBrowser } from './install.ts';

/** Finds or installs both browsers and says which they are: `node test/browsers/main.ts [chromium] [firefox]`. */
const asked = process.argv.slice(2) as BrowserName[];
const names: BrowserName[] = asked.length > 0 ? asked : ['chromium', 'firefox'];
for (const name of names) {
  try {
    const path = await ensureBrowser(name, (line) => void process.stderr.write(`${line}\n`));
    const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
    process.stdout.write(`${name}: ${path} (${stdout?.trim() || 'version unknown'})\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
