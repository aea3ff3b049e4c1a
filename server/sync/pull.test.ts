import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bundle } from '#contract/bundle.ts';
import type { Cursor, PullAnswer } from '#contract/feed.ts';
import type { ContactId, InsightId, OutcomeId, TalkingPointId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import {
  createTestStore,
  listBundles,
  seedAccount,
  type TestDevice,
  type TestStore,
} from '../../test/postgres/store.ts';
import { importKey, keyOf } from '../../utils/identity/hash.ts';
import { inWorkspace } from '../db/scope.ts';
import { appendChanges } from '../store/change.ts';
import { pageBundles, pageEntries } from './page.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let rep: TestDevice;
let colleague: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  rep = await store.signIn(workspaceId, 'rep');
  colleague = await store.signIn(workspaceId, 'rep');
});
afterAll(() => store?.close());

const changes = (answer: PullAnswer) => {
  if (answer.status !== 'changes') throw new Error(`Expected changes, got ${answer.status}.`);
  return answer;
};
const insightOn = (
  accountId: string | null,
  contactId: string | null = null,
): Extract<Mutation, { kind: 'recordInsight' }> => ({
  kind: 'recordInsight',
  body: {
    insightId: randomUUID() as InsightId,
    accountId: accountId as never,
    contactId: contactId as never,
    text: 'They buy in March.',
    quote: null,
    kind: 'customer',
    method: 'interview',
  },
});
const sequences = new Map<string, number>();
const send = async (device: TestDevice, ...mutations: Mutation[]) => {
  const first = (sequences.get(device.token) ?? 0) + 1;
  const answer = await device.push(first, ...mutations);
  expect(answer).toMatchObject({ status: 200, body: { rejected: [] } });
  sequences.set(device.token, first + mutations.length - 1);
};

