import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { criteriaEvidenceSchema } from '#contract/evidence.ts';
import { funnelSchema } from '#contract/funnel.ts';
import type { VerdictId, WorkspaceId } from '#contract/ids.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { takeFile } from '../../test/postgres/take-file.ts';
import { usualQuestions } from '../answers/registry.ts';
import { keepAnswers, manyAccounts } from './keep-answers.ts';
import { toUpkeepGround } from './upkeep.ts';

const minuteMs = 60_000;
let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let admin: TestDevice;
let rep: TestDevice;
let contactId: string;
let address: string;
let movedMs: number;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  movedMs = 0;
  store.moveClock(0);
  workspaceId = await store.addWorkspace();
  marketer = await store.signIn(workspaceId, 'marketer');
  admin = await store.signIn(workspaceId, 'admin');
  rep = await store.signIn(workspaceId, 'rep');
  ({ contactId, address } = await seedAccount(store, workspaceId));
});

const pass = (minutes: number) => {
  movedMs += minutes * minuteMs;
  store.moveClock(movedMs);
};
const look = () => keepAnswers.run(toUpkeepGround(store.deps), workspaceId);
const own = <Row>(query: ReturnType<typeof sql<Row>>) => query.execute(store.database.owner).then(({ rows }) => rows);

async function addAccounts(count: number): Promise<void> {
  await own(sql`insert into account (workspace_id, id, name, stage, segment)
    select ${workspaceId}, gen_random_uuid(), 'Company ' || n, case n % 3 when 0 then 'Lead' when 1 then 'Met' else 'Deal' end, 'Segment ' || n % 2
    from generate_series(1, ${count}) n`);
}

const kept = () =>
  own(sql<{ question: string; asOf: Date; answer: unknown }>`
    select question, as_of as "asOf", answer from kept_answer where workspace_id = ${workspaceId} order by question`);

/** What is kept of funnel and evidence, beside a count of the tables themselves. */
async function compare(): Promise<{ told: object; counted: object }> {
  const rows = await kept();
  const of = (question: string) => rows.find((row) => row.question === question)?.answer;
  const funnel = funnelSchema.parse(of('funnel 0'));
  const evidence = criteriaEvidenceSchema.parse(of('evidence 91'));
  const stages = await own(sql<{ stage: string; there: number }>`
    select stage, count(*)::int as there from account where workspace_id = ${workspaceId} group by stage order by stage`);
  const [verdicts] = await own(sql<{ weak: number; strong: number }>`
    select count(*) filter (where value = 'weak')::int as weak, count(*) filter (where value = 'strong')::int as strong
    from verdict where workspace_id = ${workspaceId} and undone_at is null`);
  const there = funnel.stages.map(({ name }, index) => ({ stage: name, there: funnel.all[index]!.there }));
  return {
    told: {
      stages: there.filter((row) => row.there > 0).sort((a, b) => (a.stage < b.stage ? -1 : 1)),
      verdicts: evidence.all,
    },
    counted: { stages, verdicts },
  };
}

async function expectTrue(): Promise<void> {
  const { told, counted } = await compare();
  expect(told).toEqual(counted);
}

test('in a workspace of few accounts nothing is made beforehand, and what was made of a larger one goes', async () => {
  await look();
  expect(await kept()).toEqual([]);
  await addAccounts(manyAccounts);
  await look();
  expect((await kept()).map(({ question }) => question)).toEqual(usualQuestions.map(({ key }) => key).sort());
  await own(sql`delete from account where workspace_id = ${workspaceId} and name like 'Company 1%'`);
  await look();
  expect(await kept()).toEqual([]);
});

test('what is made is what a count says, again after verdicts, their undoing, an import and an erasing, each once five minutes are over', async () => {
  await addAccounts(manyAccounts);
  await look();
  await expectTrue();
  const verdictId = randomUUID() as VerdictId;
  const changes = [
    () => rep.push(1, { kind: 'recordVerdict', body: { verdictId, contactId, value: 'weak', shown: null } }),
    () => rep.push(2, { kind: 'undoVerdict', body: { verdictId } }),
    () =>
      rep.push(3, {
        kind: 'recordVerdict',
        body: { verdictId: randomUUID(), contactId, value: 'strong', shown: null },
      }),
    () =>
      takeFile(
        store.database,
        workspaceId,
        new TextEncoder().encode('Account Name,Website,Stage\nNewcomer,newcomer.example,Deal\n'),
        { fileName: 'accounts.csv', now: store.deps.now() },
      ),
    () => admin.request('POST', '/v1/desk/persons/erase', { clue: { kind: 'email', value: address } }),
  ];
  for (const change of changes) {
    await change();
    const before = await kept();
    const { told, counted } = await compare();
    // Who is erased leaves what they were judged as in the count, without themselves.
    if (change !== changes.at(-1)) expect(told).not.toEqual(counted);
    pass(4);
    await look();
    expect(await kept()).toEqual(before);
    pass(2);
    await look();
    await expectTrue();
  }
});

test('where nothing has happened it is made anew after half an hour, since time alone moves figures', async () => {
  await addAccounts(manyAccounts);
  await look();
  const asOf = async () => (await kept())[0]!.asOf.getTime();
  const first = await asOf();
  pass(20);
  await look();
  expect(await asOf()).toBe(first);
  pass(11);
  await look();
  expect(await asOf()).toBeGreaterThanOrEqual(first + 31 * minuteMs);
});

test('what was made is given with its moment; not of another workspace, not after an hour, not in a form of before', async () => {
  await addAccounts(manyAccounts);
  await look();
  const [row] = await own(sql<{ asOf: Date }>`
    select as_of as "asOf" from kept_answer where workspace_id = ${workspaceId} and question = 'funnel 365'`);
  await own(sql`update account set stage = 'Met' where workspace_id = ${workspaceId}`);
  // Each is asked for the first time at this node: what was given is kept there, too.
  const ask = async (days: string, device = marketer) =>
    funnelSchema.parse(await (await device.request('GET', `/v1/desk/funnel${days}`)).json());
  pass(10);
  expect((await ask('?days=365')).asOf).toBe(row!.asOf.toISOString());
  const other = await store.signIn(await store.addWorkspace(), 'marketer');
  expect((await ask('?days=28', other)).stages).toEqual([]);
  await own(
    sql`update kept_answer set answer = '{"asOf": 1}' where workspace_id = ${workspaceId} and question = 'funnel 91'`,
  );
  expect((await ask('?days=91')).all.map(({ there }) => there)).toContain(manyAccounts + 1);
  pass(60);
  expect((await ask('')).all.map(({ there }) => there)).toContain(manyAccounts + 1);
});
