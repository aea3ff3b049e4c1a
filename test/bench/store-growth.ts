import type { WorkspaceId } from '#contract/ids.ts';
import { createPool } from '../../server/db/pool.ts';
import { inWorkspace } from '../../server/db/scope.ts';
import { readBundles } from '../../server/store/bundle.ts';
import { readHashKeys } from '../../server/store/hash-key.ts';
import type { RunningStore } from '../e2e/harness/store.ts';
import { atMost, figure, type Mark, percentile } from './benchmark.ts';
import { readUrl } from './read-url.ts';
import { fillPeople, fillTouches, idOf, type Size } from './store-load.ts';

/** Those whose bundles are looked up while everybody else's touches grow. */
export const probes = 100;
/** How much slower and larger a bundle may become while all touches grow a thousandfold. */
const flatTo = 1.5;

/** Fills the store in two steps, and looks the same accounts up after each: with their own touches alone, and with everybody's. */
export async function growTouches(
  store: RunningStore,
  workspace: WorkspaceId,
  size: Size,
  say: (line: string) => void,
): Promise<Mark[]> {
  const people = size.accounts * size.contactsEach;
  const few = probes * size.contactsEach;
  const count = (number: number) => number.toLocaleString('en-US');
  say(`  filling: ${count(size.accounts)} accounts, ${count(people)} people`);
  await fillPeople(store, workspace, size);
  await fillTouches(store, workspace, { from: 0, to: few, each: size.touchesEach });
  await store.sql('vacuum analyze');
  const before = await lookUpBundles(store.dataDir, workspace);
  say(`  filling: ${count(people * size.touchesEach)} touches`);
  await fillTouches(store, workspace, { from: few, to: people, each: size.touchesEach });
  await store.sql('vacuum analyze');
  await store.sql('checkpoint');
  const after = await lookUpBundles(store.dataDir, workspace);
  const [from, to] = [count(few * size.touchesEach), count(people * size.touchesEach)];
  return [
    figure(`bundle query, p50, ${from} touches in the store`, before.p50, 'ms'),
    figure(`bundle query, p50, ${to} touches`, after.p50, 'ms'),
    atMost(flatTo, 'bundle query: growth', after.p50 / before.p50, '×'),
    figure('bundle: size', after.bytes, 'bytes'),
    atMost(flatTo, 'bundle: growth of size', after.bytes / before.bytes, '×'),
  ];
}

async function lookUpBundles(dataDir: string, workspace: WorkspaceId): Promise<{ p50: number; bytes: number }> {
  const db = createPool(readUrl(dataDir), { size: 1, onError: () => undefined, isPreparing: true });
  const samples: number[] = [];
  let bytes = 0;
  try {
    const { current } = await inWorkspace(db, workspace, (scope) => readHashKeys(scope, workspace));
    for (let turn = 0; turn < probes * 8; turn++) {
      const id = idOf('account', turn % probes);
      const startedAt = performance.now();
      const bundles = await inWorkspace(db, workspace, (scope) =>
        readBundles(scope, workspace, [id], current, new Date()),
      );
      samples.push(performance.now() - startedAt);
      if (turn < probes) bytes += JSON.stringify(bundles).length / probes;
    }
  } finally {
    await db.destroy();
  }
  // The first rounds warm the caches, as a store's are.
  return { p50: percentile(samples.slice(probes * 2), 0.5), bytes };
}