describe('a pull', () => {
  test('of nothing new answers nothing and the same place', async () => {
    const cursor = await rep.cursor();
    expect(await rep.pull(cursor)).toMatchObject({
      status: 'changes',
      from: cursor,
      to: cursor,
      more: false,
      bundles: [],
      verdicts: [],
      workspace: null,
    });
  });

  test('brings a colleague’s insight in the account’s bundle', async () => {
    const { accountId, contactId } = await seedAccount(store, workspaceId);
    const cursor = await rep.cursor();
    const about = insightOn(null, contactId);
    await send(colleague, about);
    const answer = changes(await rep.pull(cursor));
    expect(answer.bundles).toMatchObject([
      {
        id: accountId,
        account: { name: 'Kestrel Foundry' },
        insights: [{ id: about.body.insightId, text: 'They buy in March.', by: colleague.session.member.name }],
      },
    ]);
    await send(colleague, { kind: 'withdrawInsight', body: { insightId: about.body.insightId } });
    expect(changes(await rep.pull(answer.to)).bundles).toMatchObject([{ id: accountId, insights: [] }]);
  });

  test('brings a verdict to its author’s devices alone', async () => {
    const { contactId } = await seedAccount(store, workspaceId);
    const second = await store.signIn(workspaceId, 'rep', rep.session.member.address);
    expect(second.session.member.id).toBe(rep.session.member.id);
    const cursor = await rep.cursor();
    const verdictId = randomUUID() as VerdictId;
    await send(rep, { kind: 'recordVerdict', body: { verdictId, contactId, value: 'weak', shown: null } });
    expect(changes(await second.pull(cursor)).verdicts).toMatchObject([
      { verdictId, contactId, value: 'weak', undone: false },
    ]);
    expect(changes(await colleague.pull(cursor))).toMatchObject({ verdicts: [], bundles: [] });
  });

  test('comes in pages that together hold every change once and leave no hole', async () => {
    const before = await rep.cursor();
    const accounts = await Promise.all(
      Array.from({ length: 30 }, () => seedAccount(store, workspaceId, { touches: 0 })),
    );
    const many = pageEntries + 40;
    for (let index = 0; index < many; index++) {
      const { accountId } = accounts[index % accounts.length]!;
      await inWorkspace(store.database.db, workspaceId, (scope) =>
        appendChanges(scope, workspaceId, [{ kind: 'bundle', id: accountId, memberId: null }]),
      );
    }
    const seen = new Set<string>();
    let at: Cursor = before;
    let pages = 0;
    for (let more = true; more; pages++) {
      const answer = changes(await rep.pull(at));
      expect(answer.from).toBe(at);
      for (const bundle of answer.bundles) seen.add(bundle.id);
      at = answer.to;
      more = answer.more;
    }
    expect(pages).toBe(2);
    expect(seen).toEqual(new Set(accounts.map((account) => account.accountId)));
    expect(at).toBe(await rep.cursor());
  });

  test('ends a page at an entry once it holds enough bundles', async () => {
    const cursor = await rep.cursor();
    const ids = Array.from({ length: 3 }, () => Array.from({ length: pageBundles - 50 }, () => randomUUID()));
    for (const list of ids) {
      await inWorkspace(store.database.db, workspaceId, (scope) =>
        appendChanges(
          scope,
          workspaceId,
          list.map((id) => ({ kind: 'bundle' as const, id, memberId: null })),
        ),
      );
    }
    const first = changes(await rep.pull(cursor));
    expect(first.more).toBe(true);
    expect(first.removedBundles).toEqual([...ids[0]!, ...ids[1]!]);
    const second = changes(await rep.pull(first.to));
    expect(second).toMatchObject({ more: false, removedBundles: ids[2] });
  });

  test('from a place of another history asks for a fresh snapshot, and names the sequence to replay from', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    await send(device, insightOn(null));
    const [seq] = (await device.cursor()).split('.');
    expect(await device.pull(`${seq}.${randomUUID()}` as Cursor)).toMatchObject({
      status: 'refetch',
      device: { lastSequence: 1, rejected: [] },
    });
    expect(await device.pull(`999999.${randomUUID()}` as Cursor)).toMatchObject({ status: 'refetch' });
  });

  test('asks for a fresh snapshot where an entry says so', async () => {
    const cursor = await rep.cursor();
    await inWorkspace(store.database.db, workspaceId, (scope) =>
      appendChanges(scope, workspaceId, [{ kind: 'refetch', id: null, memberId: null }]),
    );
    expect((await rep.pull(cursor)).status).toBe('refetch');
  });

  test('brings facts of the workspace when somebody joined', async () => {
    const cursor = await rep.cursor();
    const joined = await store.signIn(workspaceId, 'marketer');
    const facts = changes(await rep.pull(cursor)).workspace;
    expect(facts?.members.map((member) => member.id)).toContain(joined.session.member.id);
    expect(facts?.definitions.length).toBeGreaterThan(3);
  });

  test('with a cursor of another form is told so', async () => {
    const response = await rep.request('GET', '/v1/pull?after=yesterday');
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('a snapshot', () => {
  test('holds all bundles in the contract’s order, and ends with its end', async () => {
    const lines = await rep.snapshot();
    expect(lines[0]?.line).toBe('head');
    expect(lines.slice(-3).map((line) => line.line)).toEqual(['talkingPoints', 'mine', 'end']);
    const [head] = lines;
    expect(head?.line === 'head' && head.bundles).toBe(listBundles(lines).length);
  });

  test('knows a contact by the same keyed hash as the device makes', async () => {
    const { contactId, accountId, address } = await seedAccount(store, workspaceId);
    const bundle = listBundles(await rep.snapshot()).find((each) => each.id === accountId)!;
    const { keyId, key } = rep.session.hashing;
    const hashKey = await importKey(keyId, new Uint8Array(Buffer.from(key, 'base64url')));
    expect(bundle.contacts).toMatchObject([{ id: contactId, keys: [await keyOf(hashKey, 'email', address)] }]);
    expect(bundle.account?.keys).toEqual([await keyOf(hashKey, 'domain', address.split('@')[1]!)]);
    expect(JSON.stringify(bundle)).not.toContain(address);
  });

  test('holds the newest 50 touches of a contact and counts all', async () => {
    const { accountId } = await seedAccount(store, workspaceId, { touches: 60 });
    const [contact] = listBundles(await rep.snapshot()).find((each) => each.id === accountId)!.contacts;
    expect(contact).toMatchObject({ touchCount: 60, robotCount: 0 });
    expect(contact!.touches).toHaveLength(50);
    expect(contact!.touches.map((touch) => touch.at)).toEqual(
      contact!.touches
        .map((touch) => touch.at)
        .sort()
        .reverse(),
    );
    expect(contact!.firstTouchAt! < contact!.touches[49]!.at).toBe(true);
  });

  test('is compressed for who takes gzip, and the same', async () => {
    const headers = { Authorization: `Bearer ${rep.token}`, 'Accept-Encoding': 'gzip' };
    const response = await store.app.request('/v1/snapshot', { headers });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const plain = await new Response(response.body!.pipeThrough(new DecompressionStream('gzip'))).text();
    expect(plain.trim().split('\n').at(-1)).toBe('{"line":"end"}');
    expect(plain.length).toBeGreaterThan(5000);
  });
});

describe('talking points', () => {
  const pointIn = async (accountId: string): Promise<TalkingPointId> => {
    const id = randomUUID() as TalkingPointId;
    await inWorkspace(store.database.db, workspaceId, async (scope) => {
      await scope
        .insertInto('talkingPoint')
        .values({
          workspaceId,
          id,
          title: 'Uptime',
          text: 'Ask about the night shift.',
          whyNow: null,
          link: null,
          campaignId: null,
          ownerId: rep.caller.memberId,
          startsOn: null,
          expiresOn: null,
          audience: '{}',
          endedAt: null,
        })
        .execute();
      await scope.insertInto('talkingPointAccount').values({ workspaceId, talkingPointId: id, accountId }).execute();
      await appendChanges(scope, workspaceId, [{ kind: 'talkingPoint', id, memberId: null }]);
    });
    return id;
  };

  test('arrive by pull, and their use and outcome come back to their author until taken back', async () => {
    const { accountId, contactId } = await seedAccount(store, workspaceId);
    const start = await rep.cursor();
    const talkingPointId = await pointIn(accountId);
    const arrived = changes(await rep.pull(start));
    expect(arrived.talkingPoints).toMatchObject([{ id: talkingPointId, accountIds: [accountId] }]);

    const [used, landed] = [randomUUID() as OutcomeId, randomUUID() as OutcomeId];
    const outcome = (outcomeId: OutcomeId, value: 'copied' | 'landed'): Mutation => ({
      kind: 'recordOutcome',
      body: { outcomeId, talkingPointId, accountId, contactId: contactId as ContactId, outcome: value },
    });
    await send(rep, outcome(used, 'copied'), outcome(landed, 'landed'));
    const told = changes(await rep.pull(arrived.to));
    expect(told.outcomes).toMatchObject([{ talkingPointId, accountId, outcome: 'landed' }]);
    expect(told.outcomes[0]!.usedAt).not.toBeNull();
    await send(rep, { kind: 'undoOutcome', body: { outcomeId: landed } });
    expect(changes(await rep.pull(told.to)).outcomes).toMatchObject([{ talkingPointId, accountId, outcome: null }]);
    expect(changes(await colleague.pull(arrived.to)).outcomes).toEqual([]);
  });

  test('count views by day without telling anybody, also from a device whose clock is a year off', async () => {
    const { accountId } = await seedAccount(store, workspaceId);
    const talkingPointId = await pointIn(accountId);
    const cursor = await rep.cursor();
    await send(
      rep,
      { kind: 'countSeen', body: { talkingPointId, day: new Date().toISOString().slice(0, 10) } },
      { kind: 'countSeen', body: { talkingPointId, day: '2031-01-01' } },
    );
    const rows = await store.database.owner
      .selectFrom('talkingPointSeen')
      .select(['day', 'views'])
      .where('talkingPointId', '=', talkingPointId)
      .execute();
    expect(rows).toEqual([{ day: new Date().toISOString().slice(0, 10), views: 2 }]);
    expect(await rep.cursor()).toBe(cursor);
  });

  test('that ended are taken away', async () => {
    const { accountId } = await seedAccount(store, workspaceId);
    const id = await pointIn(accountId);
    const cursor = await rep.cursor();
    await inWorkspace(store.database.db, workspaceId, async (scope) => {
      await scope.updateTable('talkingPoint').set({ endedAt: new Date() }).where('id', '=', id).execute();
      await appendChanges(scope, workspaceId, [{ kind: 'talkingPoint', id, memberId: null }]);
    });
    expect(changes(await rep.pull(cursor))).toMatchObject({ talkingPoints: [], removedTalkingPoints: [id] });
  });
});

describe('people', () => {
  test('added on purpose are there for colleagues, once', async () => {
    const { accountId } = await seedAccount(store, workspaceId);
    const cursor = await colleague.cursor();
    const address = `New.Person+crm@${randomUUID().slice(0, 8)}.example`;
    const add = (contactId: ContactId): Mutation => ({
      kind: 'addContact',
      body: { contactId, accountId, address, name: 'Noor Haddad' },
    });
    const mine = randomUUID() as ContactId;
    await send(rep, add(mine));
    expect(changes(await colleague.pull(cursor)).bundles[0]!.contacts.map((contact) => contact.id)).toContain(mine);
    const again = await colleague.push((sequences.get(colleague.token) ?? 0) + 1, add(randomUUID() as ContactId));
    expect(again.body.rejected).toMatchObject([{ code: 'known' }]);
    sequences.set(colleague.token, again.body.lastSequence);
  });

  test('are linked to a profile by a member’s choice, moved by another choice, and let go; a source’s word stays', async () => {
    const [one, other] = [await seedAccount(store, workspaceId), await seedAccount(store, workspaceId)];
    const clue = { kind: 'linkedin' as const, value: `dana-${randomUUID().slice(0, 8)}` };
    const cursor = await colleague.cursor();
    await send(rep, { kind: 'linkIdentifier', body: { clue, contactId: one.contactId } });
    const linked = changes(await colleague.pull(cursor));
    expect(linked.bundles).toMatchObject([{ id: one.accountId }]);
    expect(linked.bundles[0]!.contacts[0]!.keys).toHaveLength(2);
    await send(rep, { kind: 'linkIdentifier', body: { clue, contactId: other.contactId } });
    const moved = changes(await colleague.pull(linked.to));
    expect(moved.bundles.map((bundle) => [bundle.id, bundle.contacts[0]!.keys.length]).sort()).toEqual(
      [
        [one.accountId, 1],
        [other.accountId, 2],
      ].sort(),
    );
    await send(rep, { kind: 'unlinkIdentifier', body: { clue } });
    expect(changes(await colleague.pull(moved.to)).bundles).toMatchObject([
      { id: other.accountId, contacts: [{ keys: [expect.any(String)] }] },
    ]);
  });

  test('chosen by a member carry who and when, and whoever added them chose nothing', async () => {
    const { accountId, contactId } = await seedAccount(store, workspaceId);
    const clue = { kind: 'linkedin' as const, value: `dana-${randomUUID().slice(0, 8)}` };
    const cursor = await colleague.cursor();
    const added = randomUUID() as ContactId;
    const address = `noor@${randomUUID().slice(0, 8)}.example`;
    await send(rep, { kind: 'linkIdentifier', body: { clue, contactId } });
    await send(rep, { kind: 'addContact', body: { contactId: added, accountId, address, name: null } });
    const [bundle] = changes(await colleague.pull(cursor)).bundles;
    const person = bundle?.contacts.find((each) => each.id === contactId);
    const { id: memberId, name: by } = rep.session.member;
    expect(person?.links).toEqual([{ key: expect.any(String), memberId, by, at: expect.stringMatching(/Z$/) }]);
    expect(person?.keys).toContain(person?.links?.[0]?.key);
    expect(bundle?.contacts.find((each) => each.id === added)).toMatchObject({ links: [] });
    const kept = await rep.push((sequences.get(rep.token) ?? 0) + 1, {
      kind: 'unlinkIdentifier',
      body: { clue: { kind: 'email', value: address } },
    });
    expect(kept.body.rejected).toMatchObject([{ code: 'imported' }]);
    sequences.set(rep.token, kept.body.lastSequence);
  });

  test('chosen against a source’s word stand beside it, for everybody, until anybody takes the choice back', async () => {
    const [one, other] = [await seedAccount(store, workspaceId), await seedAccount(store, workspaceId)];
    const clue = { kind: 'email' as const, value: one.address };
    const counts = (bundles: Bundle[]) =>
      Object.fromEntries(bundles.map(({ id, contacts: [each] }) => [id, [each?.keys.length, each?.links?.length]]));
    const cursor = await colleague.cursor();
    await send(rep, { kind: 'linkIdentifier', body: { clue, contactId: other.contactId } });
    const chosen = changes(await colleague.pull(cursor));
    expect(counts(chosen.bundles)).toEqual({ [one.accountId]: [1, 0], [other.accountId]: [2, 1] });
    await send(colleague, { kind: 'unlinkIdentifier', body: { clue } });
    const undone = changes(await colleague.pull(chosen.to));
    expect(counts(undone.bundles)).toEqual({ [one.accountId]: [1, 0], [other.accountId]: [1, 0] });
  });

  test('of whom the source’s own is chosen again are as if nothing had been chosen', async () => {
    const [one, other] = [await seedAccount(store, workspaceId), await seedAccount(store, workspaceId)];
    const clue = { kind: 'email' as const, value: one.address };
    await send(rep, { kind: 'linkIdentifier', body: { clue, contactId: other.contactId } });
    const cursor = await colleague.cursor();
    await send(colleague, { kind: 'linkIdentifier', body: { clue, contactId: one.contactId } });
    const { bundles } = changes(await colleague.pull(cursor));
    expect(bundles.map(({ id }) => id).sort()).toEqual([one.accountId, other.accountId].sort());
    expect(bundles.flatMap(({ contacts }) => contacts.flatMap((each) => each.links))).toEqual([]);
  });

  test('are not found by what names a company', async () => {
    const { contactId } = await seedAccount(store, workspaceId);
    const refused = await rep.push((sequences.get(rep.token) ?? 0) + 1, {
      kind: 'linkIdentifier',
      body: { clue: { kind: 'crm', value: 'hubspot:company:512' }, contactId },
    });
    expect(refused.body.rejected).toMatchObject([{ code: 'company-identifier' }]);
    sequences.set(rep.token, refused.body.lastSequence);
  });

  test('added with a tagged address can be found without the tag, under another key than that address has', async () => {
    const { accountId } = await seedAccount(store, workspaceId);
    const host = `${randomUUID().slice(0, 8)}.example`;
    const add = (address: string): Mutation => ({
      kind: 'addContact',
      body: { contactId: randomUUID() as ContactId, accountId, address, name: address },
    });
    const cursor = await colleague.cursor();
    await send(rep, add(`noor+fair@${host}`));
    await send(rep, add(`noor@${host}`));
    const [bundle] = changes(await colleague.pull(cursor)).bundles;
    const keys = (name: string) => bundle?.contacts.find((each) => each.name === name)?.keys ?? [];
    expect([keys(`noor+fair@${host}`).length, keys(`noor@${host}`).length]).toEqual([2, 1]);
    expect(keys(`noor+fair@${host}`)).not.toContain(keys(`noor@${host}`)[0]);
  });
});
