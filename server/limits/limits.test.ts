import { Hono } from 'hono';
import { beforeEach, describe, expect, test } from 'vitest';
import { describeFailure } from '../failure.ts';
import { createLog } from '../log.ts';
import { readAddress } from './client-address.ts';
import { limitRate } from './limit-rate.ts';
import { createRateLimits, deviceAllowance, strangerAllowance } from './rate-limits.ts';

const log = createLog('silent');
let time = 0;
/** Tokens that the store knows. */
const good = new Set<string>();
const secondMs = 1000;

function createStore(options: { proxies?: number; address?: string } = {}) {
  const readSocket = () => options.address ?? '203.0.113.7';
  const limits = createRateLimits({ nowMs: () => time, proxies: options.proxies ?? 0, readSocket });
  const app = new Hono<{ Variables: { caller: object } }>();
  app.use(limitRate(limits));
  app.get('/v1/session', (context) => {
    if (!good.has(context.req.header('Authorization') ?? '')) return context.text('who?', 401);
    context.set('caller', {});
    return context.text('fine');
  });
  app.post('/v1/push', (context) =>
    good.has(context.req.header('Authorization') ?? '') ? context.text('fine') : context.text('who?', 401),
  );
  app.post('/v1/invites/preview', (context) => context.text('', context.req.header('X-Invite') === 'good' ? 200 : 404));
  app.get('/v1/openapi.json', (context) => context.text('{}'));
  app.onError((error) => {
    const { problem, headers } = describeFailure(error, { log, method: '', path: '' });
    return Response.json(problem, { status: problem.status, headers });
  });
  return {
    ask: (token: string, more: Record<string, string> = {}) =>
      app.request('/v1/session', { headers: { Authorization: `Bearer ${token}`, ...more } }),
    push: (token: string) => app.request('/v1/push', { method: 'POST', headers: { Authorization: `Bearer ${token}` } }),
    open: (path = '/v1/openapi.json', headers: Record<string, string> = {}) => app.request(path, { headers }),
    preview: (headers: Record<string, string> = {}) => app.request('/v1/invites/preview', { method: 'POST', headers }),
  };
}

/** How many of so many calls, one after the other, are let through. */
async function countLet(times: number, call: (index: number) => Promise<Response> | Response): Promise<number> {
  let passed = 0;
  for (let index = 0; index < times; index++) if ((await call(index)).status !== 429) passed += 1;
  return passed;
}

beforeEach(() => {
  time = 1_000_000;
  good.clear();
  for (let device = 0; device < 1000; device++) good.add(`Bearer device-${device}`);
});

describe('a device', () => {
  test('that sends 500 waiting things one by one as fast as it can, and pulls after each, is never held back', async () => {
    const { push, ask } = createStore();
    const passed = await countLet(1000, (index) => {
      time += 25;
      return index % 2 === 0 ? push('device-1') : ask('device-1');
    });
    expect(passed).toBe(1000);
  });

  test('is never held back when a Desk with twenty figures fetches all of them at each poke, every 150 ms for half a minute', async () => {
    const { ask } = createStore();
    let passed = 0;
    for (let poke = 0; poke < 20; poke++) {
      passed += await countLet(20, () => ask('device-1'));
      time += 1500;
    }
    expect(passed).toBe(400);
  });

  test('is not held back by a thousand others behind the same address that all pull after a poke', async () => {
    const { ask } = createStore();
    for (let round = 0; round < 3; round++) expect(await countLet(1000, (index) => ask(`device-${index}`))).toBe(1000);
  });

  test('that asks without end is told when to come back, and is let in then', async () => {
    const { ask } = createStore();
    expect(await countLet(deviceAllowance.burst + 50, () => ask('device-1'))).toBe(deviceAllowance.burst);
    const refused = await ask('device-1');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ type: 'urn:baton:problem:too-many-requests', status: 429 });
    expect(refused.headers.get('Retry-After')).toBe('1');
    expect(refused.headers.get('RateLimit-Policy')).toBe('"device";q=600;w=30');
    expect(refused.headers.get('RateLimit')).toMatch(/^"device";r=0;t=30$/);
    expect((await ask('device-2')).status).toBe(200);
    time += secondMs;
    expect(await countLet(50, () => ask('device-1'))).toBe(deviceAllowance.perSecond);
  });

  test('learns with each answer how much is left', async () => {
    const { ask } = createStore();
    await ask('device-1');
    expect((await ask('device-1')).headers.get('RateLimit')).toBe('"device";r=598;t=1');
  });

  test('that was revoked hears so at once, also when its address is used up, and is a stranger from then on', async () => {
    const { ask } = createStore();
    await ask('device-1');
    await countLet(100, (index) => ask(`guess-${index}`));
    good.delete('Bearer device-1');
    expect((await ask('device-1')).status).toBe(401);
    expect((await ask('device-1')).status).toBe(429);
  });
});

