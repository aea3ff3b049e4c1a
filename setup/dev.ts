import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run dev [-- firefox]`: a store on this machine (its data in .baton/dev, kept) and WXT, which builds on every change
 * and reloads the extension in a browser of its own. Ctrl-C ends both; when one ends by itself, so does the other.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const browser = process.argv[2] ?? 'chrome';
if (browser !== 'chrome' && browser !== 'firefox') {
  process.stderr.write(`There is no build for "${browser}": it takes chrome or firefox.\n`);
  process.exit(1);
}

const children = [
  spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: { DATA_DIR: join(root, '.baton', 'dev'), ...process.env },
  }),
  spawn(join(root, 'node_modules', '.bin', 'wxt'), ['-b', browser], { cwd: root, stdio: 'inherit' }),
];
const stopAll = () => {
  for (const child of children) child.kill('SIGTERM');
};
for (const child of children) {
  child.once('exit', (code) => {
    process.exitCode ||= code ?? 0;
    stopAll();
  });
}
// A terminal sends Ctrl-C to the children as well: each ends in its own way, and this process after them.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', stopAll);
