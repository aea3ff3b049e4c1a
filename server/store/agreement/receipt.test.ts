import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Agreement, agreementSchema, type CardBody } from '#contract/agreement.ts';
import type { VerdictId, WorkspaceId } from '#contract/ids.ts';
import { type Receipt, type ReceiptsPreview, receiptsPreviewSchema } from '#contract/receipt.ts';
import type { VerdictReason } from '#contract/verdict.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../../test/postgres/store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let signer: TestDevice;
let rita: TestDevice;
let ritasOther: TestDevice;
let omar: TestDevice;
const path = '/v1/agreements/scorecard';
const sequences = new Map<TestDevice, number>();

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
  const admin = await store.signIn(workspaceId, 'admin');
  marketer = await store.signIn(workspaceId, 'marketer');
  signer = await store.signIn(workspaceId, 'rep');
  rita = await store.signIn(workspaceId, 'rep', 'rita@larkspur.example');
  ritasOther = await store.signIn(workspaceId, 'rep', 'rita@larkspur.example');
  omar = await store.signIn(workspaceId, 'rep');
  await ask(admin, 'PUT', '/signers', { sales: [signer.caller.memberId], arbiter: null });
});

async function ask(device: TestDevice, method: string, below: string, body?: unknown): Promise<Agreement> {
  const response = await device.request(method, path + below, body);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return agreementSchema.parse(JSON.parse(text));
}

/** A rep judges somebody new, who attended a webinar twice and is head of operations. */
async function judge(rep: TestDevice, value: 'weak' | 'strong', reason: VerdictReason | null): Promise<void> {
  const { contactId } = await seedAccount(store, workspaceId);
  const verdictId = randomUUID() as VerdictId;
  const first = (sequences.get(rep) ?? 0) + 1;
  sequences.set(rep, first + 1);
  const { body } = await rep.push(
    first,
    { kind: 'recordVerdict', body: { verdictId, contactId, value, shown: null } },
    { kind: 'setVerdictReason', body: { verdictId, reason } },
  );
  expect(body.rejected).toEqual([]);
}

async function draft(change: (card: CardBody) => CardBody): Promise<Agreement> {
  const { draft: open } = await ask(marketer, 'POST', '/draft', {});
  if (!open) throw new Error('no draft');
  return ask(marketer, 'PUT', '/draft', { draftId: open.id, revision: open.revision, body: change(open.body) });
}
const worth =
  (id: string, points: number) =>
  (card: CardBody): CardBody => ({
    ...card,
    criteria: card.criteria.map((each) => (each.id === id ? { ...each, points } : each)),
  });

const previewed = async (): Promise<ReceiptsPreview> =>
  receiptsPreviewSchema.parse(await (await marketer.request('GET', `${path}/receipts`)).json());

async function publish({ draft: open }: Agreement): Promise<void> {
  const named = { draftId: open?.id, revision: open?.revision };
  await ask(marketer, 'POST', '/draft/sign', { ...named, side: 'marketing' });
  await ask(signer, 'POST', '/draft/sign', { ...named, side: 'sales' });
  await ask(marketer, 'POST', '/draft/publish', { ...named, reason: 'Webinars say little.' });
}

/** What a fresh copy tells, and what comes to a copy by a pull. */
async function receiptsOf(device: TestDevice): Promise<Receipt[]> {
  const mine = (await device.snapshot()).find((line) => line.line === 'mine');
  return mine?.line === 'mine' ? (mine.receipts ?? []) : [];
}

test('whose verdicts spoke for the change is told so, in the words that the marketer saw before; nobody else is told', async () => {
  for (let index = 0; index < 3; index++) await judge(rita, 'weak', 'wrong_person');
  await judge(rita, 'weak', null);
  await judge(omar, 'strong', 'real_need');
  const cursor = await rita.cursor();
  const saved = await draft(worth('attended', 20));
  const shown = await previewed();
  expect(await receiptsOf(rita)).toEqual([]);
  await publish(saved);
  const [receipt, ...more] = await receiptsOf(rita);
  expect(more).toEqual([]);
  expect(receipt).toMatchObject({ version: 2, why: 'Webinars say little.' });
  expect(receipt?.signedBy).toHaveLength(2);
  expect(receipt?.lines).toEqual([
    {
      criterion: 'attended',
      label: 'Attended',
      before: 35,
      after: 20,
      value: 'weak',
      reason: 'wrong_person',
      count: 3,
    },
  ]);
  expect(shown).toEqual({ members: 1, sample: receipt?.lines });
  expect(await receiptsOf(omar)).toEqual([]);
  expect(await receiptsOf(marketer)).toEqual([]);
  const pulled = await rita.pull(cursor);
  expect(pulled).toMatchObject({ status: 'changes', receipts: [receipt] });
});

