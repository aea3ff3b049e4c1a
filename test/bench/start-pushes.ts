import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PushRequest, PushResult } from './push-load.ts';

/** Reps who push in a process of their own, until they are stopped. */
export interface Pushes {
  stop(): void;
  result: Promise<PushResult>;
}

/** Starts them. */
export function startPushes(request: PushRequest): Pushes {
  const program = fileURLToPath(new URL('./push-load.ts', import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(request)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const result = (async () => {
    let output = '';
    for await (const chunk of child.stdout) output += chunk;
    if (output === '') throw new Error('The process that pushes ended without a result.');
    return JSON.parse(output) as PushResult;
  })();
  return { stop: () => void child.stdin.end(), result };
}
