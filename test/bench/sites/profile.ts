import type { CDPSession, Page, Protocol } from 'puppeteer-core';

/** What a CPU profile says of some scripts: all time under them, the longest stretch without a break, and how many lasted over 50 ms. */
export interface ScriptTime {
  totalMs: number;
  longestMs: number;
  longTasks: number;
}

const longMs = 50;

/** The nodes of a profile that are the scripts' own or were called from them. */
function nodesUnder({ nodes }: Protocol.Profiler.Profile, isOurs: (url: string) => boolean): Set<number> {
  const found = new Set<number>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const visit = (id: number, isUnder: boolean) => {
    const node = byId.get(id);
    if (node === undefined) return;
    const isIn = isUnder || isOurs(node.callFrame.url);
    if (isIn) found.add(id);
    for (const child of node.children ?? []) visit(child, isIn);
  };
  const [root] = nodes;
  if (root !== undefined) visit(root.id, false);
  return found;
}

/** Adds up a profile's samples under the scripts. */
export function addUp(profile: Protocol.Profiler.Profile, isOurs: (url: string) => boolean): ScriptTime {
  const ours = nodesUnder(profile, isOurs);
  const { samples = [], timeDeltas = [] } = profile;
  const stretches: number[] = [0];
  for (const [index, sample] of samples.entries()) {
    // A sample stands for the time until the next one.
    const ms = (timeDeltas[index + 1] ?? 0) / 1000;
    if (ours.has(sample)) stretches.push((stretches.pop() ?? 0) + ms);
    else if (stretches.at(-1) !== 0) stretches.push(0);
  }
  const totalMs = stretches.reduce((sum, each) => sum + each, 0);
  return { totalMs, longestMs: Math.max(...stretches), longTasks: stretches.filter((each) => each > longMs).length };
}

/** Profiles the page's main thread, every world of it, while something goes on. */
export async function profileDuring(page: Page, act: () => Promise<void>): Promise<Protocol.Profiler.Profile> {
  const session: CDPSession = await page.createCDPSession();
  try {
    await session.send('Profiler.enable');
    await session.send('Profiler.setSamplingInterval', { interval: 100 });
    await session.send('Profiler.start');
    await act();
    return (await session.send('Profiler.stop')).profile;
  } finally {
    await session.detach();
  }
}
