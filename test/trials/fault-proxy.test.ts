import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy, type Weather } from '../e2e/harness/fault-proxy.ts';

const body = JSON.stringify({ lastSequence: 7, rejected: [] });

let store: Server;
let seen: string[];
let proxy: FaultProxy;

beforeEach(async () => {
  seen = [];
  store = createServer(async (request, response) => {
    seen.push(`${request.method} ${request.url} ${Buffer.concat(await request.toArray())}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((done) => store.listen(0, '127.0.0.1', done));
  proxy = await startFaultProxy(`http://127.0.0.1:${(store.address() as AddressInfo).port}`, 7);
});

afterEach(async () => {
  await proxy.close();
  store.close();
});

/** What a device reads of an answer: its text, or null when the connection broke. */
const ask = () =>
  fetch(`${proxy.url}/v1/push`, { method: 'POST', body: 'one', redirect: 'manual' }).then(
    (answer) => answer.text().catch(() => null),
    () => null,
  );

async function askOften(weather: Weather, times = 20): Promise<(string | null)[]> {
  proxy.setWeather(weather);
  const heard: (string | null)[] = [];
  for (let time = 0; time < times; time++) heard.push(await ask());
  proxy.setWeather(null);
  return heard;
}

describe('the fault proxy', () => {
  it('hands on what comes, and what is answered, in fair weather', async () => {
    expect(await ask()).toBe(body);
    expect(seen).toEqual(['POST /v1/push one']);
  });

  it('lets the same request arrive twice when it is replayed', async () => {
    expect(new Set(await askOften({ replayed: 1 }, 5))).toEqual(new Set([body]));
    await expect.poll(() => seen.length).toBe(10);
    expect(new Set(seen).size).toBe(1);
  });

  it('loses the answer of what arrived, or what should have', async () => {
    expect(new Set(await askOften({ dropped: 1 }, 5))).toEqual(new Set([null]));
    expect(seen).toHaveLength(5);
    expect(new Set(await askOften({ lost: 1 }, 5))).toEqual(new Set([null]));
    expect(seen).toHaveLength(5);
  });

  it.each(['stormy', 'portal', 'truncated'] as const)(
    'never lets a whole answer of the store through when it is %s',
    async (name) => {
      expect(await askOften({ [name]: 1 })).not.toContain(body);
    },
  );

  it('is only late when it is slow', async () => {
    expect(new Set(await askOften({ slow: 1 }, 4))).toEqual(new Set([body]));
  });

  it('keeps to its shares, and to its seed', async () => {
    const first = (await askOften({ lost: 0.3 }, 40)).map((each) => each === null);
    const again = await startFaultProxy(`http://127.0.0.1:${(store.address() as AddressInfo).port}`, 7);
    await proxy.close();
    proxy = again;
    expect((await askOften({ lost: 0.3 }, 40)).map((each) => each === null)).toEqual(first);
    expect(first.filter(Boolean).length).toBeGreaterThan(4);
    expect(first.filter(Boolean).length).toBeLessThan(24);
  });

  it.each([
    ['asked', 0],
    ['answered', 1],
    ['half', 1],
  ] as const)('stops a request where it is %s, until it is let go', async (at, arrived) => {
    const stopped = proxy.catchNext('/v1/push', at);
    let heard: string | null = null;
    const asking = ask().then((answer) => {
      heard = answer;
    });
    await stopped.caught;
    await new Promise((done) => setTimeout(done, 30));
    expect([heard, seen.length]).toEqual([null, arrived]);
    stopped.letGo();
    await asking;
    expect(heard).toBe(body);
  });
});
