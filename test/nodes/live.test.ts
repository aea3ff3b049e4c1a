import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { InsightId } from '#contract/ids.ts';
import { createLive, type Live } from '../../utils/sync/live.ts';
import { type Device, joinStore } from '../e2e/harness/device.ts';
import { type CompanyDatabase, startCompanyDatabase } from './database.ts';
import { type HoldingProxy, startHoldingProxy } from './holding-proxy.ts';
import { type Node, startNode } from './nodes.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });
vi.spyOn(console, 'info').mockImplementation(() => undefined);

let database: CompanyDatabase;
let node: Node;
let proxy: HoldingProxy;
let device: Device;
let colleague: Device;
let live: Live | null = null;
let pushed = 0;

beforeAll(async () => {
  database = await startCompanyDatabase();
  node = await startNode(database.url);
  device = await joinStore(await node.invite('rep', 'sam@seller.example'), 'Sam Weir');
  colleague = await joinStore(await node.invite('rep', 'ines@seller.example'), 'Ines Prado');
});
beforeEach(async () => {
  proxy = await startHoldingProxy(node.url);
});
afterEach(async () => {
  live?.stop();
  await proxy.close();
});
afterAll(async () => {
  await node?.end('SIGTERM');
  await database?.close();
});

const pushOne = () => {
  const body = {
    insightId: randomUUID() as InsightId,
    accountId: null,
    contactId: null,
    text: 'They buy in March.',
    quote: null,
    kind: 'customer',
    method: 'interview',
  } as const;
  pushed += 1;
  return colleague.push([{ kind: 'recordInsight', body, sequence: pushed, at: new Date().toISOString() }]);
};

/** The extension's own keeper of its live line, through the proxy. A stream that is held back is noticed sooner than usual. */
function listen(askingMs: number) {
  const poked = vi.fn();
  const memory: { until: number | null } = { until: null };
  live = createLive(
    {
      readLine: async () => ({ storeUrl: proxy.url, token: device.token }),
      heldBack: {
        read: async () => memory.until,
        write: async (until) => {
          memory.until = until;
        },
      },
      onPoke: poked,
      onSignedOut: () => undefined,
    },
    { openingMs: 1000, silenceMs: 40_000, answerMs: 40_000, shortMs: 500, askingMs },
  );
  live.ensure();
  return { poked, state: () => live?.state() };
}

describe('behind a proxy that holds streams back', () => {
  test('a browser asks instead, and hears of a colleague’s push as soon as there is one', async () => {
    const { poked, state } = listen(60_000);
    await expect.poll(state, { timeout: 10_000 }).toMatchObject({ isAsking: true, since: expect.any(String) });
    await expect.poll(() => proxy.paths.slice(0, 3)).toEqual(['/v1/live', '/v1/live/wait', '/v1/live/wait']);
    const before = poked.mock.calls.length;
    await new Promise((done) => setTimeout(done, 500));
    expect(poked.mock.calls.length).toBe(before);
    const at = performance.now();
    await pushOne();
    await expect.poll(() => poked.mock.calls.length, { interval: 10 }).toBeGreaterThan(before);
    expect(performance.now() - at).toBeLessThan(1000);
    expect(proxy.mostOpen()).toBe(1);
  });

  test('it tries a stream again by itself, and holds it once the proxy lets it through', async () => {
    const { poked, state } = listen(2000);
    await expect.poll(state, { timeout: 10_000 }).toMatchObject({ isAsking: true, since: expect.any(String) });
    proxy.isHolding = false;
    await expect.poll(state, { timeout: 10_000 }).toMatchObject({ isAsking: false, since: expect.any(String) });
    await new Promise((done) => setTimeout(done, 300));
    const before = poked.mock.calls.length;
    await pushOne();
    await expect.poll(() => poked.mock.calls.length, { interval: 10 }).toBeGreaterThan(before);
    expect(proxy.mostOpen()).toBe(1);
  });
});
