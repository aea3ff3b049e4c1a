import type { Bundle } from '#contract/bundle.ts';
import { type SnapshotLine, snapshotLineNames, snapshotLineSchema } from '#contract/feed.ts';
import { readLastSettled } from '../outbox/read.ts';
import { log } from '../platform/log.ts';
import { applySnapshot, BrokenSnapshot } from '../replica/apply-snapshot.ts';
import { type Line, readFailure, requestOf } from './call.ts';
import { forgetPeople } from './forget-people.ts';
import type { Ground } from './ground.ts';
import { readTextLines } from './lines.ts';
import { takeProgress } from './progress.ts';
import { done, failStep, type Step } from './step.ts';

/** How long the stream may be silent, in milliseconds. A snapshot as a whole may take as long as it takes. */
const silenceMs = 30_000;

function isListWith(raw: unknown, ...names: string[]): boolean {
  return Array.isArray(raw) && raw.every((each) => names.every((name) => each?.[name] !== undefined));
}

/** Whether a bundle can be kept and found again. The schema itself costs over a millisecond a bundle where code may not be generated, and drops what a newer store adds. */
function isBundle(raw: unknown): raw is Bundle {
  if (typeof raw !== 'object' || raw === null) return false;
  const { id, account, contacts, insights } = raw as Partial<Bundle>;
  const isAccount = account === null || Array.isArray(account?.keys);
  return (
    typeof id === 'string' &&
    isAccount &&
    isListWith(contacts, 'id', 'keys', 'score', 'touches') &&
    isListWith(insights, 'id')
  );
}

/** One line of the copy; null for one of a kind that only a newer store knows. */
function parseLine(text: string): SnapshotLine | null {
  try {
    const raw = JSON.parse(text) as { line?: unknown; bundles?: unknown };
    const { line, bundles } = raw;
    if (typeof line === 'string' && !snapshotLineNames.includes(line)) return null;
    if (line !== 'bundles') return snapshotLineSchema.parse(raw);
    if (!Array.isArray(bundles) || !bundles.every(isBundle)) throw new Error('not bundles');
    return { line, bundles };
  } catch (cause) {
    throw new BrokenSnapshot('A line of the copy makes no sense.', { cause });
  }
}

async function* readLines(response: Response, heard: () => void): AsyncGenerator<SnapshotLine> {
  if (response.body === null) throw new BrokenSnapshot('The copy is empty.');
  for await (const text of readTextLines(response.body)) {
    heard();
    const line = text === '' ? null : parseLine(text);
    if (line !== null) yield line;
  }
}

async function take(ground: Ground, line: Line, silence: AbortController, heard: () => void): Promise<Step> {
  const request = requestOf(line, 'GET', undefined, silence.signal);
  const response = await ground.fetch(`${line.storeUrl}/v1/snapshot`, request);
  if (!response.ok) return failStep(await readFailure(response));
  const settled = await readLastSettled(ground.outbox);
  const forget = (erased: readonly string[]) => forgetPeople(ground, erased);
  const device = await applySnapshot(ground.replica, readLines(response, heard), settled, forget, (progress) => {
    const told = ground.copying;
    const isStep = told === null || told.of === 0 || progress.copied - told.copied >= progress.of * 0.05;
    if (!isStep) return;
    ground.copying = progress;
    ground.changed();
  });
  await takeProgress(ground, device);
  return done;
}

/** Fetches a whole copy. A copy that is cut off, or that is somebody else's page, is not taken: the old one stays. */
export async function takeSnapshot(ground: Ground, line: Line): Promise<Step> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMs);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), silenceMs);
  };
  ground.copying = { copied: 0, of: 0 };
  try {
    return await take(ground, line, silence, heard);
  } catch (error) {
    log.warn('sync', 'no copy was taken', { error });
    return { kind: 'unreachable', why: 'the copy did not come whole' };
  } finally {
    clearTimeout(timer);
    ground.copying = null;
    ground.changed();
  }
}
