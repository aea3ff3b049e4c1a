import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Step, steps } from './run/steps.ts';
import {
  add,
  countStep,
  countTrials,
  describeTally,
  type Result,
  readVitest,
  replaceResults,
  sumUp,
  type Tally,
} from './run/tally.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, '.output', 'test');
/** More broken files than this are no accident of pace. */
const fewFiles = 3;
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
  const notes: string[] = [];
  for (const [index, step] of chosen.entries()) {
    const missing = step.needs.find((need) => failed.has(need));
    say(`\n━━ ${index + 1}/${chosen.length} ${step.title} ━━`);
    const started = Date.now();
    const results = missing ? [] : await runStep(step, notes);
    const tally = missing ? { passed: 0, failed: 0, skipped: 1 } : sumUp(results);
    if (tally.failed > 0 || missing) failed.add(step.name);
    total = add(total, tally);
    notes.push(...results.flatMap(({ failures }) => failures.map((each) => `FAILED ${step.name}: ${each}`)));
    const outcome = missing ? `not run, as ${missing} failed` : describeTally(tally);
    const line = `${step.title}: ${outcome} (${((Date.now() - started) / 1000).toFixed(1)} s)`;
    lines.push(line);
    say(`━━ ${line}`);
  }
  say(['', ...lines, '', ...notes, describeTally(total)].join('\n'));
  return total.failed > 0 ? 1 : 0;
}

/** Runs a step. What held only when it was run once more goes to `notes`. */
async function runStep(step: Step, notes: string[]): Promise<Result[]> {
  if (step.counts === 'vitest') return runVitestStep(step, notes);
  let isGood = true;
  let output = '';
  for (const [program = '', ...args] of step.commands) {
    const result = await run(program, args, step.counts === 'trials');
    output += result.output;
    isGood = result.code === 0;
    if (!isGood) break;
  }
  const tally = step.counts === 'trials' ? countTrials(output, isGood) : countStep(isGood);
  return [{ file: null, tally, failures: tally.failed > 0 ? [`see above, under “${step.title}”`] : [] }];
}

async function runVitestStep(step: Step, notes: string[]): Promise<Result[]> {
  const first = await runVitest(step, step.name);
  const files = first.flatMap(({ file, failures }) => (file !== null && failures.length > 0 ? [file] : []));
  if (!step.isRunTwice || files.length === 0 || files.length > fewFiles) return first;
  say(`━━ once more: ${files.map((file) => relative(root, file)).join(', ')} ━━`);
  const second = await runVitest(step, `${step.name}-once-more`, files);
  const all = replaceResults(first, second);
  if (sumUp(all).failed === 0)
    notes.push(
      ...first.flatMap(({ failures }) => failures.map((each) => `ONLY AT THE SECOND TRY ${step.name}: ${each}`)),
    );
  return all;
}

async function runVitest(step: Step, reportName: string, files: readonly string[] = []): Promise<Result[]> {
  const report = join(reports, `${reportName}.json`);
  const [[program = '', ...args] = []] = step.commands;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run(program, [...args, ...files, ...reporters], false);
  return readVitest(report, code === 0);
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
