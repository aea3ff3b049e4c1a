import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OwnHandOver } from '#contract/hand-over.ts';
import type { ContactId, HandOverAnswerId, HandOverId, WorkspaceId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../../test/postgres/store.ts';
import { inWorkspace } from '../../db/scope.ts';
import { erasePerson } from '../../persons/erase-person.ts';
import { keepAll } from '../../scores/keep-apart.ts';
import { keepScores } from '../../scores/keep-scores.ts';
import { appendChanges } from '../change.ts';
import { mostWaiting } from './offer.ts';

const hourMs = 3_600_000;

let store: TestStore;
let workspaceId: WorkspaceId;
let rep: TestDevice;
let other: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  store.moveClock(0);
  workspaceId = await store.addWorkspace();
  rep = await store.signIn(workspaceId, 'rep', 'rosa@larkspur.example');
  other = await store.signIn(workspaceId, 'rep', 'jon@larkspur.example');
  await keep();
});

const keep = () => keepAll({ db: store.database.db, now: store.deps.now }, workspaceId);
type Seeded = Awaited<ReturnType<typeof seedAccount>>;

/** Tells the feed of an account, as whoever writes does, and has its scores kept. */
async function tell(accountId: string): Promise<void> {
  await inWorkspace(store.database.db, workspaceId, (scope) =>
    appendChanges(scope, workspaceId, [{ kind: 'bundle', id: accountId, memberId: null }]),
  );
  await keep();
}

async function own(accountId: string, ownerAddress: string | null, territory: string | null = null): Promise<void> {
  await store.database.owner
    .updateTable('account')
    .set({ ownerAddress, territory })
    .where('id', '=', accountId)
    .execute();
}

/** Somebody who is A3: one webinar short of being qualified. */
async function addLead(ownerAddress: string | null = 'rosa@larkspur.example', touches = 1): Promise<Seeded> {
  const seeded = await seedAccount(store, workspaceId, { touches });
  await own(seeded.accountId, ownerAddress);
  await tell(seeded.accountId);
  return seeded;
}

async function addTouch({ contactId, accountId }: Seeded, hoursAgo = 1, kind = 'attended'): Promise<void> {
  const at = new Date(store.deps.now().getTime() - hoursAgo * hourMs);
  await store.database.owner
    .insertInto('touch')
    .values({
      workspaceId,
      id: randomUUID(),
      source: 'test',
      externalId: randomUUID(),
      contactId,
      campaignId: null,
      kind,
      at,
      detail: null,
      importId: null,
    })
    .execute();
  await tell(accountId);
}

async function ownOf(device: TestDevice): Promise<OwnHandOver[]> {
  const lines = await device.snapshot();
  const mine = lines.find((line) => line.line === 'mine');
  return mine?.line === 'mine' ? (mine.handOvers ?? []) : [];
}
const rows = () =>
  store.database.owner
    .selectFrom('handOver')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .orderBy('offeredAt')
    .execute();

type Answer = Partial<Extract<Mutation, { kind: 'answerHandOver' }>['body']>;
const answerTo = ({ id, contactId }: { id: string; contactId: string }, change: Answer = {}): Mutation => ({
  kind: 'answerHandOver',
  body: {
    answerId: randomUUID() as HandOverAnswerId,
    handOverId: id as HandOverId,
    contactId: contactId as ContactId,
    answer: 'accepted',
    way: null,
    reason: null,
    line: null,
    ...change,
  },
});
const returned = { answer: 'returned', way: 'recycle', reason: 'bad_timing', line: 'Budget in May.' } as const;
async function one(device = rep): Promise<OwnHandOver> {
  const [first] = await ownOf(device);
  if (!first) throw new Error('Nothing was offered.');
  return first;
}

