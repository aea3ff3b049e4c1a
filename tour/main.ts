import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Sample, startSample } from '../test/e2e/harness/sample.ts';
import { fillWorkspace } from './field/fill-workspace.ts';
import { showSample } from './show.ts';
import { walkTour } from './walk.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line: string) => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } }, allowPositionals: false });
/** What has to be cleaned up, however this ends. */
const started: Sample[] = [];
const stopped = interrupted();
const code = await Promise.race([present(values.once), stopped]);
await Promise.all(started.map((sample) => sample.close()));
process.exit(code);

/** Builds, sets the sample up, then shows it in a window, or walks the tour where there is no display or `--once` is asked. Answers the exit code. */
async function present(isOnce: boolean): Promise<number> {
  try {
    say('Building the extension …');
    await buildExtension();
    say('Setting up the sample workspace …');
    const sample = await startSample();
    started.push(sample);
    say(`The store runs at ${sample.store.url}, on a PostgreSQL of its own in ${sample.store.dataDir}.\n`);
    say(`${sample.imported}\n${await fillWorkspace(sample.store)}`);
    if (isOnce || !hasDisplay()) await walkTour(sample, root, say);
    if (isOnce) return 0;
    if (hasDisplay()) await showSample(sample, say);
    say('Everything keeps running. Ctrl-C ends it and removes the sample.');
    return await stopped;
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

/** Whether a window can be shown: on Linux only with a display server. */
function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

async function buildExtension(): Promise<void> {
  const child = spawn('wxt', ['build', '-b', 'chrome'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`The extension could not be built:\n${printed}`);
}

/** Resolves with 0 when the person ends it by Ctrl-C, or the system does. */
function interrupted(): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(0));
  });
}
