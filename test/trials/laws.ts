import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Trial, TrialResult } from './trial.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The laws of sync, on so many days of three devices, two stores, tables and erasing. */
export const lawsTrial: Trial = {
  name: 'laws',
  about: 'days of three devices on two stores at once, with tables and erasing, over a network that repeats and loses',
  usualCount: 200,
  async run(count, say): Promise<TrialResult> {
    const words = ['run', '--project=store', 'test/laws/laws.test.ts', '--testNamePattern', 'every copy'];
    const env = { ...process.env, BATON_LAW_DAYS: String(count) };
    const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...words], { cwd: root, env });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        printed += chunk;
      });
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code === 0) return { name: lawsTrial.name, count, lost: 0, doubled: 0, disordered: 0, apart: 0 };
    // Which law broke, and on which day, is for a person to read.
    say(printed);
    return { name: lawsTrial.name, count, lost: 0, doubled: 0, disordered: 0, apart: 1 };
  },
};
