import type { Bundle } from '#contract/bundle.ts';
import { type SnapshotLine, snapshotLineNames, snapshotLineSchema } from '#contract/feed.ts';
import { readLastSettled } from '../outbox/read.ts';
import { applyLines, BrokenSnapshot } from '../replica/apply-lines.ts';
import { readLocal } from '../settings/local-state.ts';
import { type Line, readFailure, requestOf } from './call.ts';
import { askSession } from './connection.ts';
import { noteCopying } from './copying.ts';
import { forgetPeople } from './forget-people.ts';
import type { Ground } from './ground.ts';
import { readSecret } from './hash-keys.ts';
import { readTextLines } from './lines.ts';
import { takeProgress } from './progress.ts';
import type { Silence } from './silence.ts';
import { done, failStep, type Step } from './step.ts';

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

/** The key of a copy is here before the copy is: else nobody in it could be found. Throws `BrokenSnapshot` where the store does not tell it. */
async function learnKey(ground: Ground, line: Line, keyId: string): Promise<void> {
  const isKnown = async () => {
    const connection = await readLocal(ground.local, 'connection');
    return connection !== null && (await readSecret(ground, connection, keyId)) !== null;
  };
  if (await isKnown()) return;
  await askSession(ground, line);
  if (!(await isKnown())) throw new BrokenSnapshot('The copy is under a key that this browser was not told.');
}

/** Takes a whole copy line by line, from a store that does not pack. Rejects with `BrokenSnapshot` when it was cut off, or is somebody else's page. */
export async function takeLines(ground: Ground, line: Line, keyId: string, silence: Silence): Promise<Step> {
  const request = requestOf(line, 'GET', undefined, silence.signal);
  const response = await ground.fetch(`${line.storeUrl}/v1/snapshot?keyId=${keyId}`, request);
  if (!response.ok) return failStep(await readFailure(response));
  const device = await applyLines(ground.replica, readLines(response, silence.heard), {
    keyId,
    settledSequence: await readLastSettled(ground.outbox),
    prepare: async (erased, named) => {
      await forgetPeople(ground, erased);
      if (named !== keyId) await learnKey(ground, line, named);
    },
    onProgress: (copied, of) => noteCopying(ground, { copied, of, packed: null }),
  });
  await takeProgress(ground, device);
  return done;
}
