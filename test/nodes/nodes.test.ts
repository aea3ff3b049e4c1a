import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { InsightId } from '#contract/ids.ts';
import type { PushedMutation } from '#contract/mutation.ts';
import { type Device, joinStore } from '../e2e/harness/device.ts';
import { type Balancer, startBalancer } from './balancer.ts';
import { type CompanyDatabase, startCompanyDatabase } from './database.ts';
import { type Node, startNode } from './nodes.ts';
import { followLive } from './stream.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let database: CompanyDatabase;
let balancer: Balancer;
const running = new Set<Node>();

beforeAll(async () => {
  [database, balancer] = await Promise.all([startCompanyDatabase(), startBalancer()]);
});
afterAll(async () => {
  await balancer?.close();
  await database?.close();
});
afterEach(async () => {
  for (const node of running) await node.end('SIGKILL');
  running.clear();
});

async function start(variables: Record<string, string> = {}): Promise<Node> {
  const node = await startNode(database.url, { PUBLIC_URL: balancer.url, DRAIN_SECONDS: '0', ...variables });
  running.add(node);
  return node;
}
const startBoth = async (variables?: Record<string, string>): Promise<[Node, Node]> => {
  const nodes = await Promise.all([start(variables), start(variables)]);
  balancer.setNodes(nodes.map((node) => node.url));
  return nodes as [Node, Node];
};

let invited = 0;
const join = async (node: Node): Promise<Device> =>
  joinStore(await node.invite('rep', `rep-${++invited}@seller.example`), `Rep ${invited}`);

function insight(sequence: number): PushedMutation {
  const body = {
    insightId: randomUUID() as InsightId,
    accountId: null,
    contactId: null,
    text: `Number ${sequence}`,
    quote: null,
    kind: 'customer',
    method: 'interview',
  } as const;
  return { kind: 'recordInsight', body, sequence, at: new Date().toISOString() };
}
const countInsights = async (device: Device) =>
  (
    await database.sql<{ all: number; each: number }>(
      'select count(*)::int as all, count(distinct text)::int as each from insight where device_id = $1',
      [device.session.device.id],
    )
  )[0];

describe('two nodes on one database', () => {
  test('that start at the same moment on an empty one make one workspace, and one invite that holds', async () => {
    const nodes = await startBoth();
    expect(await database.sql('select id from tenant')).toHaveLength(1);
    expect(await database.sql('select workspace_id from workspace')).toHaveLength(1);
    const invites = nodes.map((node) => node.firstInvite()).filter((link) => link !== null);
    expect(invites).toHaveLength(2);
    const taken = await Promise.allSettled(invites.map((link) => joinStore(link, 'Ines Prado')));
    expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('hear of each other’s pushes by notification: each listens on one connection', async () => {
    const [one, other] = await startBoth();
    const device = await join(one);
    const listening = () =>
      database.sql(`select 1 from pg_stat_activity where application_name = 'baton listen' and query ilike 'listen%'`);
    await expect.poll(listening, { timeout: 10_000 }).toHaveLength(2);
    const stream = await followLive(other.url, device.token);
    await stream.until('poke');
    await new Promise((done) => setTimeout(done, 300));
    const before = stream.pokes();
    await device.push([insight(1)]);
    await stream.until('poke', before + 1);
    expect(one.output()).not.toContain('could not hint');
    stream.leave();
  });

  test('a device whose node is killed goes on with the other, and what it did is there once', async () => {
    const [one, other] = await startBoth();
    const device = await join(one);
    const perfect = Array.from({ length: 40 }, (_, index) => insight(index + 1));
    let moved = 0;
    for (const [index, each] of perfect.entries()) {
      if (index === 15) {
        running.delete(one);
        void one.end('SIGKILL');
      }
      // A device that got no answer sends the same again.
      while (!(await device.push([each]).catch(() => null))) moved += 1;
    }
    expect(await countInsights(device)).toEqual({ all: 40, each: 40 });
    expect(moved).toBeLessThan(200);
    expect(balancer.counts.get(other.url)).toBeGreaterThan(0);
  });

  test('a node that is told to stop is not ready first, says goodbye to its streams, finishes what it has begun, and goes', async () => {
    const [one, other] = await startBoth({ DRAIN_SECONDS: '1' });
    const [device, colleague] = [await join(one), await join(one)];
    const streams = await Promise.all([device, colleague].map(({ token }) => followLive(one.url, token)));
    await Promise.all(streams.map((stream) => stream.until('poke')));
    running.delete(one);
    const gone = one.end('SIGTERM');
    await expect.poll(async () => (await fetch(`${one.url}/readyz`)).status, { interval: 20 }).toBe(503);
    // Still serving whoever comes: the balancer may not have looked yet.
    const late = await fetch(`${one.url}/v1/session`, { headers: { authorization: `Bearer ${device.token}` } });
    expect(late.status).toBe(200);
    expect(late.headers.get('connection')).toBe('close');
    expect((await fetch(`${one.url}/v1/live`, { headers: { authorization: `Bearer ${device.token}` } })).status).toBe(
      503,
    );
    for (const stream of streams) {
      expect(await stream.ended()).toBe(true);
      expect(stream.retryMs()).toBeGreaterThanOrEqual(500);
    }
    expect(await gone).toBe(0);
    expect((await fetch(`${balancer.url}/readyz`)).status).toBe(200);
    expect(other.output()).not.toContain('going down');
  });

  test('pushes that come without a pause while one node after the other is replaced are all there, once', async () => {
    const [one, other] = await startBoth({ DRAIN_SECONDS: '1' });
    const device = await join(other);
    let isOver = false;
    let sent = 0;
    const pushing = (async () => {
      while (!isOver) {
        sent += 1;
        const each = insight(sent);
        while (!(await device.push([each]).catch(() => null))) await new Promise((done) => setTimeout(done, 20));
      }
    })();
    for (const old of [one, other]) {
      const fresh = await start({ DRAIN_SECONDS: '1' });
      balancer.setNodes([...running].map((node) => node.url));
      running.delete(old);
      expect(await old.end('SIGTERM')).toBe(0);
      expect(fresh.output()).toContain('ready');
    }
    isOver = true;
    await pushing;
    expect(sent).toBeGreaterThan(20);
    expect(await countInsights(device)).toEqual({ all: sent, each: sent });
  });

  test('a second signal ends a node at once, whatever it waits for', async () => {
    const node = await start({ DRAIN_SECONDS: '60' });
    running.delete(node);
    node.signal('SIGTERM');
    await expect.poll(async () => (await fetch(`${node.url}/readyz`)).status).toBe(503);
    await new Promise((done) => setTimeout(done, 700));
    expect(await node.end('SIGTERM')).toBe(1);
  });
});
