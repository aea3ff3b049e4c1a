import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BundleContact, BundleLink } from '#contract/bundle.ts';
import type { CardAnswer } from '#contract/card.ts';
import type { MemberId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import type { Clue, SightedPerson } from '#contract/sighting.ts';
import { createBundle, createContact } from '../../test/fixtures/bundles.ts';
import { createFakeStore, emptyFacts, type FakeStore } from '../../test/fixtures/fake-store.ts';
import { type HashKey, keyOf } from '../identity/hash.ts';
import { listIndexTerms } from '../identity/tag.ts';
import { provideWords } from '../platform/words.ts';
import { createReader } from '../replica/reader.ts';
import { readLocal } from '../settings/local-state.ts';
import { type Cycle, createCycle } from './cycle.ts';
import { type Ground, openGround } from './ground.ts';
import { takeHashKey } from './hash-keys.ts';
import { acceptInvite } from './join.ts';
import { createCardReader } from './read-card.ts';
import { saveMutation } from './save.ts';

vi.spyOn(console, 'info').mockImplementation(() => undefined);

const email = (value: string): Clue => ({ kind: 'email', value });
const profile: Clue = { kind: 'linkedin', value: 'd-ortiz-9' };
const time = Date.parse('2026-11-20T10:00:00.000Z');
let store: FakeStore;
let ground: Ground;
let cycle: Cycle;
let key: HashKey;
let dana: BundleContact;
let ines: BundleContact;
let bundle: ReturnType<typeof createBundle>;

beforeAll(() => {
  const file = new URL('../../public/_locales/en/messages.json', `file://${import.meta.filename}`);
  const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string }>;
  provideWords((name, [first = '']) => messages[name]?.message.replace(/\$\w+\$/, first) ?? '');
});

/** The keys under which the store enters an identifier. */
const keysOf = (...clues: Clue[]) =>
  Promise.all(clues.flatMap(listIndexTerms).map(({ kind, value }) => keyOf(key, kind, value)));
const linkTo = async (clue: Clue): Promise<BundleLink> => ({
  key: await keyOf(key, clue.kind, clue.value),
  memberId: randomUUID() as MemberId,
  by: 'Lena Hart',
  at: '2026-11-12T09:00:00.000Z',
});

function person(clues: Clue[], change: Partial<SightedPerson> = {}): SightedPerson {
  return {
    standing: 'subject',
    isCompany: false,
    clues,
    name: null,
    title: null,
    company: null,
    signals: [],
    ...change,
  };
}
function look(...people: SightedPerson[]): Promise<CardAnswer> {
  const sighting = { site: 'gmail' as const, view: 'thread', hasDraft: false, people };
  return createCardReader(
    ground,
    createReader(ground.replica),
  )({ sighting, person: null, contactId: null, accountId: null });
}
const save = (mutation: Mutation) => saveMutation(ground, null, mutation);
async function tell(...contacts: BundleContact[]): Promise<void> {
  bundle = { ...bundle, contacts };
  store.change({ bundles: [bundle] });
  await cycle.run('asked');
}

beforeEach(async () => {
  store = createFakeStore(() => time);
  store.facts = { ...emptyFacts, ownDomains: ['larkspur.example'] };
  ground = await openGround(
    { now: () => time, fetch: (...args) => store.fetch(...args), changed: () => undefined },
    { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() },
  );
  cycle = createCycle(ground);
  const accepted = await acceptInvite(
    ground,
    `https://store.example/join#${store.token}`,
    'Sam Weir',
    'Chrome',
    cycle.idle,
  );
  const connection = await readLocal(ground.local, 'connection');
  if (!accepted.ok || connection === null) throw new Error('not connected');
  key = await takeHashKey(connection.session.hashing.keyId, connection.session.hashing.key);
  dana = createContact({ keys: await keysOf(email('dana@brightforge.example')), links: [] });
  ines = createContact({ name: 'Ines Ortiz', keys: await keysOf(email('ines+fair@brightforge.example')), links: [] });
  bundle = createBundle([dana, ines], await keysOf({ kind: 'domain', value: 'brightforge.example' }));
  await tell(dana, ines);
  store.requests.length = 0;
});

