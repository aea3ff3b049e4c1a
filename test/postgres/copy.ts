import type { Bundle, TalkingPoint } from '../../utils/contract/bundle.ts';
import type { Cursor, PullAnswer } from '../../utils/contract/feed.ts';
import { listBundles, type TestDevice } from './store.ts';

/** A whole copy, as a device begins with one. */
export interface WholeCopy {
  cursor: Cursor;
  bundles: readonly Bundle[];
  talkingPoints: readonly TalkingPoint[];
}

/** What a device holds, by id, in plain maps. */
export interface TestCopy {
  bundles: Map<string, Bundle>;
  talkingPoints: Map<string, TalkingPoint>;
  cursor(): Cursor | null;
  /** Pulls until there is no more; takes a whole copy first, and whenever the store says so. Answers how many whole ones it took. */
  sync(): Promise<number>;
}

/** The copy of a snapshot in lines. */
export async function takeLines(device: TestDevice): Promise<WholeCopy> {
  const lines = await device.snapshot();
  const [head] = lines;
  if (head?.line !== 'head') throw new Error('A snapshot begins with its head.');
  const talkingPoints = lines.flatMap((line) => (line.line === 'talkingPoints' ? line.talkingPoints : []));
  return { cursor: head.cursor, bundles: listBundles(lines), talkingPoints };
}

/** A device's copy, empty; `takeWhole` fetches whole ones. */
export function createCopy(device: TestDevice, takeWhole: () => Promise<WholeCopy>): TestCopy {
  const bundles = new Map<string, Bundle>();
  const talkingPoints = new Map<string, TalkingPoint>();
  let cursor: Cursor | null = null;

  function begin(whole: WholeCopy): void {
    bundles.clear();
    talkingPoints.clear();
    for (const bundle of whole.bundles) bundles.set(bundle.id, bundle);
    for (const point of whole.talkingPoints) talkingPoints.set(point.id, point);
    cursor = whole.cursor;
  }

  function apply(answer: Extract<PullAnswer, { status: 'changes' }>): void {
    for (const bundle of answer.bundles) bundles.set(bundle.id, bundle);
    for (const id of answer.removedBundles) bundles.delete(id);
    for (const point of answer.talkingPoints) talkingPoints.set(point.id, point);
    for (const id of answer.removedTalkingPoints) talkingPoints.delete(id);
    cursor = answer.to;
  }

  return {
    bundles,
    talkingPoints,
    cursor: () => cursor,
    async sync() {
      let wholes = 0;
      for (let turn = 0; turn < 100; turn++) {
        const answer = cursor === null ? null : await device.pull(cursor);
        if (answer?.status === 'changes') {
          apply(answer);
          if (!answer.more) return wholes;
          continue;
        }
        begin(await takeWhole());
        wholes += 1;
      }
      throw new Error('The copy never comes to an end.');
    },
  };
}
