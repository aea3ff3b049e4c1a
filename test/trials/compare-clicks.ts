import type { RunningStore } from '../e2e/harness/store.ts';
import type { TrialResult } from './trial.ts';

/** What a device clicked, in order, by verdict. `isPromised`: the person was told that it is kept. */
export interface Click {
  verdictId: string;
  isPromised: boolean;
}

/** What the store holds in the end, beside what was clicked on each device. What was never promised may be missing, but not be there twice or out of order. */
export async function compareClicks(
  store: RunningStore,
  devices: readonly (readonly Click[])[],
): Promise<Pick<TrialResult, 'lost' | 'doubled' | 'disordered'>> {
  const kept = (await store.sql<{ id: string }>('select id from verdict order by at, id')).map(({ id }) => id);
  const told = await store.sql(
    `select 1 from feed_entry, jsonb_array_elements(changes) as change
     where change->>'kind' = 'verdict' group by change->>'id' having count(*) > 1`,
  );
  const all = new Set(kept);
  let [lost, disordered, known] = [0, 0, 0];
  for (const clicks of devices) {
    const own = new Set(clicks.map(({ verdictId }) => verdictId));
    const order = kept.filter((id) => own.has(id));
    const expected = clicks.map(({ verdictId }) => verdictId).filter((id) => all.has(id));
    known += expected.length;
    lost += clicks.filter(({ verdictId, isPromised }) => isPromised && !all.has(verdictId)).length;
    disordered += order.filter((id, index) => id !== expected[index]).length;
  }
  return { lost, doubled: told.length + Math.max(0, kept.length - known), disordered };
}
