import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Ask, createResource } from './resource.ts';
import { askStore, type Reply } from './store.ts';

/** An `ask` whose answers the test gives by hand, in any order. */
function createAsk() {
  const waiting: { path: string; answer: (reply: Reply<unknown>) => Promise<void> }[] = [];
  const ask = (({ path }) =>
    new Promise((done) => {
      waiting.push({
        path,
        answer: async (reply) => {
          done(reply as never);
          await Promise.resolve();
          await Promise.resolve();
        },
      });
    })) as Ask;
  return { ask, waiting };
}

const good = (value: unknown): Reply<unknown> => ({ ok: true, value });
const lost: Reply<unknown> = { ok: false, failure: { kind: 'unreachable', message: 'no answer', fields: [] } };
const get = (path: string) => ({ method: 'GET', path }) as const;

describe('a resource', () => {
  test('keeps the old figures when the store cannot be reached', async () => {
    const { ask, waiting } = createAsk();
    const resource = createResource(ask, z.string());
    resource.show(get('/a'));
    await waiting[0]?.answer(good('old'));
    const asOf = resource.asOf.value;
    void resource.reload();
    await waiting[1]?.answer(lost);
    expect(resource.value.value).toBe('old');
    expect(resource.asOf.value).toBe(asOf);
    expect(resource.failure.value?.kind).toBe('unreachable');
  });

  test('says which question its value answers, while a newer one is under way', async () => {
    const { ask, waiting } = createAsk();
    const resource = createResource(ask, z.string());
    resource.show(get('/a'));
    await waiting[0]?.answer(good('a'));
    resource.show(get('/b'));
    expect([resource.value.value, resource.answers.value?.path]).toEqual(['a', '/a']);
    await waiting[1]?.answer(good('b'));
    expect([resource.value.value, resource.answers.value?.path]).toEqual(['b', '/b']);
  });

  test('drops an answer to what is no longer asked', async () => {
    const { ask, waiting } = createAsk();
    const resource = createResource(ask, z.string());
    resource.show(get('/a'));
    resource.show(get('/b'));
    await waiting[1]?.answer(good('b'));
    await waiting[0]?.answer(good('a'));
    expect(resource.value.value).toBe('b');
    expect(resource.isLoading.value).toBe(false);
  });

  test('asks once for what it shows, and a detail never shows another one’s value', async () => {
    const { ask, waiting } = createAsk();
    const resource = createResource(ask, z.string(), { isDetail: true });
    resource.show(get('/a'));
    resource.show(get('/a'));
    await waiting[0]?.answer(good('a'));
    resource.show(get('/b'));
    expect(waiting).toHaveLength(2);
    expect(resource.value.value).toBeNull();
  });
});

describe('asking the store', () => {
  const answer = (status: number, body: unknown) =>
    askStore(async () => ({ status, body }), get('/x'), z.object({ a: z.number() }));
  const kindOf = async (status: number, body: unknown = {}) => {
    const reply = await answer(status, body);
    return reply.ok ? 'ok' : reply.failure.kind;
  };

  test('tells a lost connection, an ended sign-in, a forbidden and a wrong request apart', async () => {
    expect(await kindOf(200, { a: 1 })).toBe('ok');
    expect(await kindOf(0)).toBe('unreachable');
    expect(await kindOf(503)).toBe('unreachable');
    expect(await kindOf(401)).toBe('signedOut');
    expect(await kindOf(403)).toBe('notAllowed');
    expect(await kindOf(422)).toBe('refused');
    const broken = await askStore(() => Promise.reject(new Error('gone')), get('/x'), z.null());
    expect(broken.ok ? '' : broken.failure.kind).toBe('unreachable');
  });

  test('takes nothing that is not as the contract says', async () => {
    expect(await kindOf(200, { a: 'one' })).toBe('refused');
  });

  test('passes the store’s sentence on', async () => {
    const problem = { type: 'urn:baton:problem:x', title: 'No', status: 422, detail: 'Choose a later day.' };
    const reply = await answer(422, problem);
    expect(reply.ok ? '' : reply.failure.message).toBe('Choose a later day.');
  });
});
