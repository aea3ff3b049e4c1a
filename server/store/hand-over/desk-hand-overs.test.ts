import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type HandOverFigures,
  type HandOverRow,
  handOverContextSchema,
  handOverFiguresSchema,
  handOverRowSchema,
  offerableSchema,
} from '#contract/desk-hand-over.ts';
import type { OwnHandOver } from '#contract/hand-over.ts';
import type { HandOverAnswerId, HandOverId, WorkspaceId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../../test/postgres/store.ts';
import { keepAll } from '../../scores/keep-apart.ts';

const hourMs = 3_600_000;
type Seeded = Awaited<ReturnType<typeof seedAccount>>;

interface Planned {
  segment: string;
  what: string;
  reason?: string;
  tookHours?: number;
}

let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let rosa: TestDevice;
let jon: TestDevice;
/** What was done to each lead, beside the store: of whom figures are counted by hand. */
const done: (Planned & { lead: Seeded })[] = [];

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  marketer = await store.signIn(workspaceId, 'marketer', 'maren@larkspur.example');
  rosa = await store.signIn(workspaceId, 'rep', 'rosa@larkspur.example');
  jon = await store.signIn(workspaceId, 'rep', 'jon@larkspur.example');
  await fill();
});
afterAll(() => store?.close());

const sequences = new Map<TestDevice, number>();
async function answer(device: TestDevice, id: string, lead: Seeded, reason: string | null, way = 'recycle') {
  const next = (sequences.get(device) ?? 0) + 1;
  sequences.set(device, next);
  const mutation = {
    kind: 'answerHandOver',
    body: {
      answerId: randomUUID() as HandOverAnswerId,
      handOverId: id as HandOverId,
      contactId: lead.contactId,
      answer: reason === null ? 'accepted' : 'returned',
      way: reason === null ? null : way,
      reason,
      line: null,
    },
  } as Mutation;
  const { body } = await device.push(next, mutation);
  expect(body.rejected).toEqual([]);
}
async function offer(lead: Seeded, memberId: string | undefined = rosa.caller.memberId, note: string | null = null) {
  const response = await marketer.request('POST', '/v1/desk/hand-overs', {
    contactId: lead.contactId,
    ...(memberId && { memberId }),
    note,
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

/** Twelve leads, hour by hour: taken, given back in both ways, called back, overdue, with nobody. */
async function fill(): Promise<void> {
  const plan: Planned[] = [
    ...[2, 5, 30].map((tookHours) => ({ what: 'accepted', tookHours, segment: 'Industrial' })),
    { what: 'recycle', reason: 'bad_timing', tookHours: 3, segment: 'Industrial' },
    { what: 'recycle', reason: 'bad_timing', tookHours: 26, segment: 'Mid-market' },
    { what: 'disqualify', reason: 'no_need', tookHours: 1, segment: 'Mid-market' },
    { what: 'accepted', tookHours: 10, segment: 'Mid-market' },
    { what: 'withdrawn', segment: 'Industrial' },
    { what: 'overdue', segment: 'Industrial' },
    { what: 'waiting', segment: 'Mid-market' },
    { what: 'nobody', segment: 'Industrial' },
  ];
  for (const each of plan) {
    store.moveClock((each.what === 'waiting' ? -5 : -100) * hourMs);
    const lead = await seedAccount(store, workspaceId, { name: `${each.segment} ${done.length}` });
    await store.database.owner
      .updateTable('account')
      .set({ segment: each.segment })
      .where('id', '=', lead.accountId)
      .execute();
    const id = await offer(lead, each.what === 'nobody' ? '' : undefined);
    if (each.tookHours !== undefined) {
      store.moveClock((-100 + each.tookHours) * hourMs);
      await answer(rosa, id, lead, each.what === 'accepted' ? null : (each.reason ?? ''), each.what);
    }
    if (each.what === 'withdrawn') await marketer.request('POST', `/v1/desk/hand-overs/${id}/withdraw`);
    done.push({ lead, ...each });
  }
  store.moveClock(0);
}

async function figures(query = 'by=segment&days=91'): Promise<HandOverFigures> {
  return handOverFiguresSchema.parse(
    await (await marketer.request('GET', `/v1/desk/hand-overs/figures?${query}`)).json(),
  );
}
async function list(query = ''): Promise<HandOverRow[]> {
  const response = await marketer.request('GET', `/v1/desk/hand-overs?${query}`);
  return z.array(handOverRowSchema).parse(await response.json());
}
const count = (what: string[], segment?: string) =>
  done.filter((each) => what.includes(each.what) && (segment === undefined || each.segment === segment)).length;
const standing = ['accepted', 'recycle', 'disqualify', 'overdue', 'waiting', 'nobody'];
const inTime = (segment?: string) =>
  done.filter((each) => (each.tookHours ?? 99) <= 24 && (segment === undefined || each.segment === segment)).length;

describe('figures of hand-overs', () => {
  test('equal a count by hand, by segment and by campaign, and their sum', async () => {
    const told = await figures();
    const expected = (segment?: string) => ({
      offered: count(standing, segment),
      accepted: count(['accepted'], segment),
      returned: count(['recycle', 'disqualify'], segment),
      disqualified: count(['disqualify'], segment),
      waiting: count(['overdue', 'waiting', 'nobody'], segment),
      inTime: inTime(segment),
    });
    expect(told.total).toEqual(expected());
    expect(told.total).toEqual({ offered: 10, accepted: 4, returned: 3, disqualified: 1, waiting: 3, inTime: 5 });
    expect(told.rows).toEqual([
      { key: 'Industrial', label: 'Industrial', ...expected('Industrial') },
      { key: 'Mid-market', label: 'Mid-market', ...expected('Mid-market') },
    ]);
    expect(told.open).toEqual({ waiting: 3, overdue: 1, nobody: 1 });
    expect(told.hours).toBe(24);
    // Of 1, 2, 3, 5, 10, 26 and 30 hours the middle one.
    expect(told.medianHours).toBeCloseTo(5, 2);
    expect(told.reasons).toEqual([
      { way: 'recycle', reason: 'bad_timing', count: 2 },
      { way: 'disqualify', reason: 'no_need', count: 1 },
    ]);
    const byCampaign = await figures('by=campaign&days=91');
    expect(byCampaign.total).toEqual(told.total);
    expect(byCampaign.rows).toHaveLength(10);
    expect(byCampaign.rows.every(({ label, offered }) => label === 'Spring webinar' && offered === 1)).toBe(true);
  });

  test('of a shorter period hold what was offered in it, and all that waits now', async () => {
    const told = await figures('by=segment&days=1');
    expect(told.total).toMatchObject({ offered: 1, waiting: 1 });
    expect(told.open).toEqual({ waiting: 3, overdue: 1, nobody: 1 });
    expect(told.medianHours).toBeNull();
  });

  test('of the database are the same', async () => {
    const { rows } = await sql<{ state: string; n: number }>`
      select state, count(*)::int as n from hand_over where workspace_id = ${workspaceId} group by state order by state`.execute(
      store.database.owner,
    );
    expect(rows).toEqual([
      { state: 'accepted', n: 4 },
      { state: 'offered', n: 3 },
      { state: 'returned', n: 3 },
      { state: 'withdrawn', n: 1 },
    ]);
  });

  test('say how many qualified leads were never offered', async () => {
    await keepAll({ db: store.database.db, now: store.deps.now }, workspaceId);
    const { rows } = await sql<{ id: string }>`
      select contact_id as id from kept_score k where k.workspace_id = ${workspaceId} and k.grade in ('A1','A2','B1','B2')
        and k.contact_id not in (select contact_id from hand_over where state <> 'withdrawn')`.execute(
      store.database.owner,
    );
    const { unoffered } = await figures();
    expect(unoffered).toEqual({ count: rows.length, most: 1000 });
    expect(rows).toHaveLength(1);
    const offerable = z
      .array(offerableSchema)
      .parse(await (await marketer.request('GET', '/v1/desk/hand-overs/offerable')).json());
    expect(offerable.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(offerable).toMatchObject([{ state: 'withdrawn', mayContact: true, member: null }]);
  });
});

describe('the list of hand-overs', () => {
  test.each([
    ['waiting', ['overdue', 'waiting', 'nobody']],
    ['overdue', ['overdue']],
    ['nobody', ['nobody']],
    ['accepted', ['accepted']],
    ['returned', ['recycle', 'disqualify']],
    ['withdrawn', ['withdrawn']],
    ['came_back', []],
    ['all', [...standing, 'withdrawn']],
  ])('in the view %s holds those and no others', async (view, whats) => {
    const expected = done.filter((each) => whats.includes(each.what)).map(({ lead }) => lead.contactId);
    const rows = await list(`view=${view}&days=365`);
    expect(rows.map((row) => row.contactId).sort()).toEqual(expected.sort());
  });

  test('says what is overdue, with the time agreed; nobody’s stand first, then the first due', async () => {
    const rows = await list();
    expect(rows.map(({ isOverdue, member }) => [isOverdue, member])).toEqual([
      [false, null],
      [true, 'rosa'],
      [false, 'rosa'],
    ]);
    expect(rows[1]).toMatchObject({ agreedHours: 24 });
  });

  test.each(['due', 'newest', 'grade', 'account'])(
    'by %s goes on after any row of it, and misses none',
    async (order) => {
      const whole = await list(`view=all&days=365&order=${order}`);
      expect(whole).toHaveLength(11);
      for (const [index, row] of whole.entries())
        expect(await list(`view=all&days=365&order=${order}&after=${row.id}`)).toEqual(whole.slice(index + 1));
    },
  );

  test('of one row of the roll-up is what is counted there', async () => {
    const rows = await list('view=all&days=365&by=segment&key=Mid-market');
    expect(rows).toHaveLength(4);
    expect(rows.every(({ segment }) => segment === 'Mid-market')).toBe(true);
  });
});

describe('one hand-over', () => {
  const read = async (id: string) =>
    handOverContextSchema.parse(await (await marketer.request('GET', `/v1/desk/hand-overs/${id}`)).json());

  test('tells its score as it stood, who did what when, and how it is now', async () => {
    const [row] = await list('view=returned&order=newest&by=segment&key=Industrial');
    const context = await read(row!.id);
    expect(context).toMatchObject({
      offeredBy: 'maren',
      state: 'returned',
      way: 'recycle',
      reason: 'bad_timing',
      grade: 'A2',
      events: [
        { what: 'offered', by: 'maren', to: 'rosa' },
        { what: 'returned', by: 'rosa', way: 'recycle', reason: 'bad_timing' },
      ],
    });
    expect(context.score.grade).toBe('A2');
    expect(context.score.reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(context.score.points, 5);
  });

  test('offered again tells of the one that came back', async () => {
    const { lead } = done.find(({ what }) => what === 'disqualify')!;
    const id = await offer(lead, jon.caller.memberId, 'She has asked again.');
    expect(await read(id)).toMatchObject({
      isBack: true,
      note: 'She has asked again.',
      earlier: { by: 'rosa', way: 'disqualify', reason: 'no_need' },
    });
    expect(await list('view=came_back')).toMatchObject([{ id }]);
    await marketer.request('POST', `/v1/desk/hand-overs/${id}/withdraw`);
  });
});

describe('marketing’s own doing', () => {
  const ownOf = async (device: TestDevice): Promise<OwnHandOver[]> => {
    const mine = (await device.snapshot()).find((line) => line.line === 'mine');
    return mine?.line === 'mine' ? (mine.handOvers ?? []) : [];
  };

  test('gives what waits to another member, whose time begins then; a call back takes it from them, and each hears of it', async () => {
    const lead = await seedAccount(store, workspaceId, {});
    const id = await offer(lead);
    const [before, beforeJon] = [await rosa.cursor(), await jon.cursor()];
    store.moveClock(10 * hourMs);
    expect(
      (await marketer.request('POST', `/v1/desk/hand-overs/${id}/assign`, { memberId: jon.caller.memberId })).status,
    ).toBe(204);
    const [row] = await list('view=waiting&order=newest');
    expect(row).toMatchObject({ id, member: 'jon' });
    expect(Date.parse(row!.dueAt!) - Date.parse(row!.assignedAt!)).toBe(24 * hourMs);
    expect(Date.parse(row!.assignedAt!) - Date.parse(row!.offeredAt)).toBeGreaterThan(9 * hourMs);
    expect((await rosa.pull(before)) as { handOvers?: OwnHandOver[] }).not.toMatchObject({ handOvers: [{ id }] });
    expect(await jon.pull(beforeJon)).toMatchObject({ handOvers: [{ id }] });
    await marketer.request('POST', `/v1/desk/hand-overs/${id}/withdraw`);
    expect(await ownOf(jon)).toEqual([]);
    // Called back, or answered: it cannot be given to anybody any more.
    const late = await marketer.request('POST', `/v1/desk/hand-overs/${id}/assign`, {
      memberId: rosa.caller.memberId,
    });
    expect([late.status, ((await late.json()) as { type: string }).type]).toEqual([
      409,
      expect.stringContaining('closed'),
    ]);
    store.moveClock(0);
  });

  test('offers nobody twice, nobody who may not be contacted, and nobody to who is not there', async () => {
    const lead = await seedAccount(store, workspaceId, {});
    await offer(lead);
    const again = await marketer.request('POST', '/v1/desk/hand-overs', { contactId: lead.contactId });
    expect(again.status).toBe(409);
    const barred = await seedAccount(store, workspaceId, {});
    await sql`update account set do_not_contact = true where id = ${barred.accountId}`.execute(store.database.owner);
    const asked = [
      { contactId: barred.contactId },
      { contactId: randomUUID() },
      { contactId: lead.contactId, memberId: randomUUID() },
    ];
    const statuses = await Promise.all(
      asked.map(async (body) => (await marketer.request('POST', '/v1/desk/hand-overs', body)).status),
    );
    expect(statuses).toEqual([422, 404, 422]);
  });

  test('is marketing’s: a rep may neither see the list nor offer, give to others or call back', async () => {
    const id = randomUUID();
    const asked: [string, string, unknown?][] = [
      ['GET', '/v1/desk/hand-overs'],
      ['GET', '/v1/desk/hand-overs/figures'],
      ['GET', '/v1/desk/hand-overs/offerable'],
      ['GET', `/v1/desk/hand-overs/${id}`],
      ['POST', '/v1/desk/hand-overs', { contactId: id }],
      ['POST', `/v1/desk/hand-overs/${id}/assign`, { memberId: id }],
      ['POST', `/v1/desk/hand-overs/${id}/withdraw`],
    ];
    for (const each of asked) expect((await rosa.request(...each)).status, each[1]).toBe(403);
  });

  test('what waits with a member who leaves waits with nobody', async () => {
    const admin = await store.signIn(workspaceId, 'admin', 'ida@larkspur.example');
    const kim = await store.signIn(workspaceId, 'rep', 'kim@larkspur.example');
    const id = await offer(await seedAccount(store, workspaceId, {}), kim.caller.memberId);
    expect((await admin.request('POST', `/v1/desk/members/${kim.caller.memberId}/end`)).status).toBe(204);
    const [row] = (await list('view=nobody')).filter((each) => each.id === id);
    expect(row).toMatchObject({ member: null, dueAt: null, isOverdue: false });
  });

  test('hours that an admin sets hold for what is offered from then on', async () => {
    const admin = await store.signIn(workspaceId, 'admin', 'ada@larkspur.example');
    expect((await admin.request('PATCH', '/v1/desk/settings', { handOverHours: 4 })).status).toBe(200);
    const id = await offer(await seedAccount(store, workspaceId, {}));
    const [row] = (await list('view=waiting&order=newest')).filter((each) => each.id === id);
    expect(row).toMatchObject({ agreedHours: 4 });
    expect(Date.parse(row!.dueAt!) - Date.parse(row!.assignedAt!)).toBe(4 * hourMs);
    expect((await admin.request('PATCH', '/v1/desk/settings', { handOverHours: 0 })).status).toBe(422);
    expect((await admin.request('PATCH', '/v1/desk/settings', { handOverHours: null })).status).toBe(200);
    expect((await figures()).hours).toBe(24);
  });
});