describe('a lead that becomes qualified', () => {
  test('is offered to the owner of its account, by a pull, with the score as it stood and until when it is to be answered', async () => {
    const lead = await addLead();
    const before = await rep.cursor();
    expect(await ownOf(rep)).toEqual([]);
    await addTouch(lead);
    const [row, ...rest] = await rows();
    expect(rest).toEqual([]);
    expect(row).toMatchObject({
      contactId: lead.contactId,
      memberId: rep.caller.memberId,
      state: 'offered',
      cause: 'grade',
      offeredBy: null,
      grade: 'A2',
      agreedHours: 24,
      segment: 'Industrial',
      tier: 1,
      lastCampaignId: lead.campaignId,
    });
    expect(row!.dueAt!.getTime() - row!.offeredAt.getTime()).toBe(24 * hourMs);
    expect((row!.score as { grade: string; reasons: unknown[] }).reasons.length).toBeGreaterThan(3);
    const pulled = await rep.pull(before);
    expect(pulled).toMatchObject({
      handOvers: [{ id: row!.id, name: 'Dana Ortiz', account: 'Kestrel Foundry', grade: 'A2', state: 'offered' }],
    });
    // Nobody else holds it, nor hears of it.
    expect(await ownOf(other)).toEqual([]);
    expect(await other.pull(before)).not.toHaveProperty('handOvers');
  });

  test('once: neither more touches nor the same news again offer it a second time', async () => {
    const lead = await addLead();
    await addTouch(lead);
    await addTouch(lead);
    await tell(lead.accountId);
    expect(await rows()).toHaveLength(1);
  });

  test('by a raised hand, whatever the grade', async () => {
    const lead = await addLead('rosa@larkspur.example', 0);
    await addTouch(lead, 1, 'requested_contact');
    expect(await rows()).toMatchObject([{ cause: 'hand_raise', grade: 'A3' }]);
  });

  test('is not one who was before: not at the first scoring, not by history that comes late, not by who they are', async () => {
    // Before anything was kept.
    const known = await seedAccount(store, workspaceId, { touches: 0 });
    await own(known.accountId, 'rosa@larkspur.example');
    for (const hours of [80, 90]) await addTouch(known, hours);
    // Old touches alone make this one qualified.
    const late = await addLead('rosa@larkspur.example', 0);
    for (const hours of [30 * 24, 31 * 24, 32 * 24]) await addTouch(late, hours);
    // And this one a title.
    const titled = await addLead('rosa@larkspur.example', 2);
    await store.database.owner.deleteFrom('handOver').execute();
    await store.database.owner.updateTable('contact').set({ title: null }).where('id', '=', titled.contactId).execute();
    await store.database.owner
      .updateTable('touch')
      .set({ at: new Date(Date.now() - 90 * hourMs) })
      .where('contactId', '=', titled.contactId)
      .execute();
    await store.database.owner
      .updateTable('account')
      .set({ employees: 10 })
      .where('id', '=', titled.accountId)
      .execute();
    await tell(titled.accountId);
    await store.database.owner
      .updateTable('account')
      .set({ employees: 340 })
      .where('id', '=', titled.accountId)
      .execute();
    await store.database.owner
      .updateTable('contact')
      .set({ title: 'Head of Operations' })
      .where('id', '=', titled.contactId)
      .execute();
    await tell(titled.accountId);
    const { rows: graded } = await sql<{ grade: string }>`
      select grade from kept_score where workspace_id = ${workspaceId} order by grade`.execute(store.database.owner);
    expect(graded.map(({ grade }) => grade)).toEqual(['A2', 'A2', 'A2']);
    expect(await rows()).toEqual([]);
  });

  test('everything that is scored for the first time is offered to nobody, however fresh, also whom the feed tells of meanwhile', async () => {
    await sql`delete from score_progress where workspace_id = ${workspaceId}`.execute(store.database.owner);
    for (let index = 0; index < 3; index++) {
      const seeded = await seedAccount(store, workspaceId, { touches: 2 });
      await own(seeded.accountId, 'rosa@larkspur.example');
    }
    // It has begun, and nobody is scored yet.
    await keepScores(store.database.db, workspaceId, store.deps.now);
    const { rows: accounts } = await sql<{
      id: string;
    }>`select id from account where workspace_id = ${workspaceId}`.execute(store.database.owner);
    await tell(accounts[0]!.id);
    await keep();
    expect(await rows()).toEqual([]);
  });

  test('with many others at once: the best wait with their rep, as many as the rep has room for', async () => {
    const ids: string[] = [];
    for (let index = 0; index < mostWaiting.member + 3; index++) {
      const seeded = await seedAccount(store, workspaceId, { touches: 2 });
      await own(seeded.accountId, 'rosa@larkspur.example');
      ids.push(seeded.accountId);
    }
    await inWorkspace(store.database.db, workspaceId, (scope) =>
      appendChanges(
        scope,
        workspaceId,
        ids.map((id) => ({ kind: 'bundle', id, memberId: null })),
      ),
    );
    await keep();
    expect(await rows()).toHaveLength(mostWaiting.member);
  });

  test('goes to the one rep of its territory where the account has no owner, and else to nobody', async () => {
    await sql`update member set territories = '{South}' where id = ${other.caller.memberId}`.execute(
      store.database.owner,
    );
    const south = await addLead(null);
    await own(south.accountId, null, 'South');
    const nobody = await addLead('gone@larkspur.example');
    await addTouch(south);
    await addTouch(nobody);
    expect(await rows()).toMatchObject([
      { contactId: south.contactId, memberId: other.caller.memberId },
      { contactId: nobody.contactId, memberId: null, dueAt: null },
    ]);
    // Of two reps of a territory none is chosen.
    await sql`update member set territories = '{South}' where id = ${rep.caller.memberId}`.execute(
      store.database.owner,
    );
    const second = await addLead(null);
    await own(second.accountId, null, 'South');
    await addTouch(second);
    expect((await rows()).at(-1)).toMatchObject({ contactId: second.contactId, memberId: null });
  });

  test('that nobody was there to take goes to the owner who joins, or whom the account gets, and their time begins then', async () => {
    const [joins, gets] = [await addLead('kim@larkspur.example'), await addLead(null)];
    for (const lead of [joins, gets]) await addTouch(lead);
    expect(await rows()).toMatchObject([{ memberId: null }, { memberId: null }]);
    store.moveClock(30 * hourMs);
    const kim = await store.signIn(workspaceId, 'rep', 'kim@larkspur.example');
    expect(await ownOf(kim)).toMatchObject([{ contactId: joins.contactId }]);
    await own(gets.accountId, 'jon@larkspur.example');
    const before = await other.cursor();
    await tell(gets.accountId);
    expect(await other.pull(before)).toMatchObject({ handOvers: [{ contactId: gets.contactId }] });
    for (const row of await rows()) expect(row.dueAt!.getTime() - row.offeredAt.getTime()).toBeGreaterThan(53 * hourMs);
  });

  test('who may not be contacted is not offered', async () => {
    const lead = await addLead();
    await sql`update contact set do_not_contact = true where id = ${lead.contactId}`.execute(store.database.owner);
    await addTouch(lead);
    expect(await rows()).toEqual([]);
  });
});