describe('a stranger', () => {
  test('who guesses tokens, each another, is held back', async () => {
    const { ask, push } = createStore();
    expect(await countLet(500, (index) => (index % 2 ? ask(`guess-${index}`) : push(`guess-${index}`)))).toBe(
      strangerAllowance.burst,
    );
    expect(Number((await ask('guess')).headers.get('Retry-After'))).toBeGreaterThan(0);
    time += 60 * secondMs;
    expect(await countLet(500, (index) => ask(`another-${index}`))).toBe(60 * strangerAllowance.perSecond);
  });

  test('cannot make a device of a token by showing it where nobody looks at it', async () => {
    const { ask, open } = createStore();
    const passed = await countLet(500, async (index) => {
      await open('/v1/openapi.json', { Authorization: `Bearer guess-${index}` });
      await open('/v1/nothing', { Authorization: `Bearer guess-${index}` });
      return ask(`guess-${index}`);
    });
    expect(passed).toBeLessThanOrEqual(strangerAllowance.burst / 3);
  });

  test('who guesses invites gets twelve tries, then one in ten seconds', async () => {
    const { preview } = createStore();
    expect(await countLet(100, () => preview())).toBe(12);
    time += 60 * secondMs;
    expect(await countLet(100, () => preview())).toBeLessThanOrEqual(7);
  });

  test('is not held back when sixty colleagues behind one address look at their invites', async () => {
    const { preview } = createStore();
    expect(await countLet(60, () => preview({ 'X-Invite': 'good' }))).toBe(60);
  });

  test('uses up no device’s calls, and no other address’s', async () => {
    const near = createStore();
    await near.ask('device-1');
    await countLet(200, (index) => near.ask(`guess-${index}`));
    expect((await near.ask('device-1')).status).toBe(200);
    const { ask } = createStore({ proxies: 1 });
    await countLet(200, (index) => ask(`guess-${index}`, { 'X-Forwarded-For': '198.51.100.1' }));
    expect((await ask('guess', { 'X-Forwarded-For': '198.51.100.1' })).status).toBe(429);
    expect((await ask('guess', { 'X-Forwarded-For': '198.51.100.2' })).status).toBe(401);
  });
});

describe('the address that is counted', () => {
  const addressOf = async (proxies: number, socket: string | undefined, headers: Record<string, string> = {}) => {
    let read: string | null = '';
    const app = new Hono().get('/', (context) => {
      read = readAddress(context, proxies, () => socket);
      return context.body(null);
    });
    await app.request('/', { headers });
    return read;
  };
  const named = (value: string) => ({ 'X-Forwarded-For': value });

  test('is the connection’s, whatever a caller says of itself', async () => {
    expect(await addressOf(0, '203.0.113.7', named('198.51.100.1'))).toBe('203.0.113.7');
  });

  test('is the one that the outermost of one’s own proxies saw, and no further one', async () => {
    expect(await addressOf(1, '10.0.0.1', named('1.2.3.4, 198.51.100.1'))).toBe('198.51.100.1');
    expect(await addressOf(2, '10.0.0.1', named('1.2.3.4, 198.51.100.1, 10.0.0.2'))).toBe('198.51.100.1');
  });

  test('is the connection’s when a proxy is told of but names nobody, or nonsense', async () => {
    expect(await addressOf(1, '10.0.0.1')).toBe('10.0.0.1');
    expect(await addressOf(1, '10.0.0.1', named('unknown'))).toBe('10.0.0.1');
    expect(await addressOf(3, '10.0.0.1', named('198.51.100.1'))).toBe('10.0.0.1');
  });

  test('of IPv6 is its /64; IPv4 in IPv6’s clothes is IPv4', async () => {
    expect(await addressOf(0, '2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(await addressOf(0, '2001:db8::6')).toBe('2001:db8:0:0::/64');
    expect(await addressOf(0, '::ffff:203.0.113.7')).toBe('203.0.113.7');
  });

  test('is none for a program on this machine, but is one for a proxy there that the store was not told of', async () => {
    for (const own of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect(await addressOf(0, own)).toBeNull();
      expect(await addressOf(0, own, named('198.51.100.1'))).not.toBeNull();
    }
  });
});
