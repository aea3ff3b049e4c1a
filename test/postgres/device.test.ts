import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueInvite } from '../../server/auth/invites.ts';
import type { CardRequest } from '../../utils/contract/card.ts';
import type { ContactId, VerdictId, WorkspaceId } from '../../utils/contract/ids.ts';
import { readHead } from '../../utils/replica/database.ts';
import { createReader } from '../../utils/replica/reader.ts';
import { createCycle } from '../../utils/sync/cycle.ts';
import { openGround } from '../../utils/sync/ground.ts';
import { acceptInvite } from '../../utils/sync/join.ts';
import { createCardReader } from '../../utils/sync/read-card.ts';
import { readStatus } from '../../utils/sync/read-status.ts';
import { saveMutation } from '../../utils/sync/save.ts';
import { createTestStore, seedAccount, type TestStore } from './store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let dana: Awaited<ReturnType<typeof seedAccount>>;

const look = (value: string): CardRequest => ({
  sighting: {
    site: 'gmail',
    view: 'thread',
    hasDraft: false,
    people: [
      {
        standing: 'sender',
        isCompany: false,
        clues: [{ kind: 'email', value }],
        name: null,
        title: null,
        company: null,
        signals: [],
      },
    ],
  },
  person: null,
  contactId: null,
  accountId: null,
});

/** The extension's background without a browser: its databases in memory, its network the store itself. */
async function createBackground(address: string) {
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  const reach = async (input: string | URL | Request, init?: RequestInit) =>
    store.app.request(String(input).replace('http://localhost:8787', ''), init);
  const ground = await openGround({ now: Date.now, fetch: reach as typeof fetch, changed: () => undefined }, names);
  const cycle = createCycle(ground);
  const { link } = await issueInvite(store.deps, null, workspaceId, { role: 'rep', address, team: null });
  const joined = await acceptInvite(ground, link, address, 'Test browser', cycle.idle);
  if (!joined.ok) throw new Error(joined.message);
  await cycle.run('asked');
  const readCard = createCardReader(ground, createReader(ground.replica));
  return { ground, cycle, readCard };
}

const verdictOn = (contactId: ContactId) => ({
  kind: 'recordVerdict' as const,
  body: { verdictId: randomUUID() as VerdictId, contactId, value: 'weak' as const, shown: null },
});

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  dana = await seedAccount(store, workspaceId);
});
afterAll(() => store.close());

describe('the background and the store', () => {
  it('hash alike: the address on the page finds whom the store knows by it', async () => {
    const { readCard } = await createBackground('one@larkspur.example');
    const known = await readCard(look(dana.address.toUpperCase()));
    expect(known.card).toMatchObject({ sureness: 'exact', contact: { id: dana.contactId, name: 'Dana Ortiz' } });
    const colleague = await readCard(look(`new@mail.${dana.address.split('@')[1]}`));
    expect(colleague.card).toMatchObject({ sureness: 'domain', contact: null, account: { id: dana.accountId } });
  });

  it('agree on a verdict: once in the store, sent in the card, on all of the member’s browsers', async () => {
    const first = await createBackground('two@larkspur.example');
    const second = await createBackground('two@larkspur.example');
    await saveMutation(first.ground, null, verdictOn(dana.contactId));
    await Promise.all([first.cycle.run('saved'), first.cycle.run('poke')]);
    await second.cycle.run('poke');
    for (const { readCard } of [first, second]) {
      expect((await readCard(look(dana.address))).card?.verdict).toMatchObject({ value: 'weak', delivery: 'sent' });
    }
    const undo = {
      kind: 'undoVerdict' as const,
      body: { verdictId: (await first.readCard(look(dana.address))).card?.verdict?.verdictId as VerdictId },
    };
    await saveMutation(second.ground, null, undo);
    await second.cycle.run('saved');
    await first.cycle.run('poke');
    expect((await first.readCard(look(dana.address))).card?.verdict).toBeNull();
  });

  it('agree on what is new: an account seen by one pull after another is the store’s', async () => {
    const { readCard, cycle, ground } = await createBackground('three@larkspur.example');
    const before = await readHead(ground.replica);
    const other = await createBackground('four@larkspur.example');
    const text = 'They moved the budget to January.';
    await saveMutation(other.ground, null, {
      kind: 'recordInsight',
      body: {
        insightId: randomUUID() as never,
        accountId: dana.accountId,
        contactId: dana.contactId,
        text,
        quote: null,
        kind: 'customer',
        method: 'interview',
      },
    });
    await other.cycle.run('saved');
    await cycle.run('poke');
    expect((await readHead(ground.replica))?.cursor).not.toBe(before?.cursor);
    expect((await readCard(look(dana.address))).card?.insights).toContainEqual(
      expect.objectContaining({ text, delivery: 'sent' }),
    );
  });

  it('agree on a refusal: it is told, and what comes after it goes through', async () => {
    const { ground, cycle } = await createBackground('five@larkspur.example');
    await saveMutation(ground, null, verdictOn(randomUUID() as ContactId));
    await saveMutation(ground, null, verdictOn(dana.contactId));
    await cycle.run('saved');
    const { unsent } = await readStatus(ground);
    expect(unsent).toMatchObject([{ sequence: 1, delivery: 'refused', refusal: expect.any(String) }]);
  });

  it('agree on the end: a device whose access is over holds nothing after its next request', async () => {
    const { ground, cycle, readCard } = await createBackground('six@larkspur.example');
    store.moveClock(31 * 86_400_000);
    await cycle.run('alarm');
    store.moveClock(0);
    expect(await readHead(ground.replica)).toBeNull();
    expect(await readCard(look(dana.address))).toMatchObject({ card: null, status: { connection: 'signedOut' } });
  });
});