test('put away on one device, it leaves the other, and never comes again', async () => {
  await judge(rita, 'weak', null);
  await publish(await draft(worth('attended', 20)));
  const [receipt] = await receiptsOf(ritasOther);
  const cursor = await ritasOther.cursor();
  const dismissal = { kind: 'dismissReceipt' as const, body: { receiptId: receipt?.id } };
  const next = (sequences.get(rita) ?? 0) + 1;
  expect((await rita.push(next, dismissal)).body.rejected).toEqual([]);
  expect(await ritasOther.pull(cursor)).toMatchObject({ receipts: [] });
  expect(await receiptsOf(ritasOther)).toEqual([]);
  expect((await omar.push((sequences.get(omar) ?? 0) + 1, dismissal)).body.rejected).toMatchObject([
    { code: 'unknown-receipt' },
  ]);
});

test('a change that no judged lead was met by tells nobody', async () => {
  await judge(rita, 'weak', 'wrong_person');
  await publish(await draft(worth('unsubscribed', -50)));
  expect(await receiptsOf(rita)).toEqual([]);
});

test('a revert tells nobody, whatever they had said: it was not asked for', async () => {
  await judge(rita, 'weak', null);
  await judge(omar, 'strong', null);
  await publish(await draft(worth('attended', 20)));
  await ask(marketer, 'POST', '/revert', { version: 2, reason: 'A slip.' });
  expect((await receiptsOf(rita)).map(({ version }) => version)).toEqual([2]);
  expect(await receiptsOf(omar)).toEqual([]);
});

test('a criterion that is new counts for the leads that meet it', async () => {
  await judge(rita, 'weak', 'not_a_buyer');
  await publish(
    await draft((card) => ({
      ...card,
      criteria: [
        ...card.criteria,
        {
          id: 'heads',
          label: 'Heads',
          points: -8,
          axis: 'fit',
          field: 'title',
          test: { op: 'contains', values: ['head'] },
        },
        {
          id: 'buyers',
          label: 'Buyers',
          points: -8,
          axis: 'fit',
          field: 'title',
          test: { op: 'is', values: ['buyer'] },
        },
      ],
    })),
  );
  const [receipt] = await receiptsOf(rita);
  expect(receipt?.lines).toMatchObject([{ criterion: 'heads', before: null, after: -8, count: 1 }]);
});

test('of each version everybody is told once, and only of what it changed over the one before', async () => {
  await judge(rita, 'weak', null);
  await publish(await draft(worth('attended', 20)));
  await publish(await draft(worth('attended', 10)));
  const told = (await receiptsOf(rita)).map(({ version, lines }) => [version, lines[0]?.before, lines[0]?.after]);
  expect(told).toEqual([
    [3, 20, 10],
    [2, 35, 20],
  ]);
});

test('who has left has no part any more, and neither has what was said more than 91 days ago', async () => {
  await judge(rita, 'weak', null);
  await judge(omar, 'weak', null);
  await draft(worth('attended', 20));
  expect(await previewed()).toMatchObject({ members: 2 });
  const { owner } = store.database;
  await sql`update member set left_at = now() where id = ${omar.caller.memberId}`.execute(owner);
  expect(await previewed()).toMatchObject({ members: 1 });
  const days = (count: number) =>
    sql`update verdict set at = ${new Date(store.deps.now().getTime() - count * 86_400_000)} where workspace_id = ${workspaceId}`;
  await days(90).execute(owner);
  expect(await previewed()).toMatchObject({ members: 1 });
  await days(92).execute(owner);
  expect(await previewed()).toEqual({ members: 0, sample: null });
});

test('a criterion of engagement that is new counts for what they had done when they were judged', async () => {
  await judge(rita, 'weak', null);
  const { owner } = store.database;
  const came = {
    id: 'came',
    label: 'Came',
    points: -8,
    axis: 'engagement',
    detail: null,
    halfLifeDays: 30,
    cap: 30,
  } as const;
  await draft((card) => ({ ...card, criteria: [...card.criteria, { ...came, kinds: ['attended'] }] }));
  expect(await previewed()).toMatchObject({ members: 1, sample: [{ criterion: 'came', count: 1 }] });
  await sql`update verdict set at = at - interval '30 days' where workspace_id = ${workspaceId}`.execute(owner);
  expect(await previewed()).toEqual({ members: 0, sample: null });
});

test('a rep cannot look at what others would be told', async () => {
  expect((await rita.request('GET', `${path}/receipts`)).status).toBe(403);
});