describe('a tag', () => {
  test('on the page: the address without it is a weaker match, and says so', async () => {
    const { people, card } = await look(person([email('dana+webinar@brightforge.example')]));
    expect(people[0]).toMatchObject({ sureness: 'untagged', contactId: dana.id, evidence: 'dana@brightforge.example' });
    expect(card?.sureness).toBe('untagged');
  });

  test('in the store: the same, the other way round', async () => {
    const { people } = await look(person([email('ines@brightforge.example')]));
    expect(people[0]).toMatchObject({ sureness: 'untagged', contactId: ines.id });
  });

  test('on both sides alike is an exact match', async () => {
    const { people } = await look(person([email('Ines+Fair@brightforge.example')]));
    expect(people[0]).toMatchObject({ sureness: 'exact', contactId: ines.id });
  });

  test('is never lost from what a choice or an addition would send', async () => {
    const { people } = await look(person([email('dana+webinar@brightforge.example')]));
    expect(people[0]?.clue).toEqual(email('dana+webinar@brightforge.example'));
  });
});

describe('a choice', () => {
  test('by a colleague shows whom, by whom and when', async () => {
    const keys = [...dana.keys, ...(await keysOf(profile))];
    await tell({ ...dana, keys, links: [await linkTo(profile)] }, ines);
    const { people, card } = await look(person([profile]));
    const choice = { by: 'Lena Hart', at: '2026-11-12T09:00:00.000Z', isOwn: false };
    expect(people[0]).toMatchObject({ sureness: 'chosen', contactId: dana.id, choice, clue: profile });
    expect(card).toMatchObject({ sureness: 'chosen', choice });
    expect(card?.contact).not.toHaveProperty('links');
  });

  test('of two whom identifiers dispute settles it', async () => {
    const record: Clue = { kind: 'crm', value: 'hubspot:contact:5' };
    const dispute = person([record, email('dana@brightforge.example')]);
    const known = { ...ines, keys: [...ines.keys, ...(await keysOf(record))] };
    await tell(dana, known);
    const [before] = (await look(dispute)).people;
    expect(before).toMatchObject({ sureness: 'several', clue: record });
    expect(before?.candidates.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'Ines Ortiz: HubSpot record',
      'Dana Ortiz: dana@brightforge.example',
    ]);
    await tell({ ...dana, keys: [...dana.keys, ...(await keysOf(record))], links: [await linkTo(record)] }, known);
    expect((await look(dispute)).people[0]).toMatchObject({ sureness: 'chosen', contactId: dana.id });
  });

  test('of one’s own is there at once, and a colleague’s later word counts when it comes', async () => {
    await save({ kind: 'linkIdentifier', body: { clue: profile, contactId: dana.id } });
    expect((await look(person([profile]))).people[0]).toMatchObject({
      sureness: 'chosen',
      contactId: dana.id,
      choice: { by: 'Sam Weir', isOwn: true },
    });
    await cycle.run('saved');
    const link = await linkTo(profile);
    await tell(dana, { ...ines, keys: [...ines.keys, link.key], links: [link] });
    expect((await look(person([profile]))).people[0]).toMatchObject({
      contactId: ines.id,
      choice: { by: 'Lena Hart' },
    });
  });

  test('taken back by anybody is gone at once', async () => {
    const link = await linkTo(profile);
    await tell({ ...dana, keys: [...dana.keys, link.key], links: [link] }, ines);
    await save({ kind: 'unlinkIdentifier', body: { clue: profile } });
    expect((await look(person([profile]))).people[0]).toMatchObject({ sureness: 'none', choice: null });
  });

  test('stays this browser’s own where the store does not tell of links', async () => {
    const { links: _, ...silent } = dana;
    await tell(silent, ines);
    await save({ kind: 'linkIdentifier', body: { clue: profile, contactId: dana.id } });
    await cycle.run('saved');
    await tell({ ...silent, keys: [...dana.keys, ...(await keysOf(profile))] }, ines);
    expect((await look(person([profile]))).people[0]).toMatchObject({ sureness: 'chosen', choice: { isOwn: true } });
  });
});

