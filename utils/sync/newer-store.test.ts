import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBundle, createContact, createTalkingPoint } from '../../test/fixtures/bundles.ts';
import { createFakeStore, emptyFacts, type FakeStore } from '../../test/fixtures/fake-store.ts';
import { readWaiting } from '../outbox/read.ts';
import { readHead } from '../replica/database.ts';
import { createReader } from '../replica/reader.ts';
import { type Cycle, createCycle } from './cycle.ts';
import { type Ground, openGround } from './ground.ts';
import { acceptInvite } from './join.ts';
import { readStatus } from './read-status.ts';
import { saveMutation } from './save.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
vi.spyOn(console, 'info').mockImplementation(() => undefined);

/** A build of a later day: it speaks 4 and 5, and no longer what this one speaks. */
vi.mock(import('#contract/versions.ts'), async (importOriginal) => ({
  ...(await importOriginal()),
  spoken: { version: 5, oldest: 4 },
}));

type Rewrite = (text: string, path: string) => string;

let store: FakeStore;
let ground: Ground;
let cycle: Cycle;
let header: string | null = null;
let rewrite: Rewrite = (text) => text;

/** What the store says, as a newer one would say it. */
async function answer(...request: Parameters<typeof fetch>): Promise<Response> {
  const real = await store.fetch(...request);
  if (real.headers.get('content-type') === 'application/vnd.baton.packed') {
    if (header !== null) real.headers.set('baton-contract', header);
    return real;
  }
  const text = rewrite(await real.text(), new URL(String(request[0])).pathname);
  const headers = new Headers(real.headers);
  if (header !== null) headers.set('baton-contract', header);
  return new Response(text, { status: real.status, headers });
}

const contact = createContact();
const bundle = createBundle([contact]);
const point = createTalkingPoint([bundle.id]);
const verdict = () =>
  saveMutation(ground, null, {
    kind: 'recordVerdict',
    body: { verdictId: randomUUID() as never, contactId: contact.id, value: 'weak', shown: null },
  });

async function open(): Promise<void> {
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  ground = await openGround({ now: Date.now, fetch: answer, changed: () => undefined }, names);
  cycle = createCycle(ground);
}
const join = () =>
  acceptInvite(ground, `https://store.example/join#${store.token}`, 'Sam Weir', 'Chrome on Linux', cycle.idle);
const read = async () => (await createReader(ground.replica)())!;

beforeEach(async () => {
  header = null;
  rewrite = (text) => text;
  store = createFakeStore();
  await open();
});
afterEach(() => {
  for (const database of [ground.outbox, ground.replica, ground.local]) database.close();
});