describe('an answer', () => {
  test('takes a lead, is confirmed, and can be taken back', async () => {
    const lead = await addLead();
    await addTouch(lead);
    const offered = await one();
    const taken = answerTo(offered);
    expect((await rep.push(1, taken)).body).toEqual({ lastSequence: 1, rejected: [] });
    const { answerId } = taken.body as { answerId: HandOverAnswerId };
    expect(await one()).toMatchObject({ state: 'accepted', answer: { answerId, way: null, reason: null } });
    const undo: Mutation = {
      kind: 'undoHandOverAnswer',
      body: { answerId, handOverId: offered.id, contactId: offered.contactId },
    };
    expect((await rep.push(2, undo)).body).toEqual({ lastSequence: 2, rejected: [] });
    expect(await one()).toMatchObject({ state: 'offered', answer: null, dueAt: offered.dueAt });
    const events = await store.database.owner
      .selectFrom('handOverEvent')
      .select(['what', 'number'])
      .where('workspaceId', '=', workspaceId)
      .orderBy('number')
      .execute();
    expect(events.map(({ what }) => what)).toEqual(['offered', 'accepted', 'undone']);
  });

  test('of two at once one holds, and the other is told so', async () => {
    const lead = await addLead();
    await addTouch(lead);
    const offered = await one();
    const second = await store.signIn(workspaceId, 'rep', 'rosa@larkspur.example');
    const answers = await Promise.all([
      rep.push(1, answerTo(offered)),
      second.push(1, answerTo(offered, { ...returned })),
    ]);
    const refused = answers.flatMap(({ body }) => body.rejected);
    expect(refused).toMatchObject([{ code: 'answered' }]);
    const [row] = await rows();
    const isFirst = answers[0].body.rejected.length === 0;
    expect(row!.state).toBe(isFirst ? 'accepted' : 'returned');
    expect(
      await sql`select 1 from hand_over_event where workspace_id = ${workspaceId}`.execute(store.database.owner),
    ).toMatchObject({ rows: { length: 2 } });
  });

  test('is the member’s own: another’s lead is as unknown as one that never was', async () => {
    const lead = await addLead();
    await addTouch(lead);
    const offered = await one();
    const { body } = await other.push(1, answerTo(offered), answerTo({ ...offered, id: randomUUID() as HandOverId }));
    expect(body.rejected.map(({ code }) => code)).toEqual(['unknown-hand-over', 'unknown-hand-over']);
    expect(await rows()).toMatchObject([{ state: 'offered' }]);
  });

  test('that gives back needs a reason that goes with its way', async () => {
    const lead = await addLead();
    await addTouch(lead);
    const offered = await one();
    const { body } = await rep.push(
      1,
      answerTo(offered, { answer: 'returned' }),
      answerTo(offered, { ...returned, reason: 'no_need' }),
      answerTo(offered, { reason: 'bad_timing' }),
      answerTo(offered, returned),
    );
    expect(body.rejected.map(({ code }) => code)).toEqual(['reason-missing', 'reason-mismatch', 'reason-missing']);
    expect(await rows()).toMatchObject([
      { state: 'returned', way: 'recycle', reason: 'bad_timing', line: 'Budget in May.' },
    ]);
  });
});

