import { z } from 'zod';
import { type Timing, timingSchema } from '#contract/diagnostics.ts';
import { readSessionValue, writeSessionValue } from '../../utils/settings/session-items.ts';

/** So many cards are kept; older ones go. */
const most = 100;

let writing: Promise<void> = Promise.resolve();

/** How the last cards of this browser session came, oldest first. */
export async function readTimings(): Promise<Timing[]> {
  const kept = z.array(timingSchema).safeParse(JSON.parse((await readSessionValue('timings')) ?? '[]'));
  return kept.success ? kept.data : [];
}

/** Notes how a card came, in the browser's memory alone. One after the other: two tabs may speak at once. */
export async function noteTiming(timing: Timing): Promise<void> {
  writing = writing
    .catch(() => undefined)
    .then(async () => writeSessionValue('timings', JSON.stringify([...(await readTimings()), timing].slice(-most))));
  await writing;
}
