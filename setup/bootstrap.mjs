// From a fresh clone to a running program: installs the packages when they are missing or outdated, then runs the
// TypeScript program named in the arguments with the Node that came with them. Plain JavaScript without packages,
// for the Node (18 or newer) that the machine happens to have. Says everything on stderr: stdout is the program's.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explainInstallFailure, isInstalled } from './packages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin');
const neededMegabytes = 1000;
const say = (line) => process.stderr.write(`${line}\n`);

if (Number(process.versions.node.split('.')[0]) < 18) {
  say(
    `Baton needs Node 18 or newer to set itself up; this is ${process.versions.node}. Install a newer Node and run this again.`,
  );
  process.exit(1);
}
if (!isInstalled(root)) await installPackages();
await runProgram(process.argv.slice(2));

async function installPackages() {
  const free = freeMegabytes();
  if (free < neededMegabytes) {
    say(`The disk has ${free} MB free here, and the packages need ${neededMegabytes}. Free some and run this again.`);
    process.exit(1);
  }
  say('Installing the packages (once; about a minute) …');
  const started = Date.now();
  const npm = process.env.npm_execpath;
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const [program, args] = npm ? [process.execPath, [npm, ...flags]] : ['npm', flags];
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' },
    stdio: ['inherit', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && !npm,
  });
  let output = '';
  child.stdout.on('data', (chunk) => process.stderr.write(chunk));
  child.stderr.on('data', (chunk) => {
    output += chunk;
    process.stderr.write(chunk);
  });
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.once('close', resolve);
  });
  if (code !== 0 || !isInstalled(root)) {
    say(`\n${explainInstallFailure(output)}`);
    process.exit(1);
  }
  say(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** Many a program breaks on a full disk without a word of the disk. Node older than 18.15 cannot tell: then it is tried. */
function freeMegabytes() {
  if (!fs.statfsSync) return Number.POSITIVE_INFINITY;
  const { bavail, bsize } = fs.statfsSync(root);
  return Math.floor((bavail * bsize) / 1024 / 1024);
}

async function runProgram([program, ...args]) {
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const separator = process.platform === 'win32' ? ';' : ':';
  const child = spawn(node, [join(root, program), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${separator}${process.env.PATH ?? ''}` },
  });
  // A terminal sends Ctrl-C to both; this process only waits for the program to end in its own way.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    say(
      `The Node that Baton brings along could not be started (${error.message}). Remove node_modules and run this again.`,
    );
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    if (signal) process.removeAllListeners(signal);
    if (signal) process.kill(process.pid, signal);
    else process.exit(code ?? 1);
  });
}