describe('a lead that was given back', () => {
  /** The lead's engagement falls, and rises again. */
  async function riseAgain(lead: Seeded, days = 200): Promise<void> {
    store.moveClock(days * 24 * hourMs);
    rep = await store.signIn(workspaceId, 'rep', 'rosa@larkspur.example');
    await tell(lead.accountId);
    await addTouch(lead, 2);
    await addTouch(lead, 1);
  }

  test('comes back when it qualifies again, and says when it was returned, by whom and why', async () => {
    const lead = await addLead();
    await addTouch(lead);
    await rep.push(1, answerTo(await one(), returned));
    await addTouch(lead);
    expect(await rows()).toHaveLength(1);
    await riseAgain(lead);
    const again = await one();
    expect(again).toMatchObject({
      state: 'offered',
      earlier: { by: 'rosa', way: 'recycle', reason: 'bad_timing', line: 'Budget in May.' },
    });
  });

  test('as no lead comes back by a raised hand alone; one that was taken not at all', async () => {
    const [none, taken] = [await addLead(), await addLead()];
    for (const lead of [none, taken]) await addTouch(lead);
    const offered = await ownOf(rep);
    const find = ({ contactId }: Seeded) => offered.find((each) => each.contactId === contactId)!;
    await rep.push(
      1,
      answerTo(find(none), { ...returned, way: 'disqualify', reason: 'no_need' }),
      answerTo(find(taken)),
    );
    await riseAgain(none);
    await riseAgain(taken);
    expect(await rows()).toHaveLength(2);
    await addTouch(none, 1, 'requested_contact');
    await addTouch(taken, 1, 'requested_contact');
    expect((await rows()).slice(2)).toMatchObject([{ contactId: none.contactId, cause: 'hand_raise' }]);
  });
});

test('an erased person’s hand-over counts on and leads to nobody; what waited is called back, and words beside it lose the name', async () => {
  const lead = await addLead();
  await addTouch(lead);
  await rep.push(1, answerTo(await one(), { ...returned, line: 'Dana Ortiz has no budget.' }));
  const beside = await seedAccount(store, workspaceId, { touches: 0 });
  await store.database.owner
    .updateTable('contact')
    .set({ accountId: lead.accountId, name: 'Kit Lowe' })
    .where('id', '=', beside.contactId)
    .execute();
  await addTouch({ ...beside, accountId: lead.accountId }, 1, 'requested_contact');
  const waiting = (await ownOf(rep)).find(({ state }) => state === 'offered')!;
  await rep.push(2, answerTo(waiting, { ...returned, line: 'Ask Dana Ortiz instead.' }));
  const erase = (value: string) => erasePerson(store.database.db, workspaceId, { kind: 'email', value }, null);
  await erase(lead.address);
  const [first, second] = await rows();
  expect(first).toMatchObject({ state: 'returned', line: null, note: null });
  expect(first!.contactId).not.toBe(lead.contactId);
  expect(JSON.stringify(first!.score)).not.toMatch(/"at":"/);
  expect(second!.line).not.toContain('Dana');
  const events = await store.database.owner
    .selectFrom('handOverEvent')
    .select('line')
    .where('workspaceId', '=', workspaceId)
    .execute();
  expect(JSON.stringify(events)).not.toContain('Dana');
  expect(await ownOf(rep)).toMatchObject([{ contactId: beside.contactId }]);
});
