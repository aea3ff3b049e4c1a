import { randomUUID } from 'node:crypto';
import type { ContactId } from '#contract/ids.ts';
import type { Device } from '../e2e/harness/device.ts';
import type { RunningStore } from '../e2e/harness/store.ts';

/** What a stretch of load came to. Times in ms. */
export interface Load {
  perSecond: number;
  samples: number[];
}

/** Runs one worker a device, each without a pause, for that long. A worker's errors end the measurement. */
export async function measureLoad(
  devices: number,
  milliseconds: number,
  once: (device: number) => Promise<void>,
): Promise<Load> {
  const samples: number[] = [];
  const started = performance.now();
  const end = started + milliseconds;
  const work = async (device: number) => {
    while (performance.now() < end) {
      const before = performance.now();
      await once(device);
      samples.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: devices }, (_, device) => work(device)));
  return { perSecond: samples.length / ((performance.now() - started) / 1000), samples };
}

/** Accounts, people and touches put straight into the database. Answers the people. */
export async function fillStore(store: RunningStore, device: Device, size: { accounts: number }): Promise<ContactId[]> {
  const workspace = device.session.workspace.id;
  const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
  const accounts = ids(size.accounts);
  await store.sql(
    `insert into account (workspace_id, id, name, segment, tier) select $1, id, 'Sample', 'Mid-size', 2 from unnest($2::uuid[]) as id`,
    [workspace, accounts],
  );
  const people = await store.sql<{ id: ContactId }>(
    `insert into contact (workspace_id, id, account_id, name)
     select $1, gen_random_uuid(), account, 'Person' from unnest($2::uuid[]) as account, generate_series(1, 10) returning id`,
    [workspace, accounts],
  );
  await store.sql(
    `insert into touch (workspace_id, id, source, external_id, contact_id, kind, at)
     select $1, gen_random_uuid(), 'bench', contact::text || n, contact, 'opened', now() - n * interval '1 day'
     from unnest($2::uuid[]) as contact, generate_series(1, 10) as n`,
    [workspace, people.map(({ id }) => id)],
  );
  await store.sql('analyze');
  return people.map(({ id }) => id);
}
