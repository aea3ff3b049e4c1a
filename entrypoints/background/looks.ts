import { z } from 'zod';
import { type NotedLook, notedLookSchema } from '#contract/look.ts';
import { readSessionValue, writeSessionValue } from '../../utils/settings/session-items.ts';

/** So many looks are kept a site; older ones go. */
const most = 12;

let writing: Promise<void> = Promise.resolve();

/** The looks of this browser session, newest first. */
export async function readLooks(): Promise<NotedLook[]> {
  const kept = z.array(notedLookSchema).safeParse(JSON.parse((await readSessionValue('looks')) ?? '[]'));
  return kept.success ? kept.data : [];
}

/** Adds a look to a list that has the newest first, and lets go of its site's oldest. */
export function addLook(looks: readonly NotedLook[], look: NotedLook): NotedLook[] {
  const counts = new Map<string, number>();
  return [look, ...looks].filter(({ site }) => {
    const count = (counts.get(site) ?? 0) + 1;
    counts.set(site, count);
    return count <= most;
  });
}

/** Notes a look, in the browser's memory alone. One after the other: two tabs may speak at once. */
export async function noteLook(look: NotedLook): Promise<void> {
  writing = writing
    .catch(() => undefined)
    .then(async () => writeSessionValue('looks', JSON.stringify(addLook(await readLooks(), look))));
  await writing;
}
