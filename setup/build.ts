import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm run build [-- chrome] [firefox]`: the extension as it ships, into .output/chrome-mv3 and .output/firefox-mv3. */
const root = fileURLToPath(new URL('..', import.meta.url));
const known = ['chrome', 'firefox'];
const asked = process.argv.slice(2);
const unknown = asked.filter((browser) => !known.includes(browser));
if (unknown.length > 0) {
  process.stderr.write(`There is no build for "${unknown.join(', ')}": it takes chrome or firefox.\n`);
  process.exit(1);
}
for (const browser of asked.length > 0 ? asked : known) {
  const wxt = join(root, 'node_modules', 'wxt', 'bin', 'wxt.mjs');
  const { status } = spawnSync(process.execPath, [wxt, 'build', '-b', browser], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
