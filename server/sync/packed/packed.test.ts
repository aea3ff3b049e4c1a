import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContactId, IdentifierKey, InsightId, WorkspaceId } from '#contract/ids.ts';
import { fetchPacked, type ReadPacked, readPacked, takePacked } from '../../../test/postgres/packed.ts';
import { createTestStore, seedAccount, type TestStore } from '../../../test/postgres/store.ts';
import { prefixOfId, prefixOfKey } from '../../../utils/identity/packed-index.ts';
import { nameWords } from '../../../utils/identity/similar-name.ts';
import { inWorkspace } from '../../db/scope.ts';
import { listAllBundleIds, readBundles } from '../../store/bundle.ts';
import { readHashKeys } from '../../store/hash-key.ts';
import { faceOf } from './face.ts';

let store: TestStore;
/** Another store, where nobody may hold more than no contacts at all. */
let tight: TestStore;
beforeAll(async () => {
  store = await createTestStore();
  tight = await createTestStore({ mostContacts: 0 });
});
afterAll(async () => {
  await store?.close();
  await tight?.close();
});

const someName = fc.constantFrom(null, 'Dana Ortiz', 'Łukasz Ørsted', 'Zoë', '李 明', 'Kestrel Foundry GmbH', '  ');
const someAddress = fc.constantFrom('plain', 'tag+fair', 'UP');
const somePeople = fc.array(fc.record({ name: someName, address: someAddress, touches: fc.nat(3) }), { maxLength: 5 });
/** Accounts with people, and people who are nobody's. */
const someWorkspace = fc.record({
  accounts: fc.array(fc.record({ name: someName, people: somePeople }), { maxLength: 90 }),
  lone: somePeople,
});

interface Person {
  name: string | null;
  address: string;
  touches: number;
}
interface Workspace {
  accounts: { name: string | null; people: Person[] }[];
  lone: Person[];
}

async function fill({ database, deps }: TestStore, workspaceId: WorkspaceId, { accounts, lone }: Workspace) {
  const companies = accounts.map((account) => ({
    id: randomUUID(),
    name: account.name ?? 'Nameless',
    people: account.people,
  }));
  const people = [
    ...companies.flatMap(({ id, people: own }) =>
      own.map((each) => ({ id: randomUUID(), accountId: id as string | null, ...each })),
    ),
    ...lone.map((each) => ({ id: randomUUID(), accountId: null, ...each })),
  ];
  const blank = { segment: null, tier: null, stage: null, industry: null, employees: null, country: null };
  const touchOf = ({ id }: { id: string }, days: number) => ({
    ...{ workspaceId, id: randomUUID(), source: 'test', externalId: randomUUID(), contactId: id, campaignId: null },
    ...{ kind: 'clicked', at: new Date(deps.now().getTime() - days * 86_400_000), detail: null, importId: null },
  });
  const addressOf = ({ id, address }: Person & { id: string }) => ({
    ...{ workspaceId, kind: 'email' as const, value: `${address}${id.slice(0, 8)}@c.example`.toLowerCase() },
    ...{ accountId: null, contactId: id, linkedBy: null },
  });
  await inWorkspace(database.db, workspaceId, async (scope) => {
    for (const { id, name } of companies) {
      const account = { workspaceId, id, name, ...blank, territory: null, ownerAddress: null, latestWin: null };
      await scope.insertInto('account').values(account).execute();
    }
    const rows = people.map(({ id, accountId, name }) => ({
      ...{ workspaceId, id, accountId, name, title: null, buyingRole: null, country: null, addedBy: null },
    }));
    if (rows.length > 0) await scope.insertInto('contact').values(rows).execute();
    if (people.length > 0) await scope.insertInto('identifier').values(people.map(addressOf)).execute();
    const touches = people.flatMap((person) =>
      Array.from({ length: person.touches }, (__, days) => touchOf(person, days)),
    );
    if (touches.length > 0) await scope.insertInto('touch').values(touches).execute();
  });
}

/** What the indexes should say, by the plainest means: each prefix or word with the numbers of its bundles. */
function indexBy<T>(packed: { bundles: ReturnType<typeof faceOf>[] }, list: (face: ReturnType<typeof faceOf>) => T[]) {
  const numbers = new Map<T, number[]>();
  for (const [number, face] of packed.bundles.entries())
    for (const each of new Set(list(face))) numbers.set(each, [...(numbers.get(each) ?? []), number]);
  return numbers;
}

function expectIndexed(packed: ReadPacked, faces: ReturnType<typeof faceOf>[]): void {
  const of = { bundles: faces };
  const keys = indexBy(of, (face) => face.keys.map(prefixOfKey));
  for (const key of faces.flatMap((face) => face.keys)) expect(packed.findKey(key)).toEqual(keys.get(prefixOfKey(key)));
  const ids = indexBy(of, (face) => face.ids.map(prefixOfId));
  for (const id of faces.flatMap((face) => face.ids)) expect(packed.findId(id)).toEqual(ids.get(prefixOfId(id)));
  for (const [word, numbers] of indexBy(of, (face) => nameWords(...face.names)))
    expect(packed.findWord(word)).toEqual(numbers);
  expect(packed.findWord('nobody')).toEqual([]);
  expect(packed.findKey(`k1:${'A'.repeat(43)}` as IdentifierKey)).toEqual([]);
}

