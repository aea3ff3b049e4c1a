import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Step, steps } from './run/steps.ts';
import { add, countStep, countTrials, countVitest, describeTally, type Tally } from './run/tally.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, '.output', 'test');
const neededBytes = 500 * 1024 * 1024;

const say = (line: string) => void process.stdout.write(`${line}\n`);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  say(`There is no step ${unknown.join(', ')}. Steps: ${steps.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
await requireRoom();
process.exitCode = await runSteps(asked.length > 0 ? steps.filter(({ name }) => asked.includes(name)) : steps);

async function runSteps(chosen: readonly Step[]): Promise<number> {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  let total: Tally = { passed: 0, failed: 0, skipped: 0 };
  const failed = new Set<string>();
  const lines: string[] = [];
  for (const [index, step] of chosen.entries()) {
    const missing = step.needs.find((need) => failed.has(need));
    say(`\n━━ ${index + 1}/${chosen.length} ${step.title} ━━`);
    const started = Date.now();
    const tally = missing ? { passed: 0, failed: 0, skipped: 1 } : await runStep(step);
    if (tally.failed > 0 || missing) failed.add(step.name);
    total = add(total, tally);
    const outcome = missing ? `not run, as ${missing} failed` : describeTally(tally);
    const line = `${step.title}: ${outcome} (${((Date.now() - started) / 1000).toFixed(1)} s)`;
    lines.push(line);
    say(`━━ ${line}`);
  }
  say(`\n${lines.join('\n')}\n\n${describeTally(total)}`);
  return total.failed > 0 ? 1 : 0;
}

async function runStep(step: Step): Promise<Tally> {
  const report = join(reports, `${step.name}.json`);
  let isGood = true;
  let output = '';
  for (const [program = '', ...args] of step.commands) {
    const more =
      step.counts === 'vitest' ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
    const result = await run(program, [...args, ...more], step.counts === 'trials');
    output += result.output;
    isGood = result.code === 0;
    if (!isGood) break;
  }
  if (step.counts === 'vitest') return countVitest(report, isGood);
  if (step.counts === 'trials') return countTrials(output, isGood);
  return countStep(isGood);
}

function run(program: string, args: string[], isRead: boolean): Promise<{ code: number; output: string }> {
  const file = program === 'node' ? process.execPath : join(root, 'node_modules', '.bin', program);
  const child = spawn(file, args, {
    cwd: root,
    stdio: ['ignore', isRead ? 'pipe' : 'inherit', 'inherit'],
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    shell: process.platform === 'win32',
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    process.stdout.write(chunk);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(`${program} could not be started: ${error.message}`);
      resolve({ code: 1, output });
    });
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A full disk breaks browsers and PostgreSQL in ways that say nothing of the disk. */
async function requireRoom(): Promise<void> {
  for (const folder of [root, tmpdir()]) {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize >= neededBytes) continue;
    say(`The disk under ${folder} is nearly full: the tests need 500 MB there. Free some and run this again.`);
    process.exit(1);
  }
}