describe('what only a newer store knows', () => {
  /** Adds a field to every object that a device keeps. */
  const enrich: Rewrite = (text) =>
    text
      .replaceAll('"name":"Brightforge"', '"name":"Brightforge","mood":"fine"')
      .replaceAll('"name":"Dana Ortiz"', '"name":"Dana Ortiz","pronouns":"she"')
      .replaceAll('"title":"Shorter set-up"', '"title":"Shorter set-up","tone":"warm"')
      .replaceAll(
        '"scorecardVersion":1,"scorecardPublishedAt"',
        '"motto":"Onward","scorecardVersion":1,"scorecardPublishedAt"',
      );

  async function expectKept(): Promise<void> {
    const reading = await read();
    expect(await reading.bundleById(bundle.id)).toMatchObject({
      account: { mood: 'fine' },
      contacts: [{ pronouns: 'she' }],
    });
    expect(await reading.talkingPointsAt(bundle.id)).toMatchObject([{ tone: 'warm' }]);
    expect((await readHead(ground.replica))?.facts).toMatchObject({ motto: 'Onward' });
  }

  test.each(['packed', 'line by line'])('stays in the copy when it came whole, %s', async (how) => {
    store.packs = how === 'packed';
    const rich = JSON.parse(enrich(JSON.stringify({ bundle, point, facts: store.facts }), '')) as Record<string, never>;
    store.facts = rich['facts']!;
    store.change({ bundles: [rich['bundle']!], talkingPoints: [rich['point']!] });
    await join();
    await cycle.run('asked');
    await expectKept();
  });

  test('stays in the copy when it came as a change', async () => {
    await join();
    await cycle.run('asked');
    const definitions = [{ term: 'Warm', kind: 'mood', text: 'They smile.' }];
    const facts = `"workspace":${JSON.stringify({ ...emptyFacts, definitions })}`;
    rewrite = (text, path) => enrich(path === '/v1/pull' ? text.replace('"workspace":null', facts) : text, path);
    store.change({ bundles: [bundle], talkingPoints: [point] });
    await cycle.run('asked');
    await expectKept();
    expect((await readHead(ground.replica))?.facts.definitions).toMatchObject([{ kind: 'mood' }]);
  });

  test('lines of a copy are passed over', async () => {
    store.packs = false;
    store.change({ bundles: [bundle] });
    rewrite = (text, path) =>
      path === '/v1/snapshot'
        ? text.replace('{"line":"talkingPoints"', '{"line":"handOvers","handOvers":[1]}\n{"line":"talkingPoints"')
        : text;
    await join();
    await cycle.run('asked');
    expect(await readStatus(ground)).toMatchObject({ store: 'reached', replica: 'ready' });
  });

  test('words and kinds are kept as they are, and hold up nothing', async () => {
    await join();
    await cycle.run('asked');
    const at = new Date().toISOString();
    const own = {
      verdictId: randomUUID(),
      contactId: contact.id,
      value: 'lukewarm',
      reason: 'wrong_moon',
      at,
      undone: false,
    };
    store.verdicts = [own as never];
    const touch = {
      id: randomUUID(),
      kind: 'danced',
      at,
      campaignId: null,
      campaign: null,
      detail: null,
      isRobot: false,
    };
    store.change({ bundles: [createBundle([createContact({ touches: [touch as never] })])] });
    store.session = { ...store.session, member: { ...store.session.member, role: 'analyst' as never } };
    await cycle.run('asked');
    expect(await readStatus(ground)).toMatchObject({ store: 'reached' });
    expect(await (await read()).verdictOn(contact.id)).toMatchObject({ value: 'lukewarm', reason: 'wrong_moon' });
  });
});

describe('a store of another contract', () => {
  test('that still speaks one of ours is worked with', async () => {
    header = '4; newest=4; oldest=3';
    expect(await join()).toMatchObject({ ok: true });
    await cycle.run('asked');
    expect(await readStatus(ground)).toMatchObject({ store: 'reached', replica: 'ready' });
    header = '5; newest=9; oldest=5';
    await cycle.run('asked');
    expect(await readStatus(ground)).toMatchObject({ store: 'reached' });
  });

  test.each([
    ['storeTooOld', '1'],
    ['storeTooOld', '3; newest=3; oldest=1'],
    ['extensionTooOld', '9; newest=9; oldest=6'],
  ])('is told of as %s when it says %s; what was done is kept and goes out after the update', async (state, said) => {
    await join();
    await cycle.run('asked');
    header = said;
    await verdict();
    await cycle.run('saved');
    expect(await readStatus(ground)).toMatchObject({
      connection: 'connected',
      store: state,
      unsent: [{ delivery: 'saved' }],
    });
    expect(await readWaiting(ground.outbox)).toHaveLength(1);
    header = null;
    await cycle.run('asked');
    expect(await readStatus(ground)).toMatchObject({ store: 'reached', unsent: [] });
    expect(store.applied).toHaveLength(1);
  });

  test('that refuses this extension as too old does not sign it out, and its copy stays', async () => {
    await join();
    await cycle.run('asked');
    await verdict();
    const body = {
      type: 'urn:baton:problem:contract-too-old',
      title: 'Too old',
      status: 426,
      detail: 'Update the extension.',
    };
    store.faults.push(
      () =>
        new Response(JSON.stringify(body), { status: 426, headers: { 'content-type': 'application/problem+json' } }),
    );
    await cycle.run('asked');
    expect(await readStatus(ground)).toMatchObject({
      connection: 'connected',
      store: 'extensionTooOld',
      replica: 'ready',
    });
    expect(await readWaiting(ground.outbox)).toHaveLength(1);
  });

  test('takes no invite, and says which of the two is to be updated', async () => {
    header = '2; oldest=1';
    expect(await join()).toEqual({ ok: false, message: 'status_store_too_old' });
    header = '8; oldest=7';
    expect(await join()).toEqual({ ok: false, message: 'status_extension_too_old' });
  });
});