async function readAll({ database }: TestStore, workspaceId: WorkspaceId, now: Date) {
  return inWorkspace(database.db, workspaceId, async (scope) => {
    const { current } = await readHashKeys(scope, workspaceId);
    return readBundles(scope, workspaceId, await listAllBundleIds(scope, workspaceId, null), current, now);
  });
}

describe('a packed snapshot', () => {
  test('is in every part what one reading of the tables says, of whatever workspace', async () => {
    await fc.assert(
      fc.asyncProperty(someWorkspace, async (workspace) => {
        const workspaceId = await store.addWorkspace();
        const rep = await store.signIn(workspaceId, 'rep');
        await fill(store, workspaceId, workspace);
        const packed = await takePacked(rep);
        const bundles = await readAll(store, workspaceId, new Date(packed.head.storeTime));
        expect(packed.bundles).toEqual(bundles);
        expect(packed.ids).toEqual(bundles.map((bundle) => bundle.id));
        const contacts = bundles.flatMap((bundle) => bundle.contacts).length;
        expect(packed.head).toMatchObject({ bundles: bundles.length, contacts, scope: 'all' });
        for (const key of packed.bundles.flatMap((bundle) => bundle.account?.keys ?? []))
          expect(key.startsWith(`${packed.head.keyId}:`)).toBe(true);
        expectIndexed(packed, bundles.map(faceOf));
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test('of a workspace that is too large has the same indexes, and no bundles', async () => {
    await fc.assert(
      fc.asyncProperty(someWorkspace, async (workspace) => {
        const workspaceId = await tight.addWorkspace();
        const rep = await tight.signIn(workspaceId, 'rep');
        await fill(tight, workspaceId, {
          ...workspace,
          lone: [...workspace.lone, { name: 'Zoë', address: 'plain', touches: 0 }],
        });
        const packed = await takePacked(rep);
        const bundles = await readAll(tight, workspaceId, new Date());
        expect(packed.head.sections.blocks).toEqual([]);
        expect(packed.ids).toEqual(bundles.map((bundle) => bundle.id));
        expect(packed.head.contacts).toBe(bundles.flatMap((bundle) => bundle.contacts).length);
        expectIndexed(packed, bundles.map(faceOf));
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  test('cuts blocks at so many bundles, and at so much of them', async () => {
    const workspaceId = await store.addWorkspace();
    const rep = await store.signIn(workspaceId, 'rep');
    const touched = { name: 'Dana Ortiz', address: 'plain', touches: 3 };
    const accounts = Array.from({ length: 150 }, (_, at) => ({
      name: 'Kestrel Foundry',
      people: Array.from({ length: at < 40 ? 40 : 1 }, () => touched),
    }));
    await fill(store, workspaceId, { accounts, lone: [] });
    const { head, bundles } = await takePacked(rep);
    expect(bundles).toHaveLength(150);
    const firsts = head.sections.blocks.map((block) => block.first);
    const counts = firsts.map((first, at) => (firsts[at + 1] ?? bundles.length) - first);
    expect(Math.max(...counts)).toBeLessThanOrEqual(64);
    for (const [at, first] of firsts.entries()) {
      const length = JSON.stringify(bundles.slice(first, first + (counts[at] ?? 0))).length;
      if ((counts[at] ?? 0) > 1) expect(length).toBeLessThan(257 * 1024);
    }
    expect(counts.length).toBeGreaterThan(4);
  });

  test('of nobody is a file like any other', async () => {
    const rep = await store.signIn(await store.addWorkspace(), 'rep');
    const packed = await takePacked(rep);
    expect(packed).toMatchObject({ bundles: [], ids: [], talkingPoints: [], head: { bundles: 0, contacts: 0 } });
  });

  test('stands as of one moment, from where a pull tells the rest', async () => {
    const workspaceId = await store.addWorkspace();
    const rep = await store.signIn(workspaceId, 'rep');
    const { contactId, accountId } = await seedAccount(store, workspaceId);
    const { head } = await takePacked(rep);
    const body = {
      insightId: randomUUID() as InsightId,
      accountId,
      contactId,
      text: 'They buy in March.',
      quote: null,
    };
    await rep.push(1, { kind: 'recordInsight', body: { ...body, kind: 'customer', method: 'interview' } });
    expect(await rep.pull(head.cursor)).toMatchObject({
      status: 'changes',
      from: head.cursor,
      bundles: [{ id: accountId }],
    });
  });

  test('is refused to whoever hashes with another key, and to nobody of another workspace is there anything of it', async () => {
    const workspaceId = await store.addWorkspace();
    const rep = await store.signIn(workspaceId, 'rep');
    await seedAccount(store, workspaceId);
    const stranger = await store.signIn(await store.addWorkspace(), 'admin');
    const { head, bundles } = await takePacked(rep);
    expect(bundles).toHaveLength(1);
    expect((await takePacked(stranger)).bundles).toHaveLength(0);
    expect((await rep.request('GET', `/v1/snapshot/packed?keyId=${head.keyId}`)).status).toBe(200);
    const refused = await rep.request('GET', '/v1/snapshot/packed?keyId=k9');
    expect([refused.status, ((await refused.json()) as { type: string }).type]).toEqual([
      409,
      'urn:baton:problem:key-gone',
    ]);
    expect((await rep.request('GET', '/v1/snapshot/packed?keyId=K!')).status).toBe(422);
  });
});

describe('over HTTP', () => {
  test('comes whole, from the middle on, or not again', async () => {
    const own = await createTestStore();
    try {
      const workspaceId = await own.addWorkspace();
      const rep = await own.signIn(workspaceId, 'rep');
      for (let count = 0; count < 3; count++) await seedAccount(own, workspaceId);
      const ask = (headers: Record<string, string> = {}) =>
        fetchPacked(
          (more) =>
            own.app.request('/v1/snapshot/packed', { headers: { Authorization: `Bearer ${rep.token}`, ...more } }),
          headers,
        );
      const whole = await ask();
      const bytes = Buffer.from(await whole.arrayBuffer());
      const etag = whole.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]{43}"$/);
      expect(whole.headers.get('content-length')).toBe(String(bytes.length));
      expect(readPacked(bytes).bundles).toHaveLength(3);

      const part = await ask({ Range: 'bytes=100-', 'If-Range': etag });
      expect([part.status, part.headers.get('content-range')]).toEqual([
        206,
        `bytes 100-${bytes.length - 1}/${bytes.length}`,
      ]);
      expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100))).toBe(true);
      const stretch = await ask({ Range: 'bytes=10-19' });
      expect(Buffer.from(await stretch.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
      const last = await ask({ Range: 'bytes=-7' });
      expect(Buffer.from(await last.arrayBuffer()).equals(bytes.subarray(-7))).toBe(true);
      const other = await ask({ Range: 'bytes=100-', 'If-Range': '"another"' });
      expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, bytes.length]);
      const beyond = await ask({ Range: `bytes=${bytes.length}-` });
      expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
      const odd = await ask({ Range: 'bytes=5-3,x' });
      expect(odd.status).toBe(200);
      const known = await ask({ 'If-None-Match': `"x", ${etag}` });
      expect([known.status, (await known.arrayBuffer()).byteLength]).toEqual([304, 0]);
      const head = await own.app.request('/v1/snapshot/packed', {
        method: 'HEAD',
        headers: { Authorization: `Bearer ${rep.token}` },
      });
      expect([head.status, head.headers.get('etag')]).toEqual([200, etag]);
    } finally {
      await own.close();
    }
  });
});

describe('a member’s own part', () => {
  test('is theirs alone, and tells of this very device', async () => {
    const workspaceId = await store.addWorkspace();
    const rep = await store.signIn(workspaceId, 'rep');
    const colleague = await store.signIn(workspaceId, 'rep');
    const { contactId } = await seedAccount(store, workspaceId);
    const verdictId = randomUUID() as never;
    await rep.push(1, {
      kind: 'recordVerdict',
      body: { verdictId, contactId: contactId as ContactId, value: 'weak', shown: null },
    });
    const own = await (await rep.request('GET', '/v1/snapshot/mine')).json();
    expect(own).toMatchObject({
      verdicts: [{ verdictId }],
      outcomes: [],
      erasedContacts: [],
      device: { lastSequence: 1, rejected: [] },
    });
    const lines = await rep.snapshot();
    expect(lines.find((line) => line.line === 'mine')).toEqual({ line: 'mine', ...(own as object) });
    expect(await (await colleague.request('GET', '/v1/snapshot/mine')).json()).toMatchObject({
      verdicts: [],
      device: { lastSequence: 0 },
    });
  });
});

describe('bundles by their ids', () => {
  test('come in the order asked, once each, without what is not there or in another workspace', async () => {
    const workspaceId = await store.addWorkspace();
    const rep = await store.signIn(workspaceId, 'rep');
    const [one, other] = [await seedAccount(store, workspaceId), await seedAccount(store, workspaceId)];
    const foreign = await seedAccount(store, await store.addWorkspace());
    const ids = [other.accountId, foreign.accountId, one.accountId, randomUUID(), other.accountId];
    const answer = (await (await rep.request('POST', '/v1/bundles', { ids })).json()) as { bundles: { id: string }[] };
    expect(answer.bundles.map((bundle) => bundle.id)).toEqual([other.accountId, one.accountId]);
    expect((await rep.request('POST', '/v1/bundles', { ids: [] })).status).toBe(422);
    expect(
      (await rep.request('POST', '/v1/bundles', { ids: Array.from({ length: 51 }, () => randomUUID()) })).status,
    ).toBe(422);
  });
});
