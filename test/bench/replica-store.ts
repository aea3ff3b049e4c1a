import { type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { fetchPacked } from '../postgres/packed.ts';
import { figure, type Mark, percentile } from './benchmark.ts';
import { readProcess } from './read-process.ts';
import { fillStore } from './store-load.ts';
import { watchStore } from './watch-store.ts';

const peopleEach = 10;

/** The store's part of a copy of so many contacts, ten to an account with ten touches each: what packing takes and costs, and how others are answered meanwhile. */
export async function measurePacking(contacts: number, say: (line: string) => void): Promise<Mark[]> {
  const store = await startStore({ RATE_LIMIT: 'off' });
  try {
    const device = await joinStore(await store.invite('rep', 'rep@seller.example'), 'Rep');
    say(`  filling: ${contacts.toLocaleString('en-US')} contacts`);
    await fillStore(store, device, { accounts: Math.ceil(contacts / peopleEach) });
    say('  packing');
    return await measureFilled(store, device, contacts.toLocaleString('en-US'));
  } finally {
    await store.stop();
  }
}

async function measureFilled(store: RunningStore, device: Device, name: string): Promise<Mark[]> {
  const ask = (etag: string | null = null) =>
    fetchPacked(() =>
      fetch(`${store.url}/v1/snapshot/packed`, {
        headers: { Authorization: `Bearer ${device.token}`, ...(etag === null ? {} : { 'If-None-Match': etag }) },
      }),
    );
  const pid = store.pid() ?? 0;
  const before = readProcess(pid);
  const meanwhile = watchStore(store, device);
  const startedAt = performance.now();
  const whole = await ask();
  const packedMs = performance.now() - startedAt;
  const { lookups, peak } = await meanwhile.stop();
  const cpuSeconds = readProcess(pid).cpuSeconds - before.cpuSeconds;
  const bytes = (await whole.arrayBuffer()).byteLength;
  const againAt = performance.now();
  await (await ask()).arrayBuffer();
  const againMs = performance.now() - againAt;
  return [
    figure(`packing ${name} contacts`, packedMs / 1000, 's'),
    figure(`packing ${name} contacts: the store's own CPU`, cpuSeconds, 's'),
    figure(`packing ${name} contacts: the store's memory, above before`, peak - before.megabytes, 'MB'),
    figure(`packing ${name} contacts: sessions read meanwhile, p95`, percentile(lookups, 0.95), 'ms'),
    figure(`snapshot of ${name} contacts`, bytes / 1e6, 'MB'),
    figure(`snapshot of ${name} contacts: fetched again`, againMs, 'ms'),
  ];
}