describe('a name and a company', () => {
  const stranger = person([profile], { name: 'Dana Ortiz', company: 'Brightforge GmbH' });

  test('suggest, and never match', async () => {
    const { people, card } = await look(stranger);
    expect(people[0]).toMatchObject({ sureness: 'none', contactId: null, accountId: null, candidates: [] });
    expect(people[0]?.suggested.map(({ contactId, reason }) => [contactId, reason])).toEqual([
      [dana.id, 'Same name, Brightforge'],
    ]);
    expect(card).toBeNull();
  });

  test.each([
    ['the name alone', { company: null }],
    ['another company', { company: 'Harrow Textiles' }],
    ['half of the name', { name: 'Dana' }],
    ['a company record', { isCompany: true }],
  ])('say nothing by %s', async (_, change) => {
    expect((await look({ ...stranger, ...change })).people[0]?.suggested).toEqual([]);
  });

  test('say nothing by a company whose name only begins alike', async () => {
    const account = bundle.account && { ...bundle.account, name: 'Brightforge Castings' };
    store.change({ bundles: [{ ...bundle, account }] });
    await cycle.run('asked');
    expect((await look({ ...stranger, company: 'Brightforge Iberia' })).people[0]?.suggested).toEqual([]);
    expect((await look({ ...stranger, company: 'Brightforge' })).people[0]?.suggested).toHaveLength(1);
  });

  test('say nothing once an identifier has matched', async () => {
    const { people } = await look({ ...stranger, clues: [profile, email('ines+fair@brightforge.example')] });
    expect(people[0]).toMatchObject({ sureness: 'exact', contactId: ines.id, suggested: [] });
  });

  test('the name suggests within an account that is known by its domain', async () => {
    const { people } = await look({ ...stranger, clues: [email('d.ortiz@brightforge.example')], company: null });
    expect(people[0]).toMatchObject({ sureness: 'domain', contactId: null });
    expect(people[0]?.suggested.map((each) => each.contactId)).toEqual([dana.id]);
  });

  test('leave the browser only when somebody chooses', async () => {
    await look(stranger, person([email('dana.o@nobody.example')], { name: 'Dana Ortiz', company: 'Brightforge' }));
    expect(store.requests).toEqual([]);
  });
});

describe('several people', () => {
  const maren = person([email('maren@larkspur.example')], { standing: 'recipient' });

  test('are ordered, and the card is about the first customer who is known', async () => {
    const { people, selected, card } = await look(
      maren,
      person([email('info@brightforge.example')], { standing: 'recipient' }),
      person([email('omar@nobody.example')], { standing: 'sender' }),
      person([email('dana@brightforge.example')], { standing: 'participant' }),
    );
    expect(people.map(({ index, side }) => `${index} ${side}`)).toEqual([
      ...['2 customer', '3 customer', '1 shared', '0 colleague'],
    ]);
    expect(selected).toBe(3);
    expect(card?.contact?.id).toBe(dana.id);
  });

  test('of whom all are colleagues open no card, though the store knew one', async () => {
    await tell({ ...dana, keys: await keysOf(email('maren@larkspur.example')) }, ines);
    const { people, selected, card } = await look(maren, person([email('Sam@larkspur.example')]));
    expect(people.map((each) => each.side)).toEqual(['colleague', 'colleague']);
    expect([selected, card]).toEqual([null, null]);
  });
});
