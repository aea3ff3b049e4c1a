import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audienceSchema } from '#contract/desk.ts';
import type { ContactId, ImportId, WorkspaceId } from '#contract/ids.ts';
import type { ImportStatus } from '#contract/import.ts';
import { personDataSchema } from '#contract/person.ts';
import { touchKinds } from '#contract/touch.ts';
import {
  createTestStore,
  listBundles,
  seedAccount,
  type TestDevice,
  type TestStore,
} from '../../test/postgres/store.ts';
import { takeFile } from '../../test/postgres/take-file.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { undoImport } from '../sources/undo-import.ts';
import { readBundles } from '../store/bundle.ts';
import { countReach, listAudienceAccounts, readAudienceChoices } from '../store/desk-audience.ts';
import { foldLineOf, readFoldLine } from '../store/fold.ts';
import { readHashKeys } from '../store/hash-key.ts';
import { countHeld } from '../store/person.ts';
import { countTouches, listContactCampaigns } from '../store/touch.ts';
import { foldSome, foldTouches } from './fold-touches.ts';
import { toUpkeepGround } from './upkeep.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const dayMs = 86_400_000;
const campaigns = ['Spring webinar', 'Autumn fair', 'Nurture #3'];
const everybody = audienceSchema.parse({ segments: [], tiers: [], stages: [], activeDays: null });

let store: TestStore;
let workspaceId: WorkspaceId;
let admin: TestDevice;
let people: { contactId: ContactId; address: string }[];

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());

async function begin(): Promise<void> {
  store.moveClock(now.getTime() - Date.now());
  workspaceId = await store.addWorkspace();
  admin = await store.signIn(workspaceId, 'admin');
  people = await Promise.all([1, 2, 3].map(() => seedAccount(store, workspaceId, { touches: 0 })));
}
beforeEach(begin);

interface Event {
  id: string;
  person: number;
  campaign: number;
  kind: number;
  days: number;
  isRobot: boolean;
}
/** Of up to some years, a good part of them near the line. */
const event = fc.record({
  id: fc.uuid(),
  person: fc.nat(2),
  campaign: fc.nat(campaigns.length),
  kind: fc.nat(touchKinds.length - 1),
  days: fc.oneof(fc.nat(2000), fc.integer({ min: 720, max: 780 })),
  isRobot: fc.boolean(),
});
const events = fc.uniqueArray(event, { selector: ({ id }) => id, maxLength: 40 });
const months = fc.integer({ min: 6, max: 60 });

const toTable = (list: readonly Event[]) =>
  Buffer.from(
    `${[
      'Id,Email,Campaign,Kind,At,Robot',
      ...list.map(({ id, person, campaign, kind, days, isRobot }) =>
        [
          id,
          people[person]?.address,
          campaigns[campaign] ?? '',
          touchKinds[kind],
          new Date(now.getTime() - days * dayMs - 1000).toISOString(),
          isRobot ? 'yes' : 'no',
        ].join(','),
      ),
    ].join('\n')}\n`,
  );
const take = (list: readonly Event[], order: { dryRun?: boolean; zone?: string } = {}): Promise<ImportStatus> =>
  takeFile(store.database, workspaceId, toTable(list), { fileName: 'touches.csv', now, ...order });

const settle = (keepTouchesMonths: number | null) => admin.request('PATCH', '/v1/desk/settings', { keepTouchesMonths });
const fold = () => foldTouches.run(toUpkeepGround(store.deps), workspaceId);
const countRows = async () => {
  const { rows } = await sql<{ touches: number; counts: number }>`
    select (select count(*) from touch where workspace_id = ${workspaceId}) as touches,
      (select coalesce(sum(touches), 0) from folded_touch where workspace_id = ${workspaceId}) as counts`.execute(
    store.database.owner,
  );
  return rows[0] ?? { touches: 0, counts: 0 };
};

/** Everything that anybody is told of touches in numbers: on cards and in the Desk, with each period that a person can choose. */
async function readFigures(): Promise<unknown> {
  return inWorkspace(store.database.db, workspaceId, async (scope) => {
    const ids = people.map(({ contactId }) => contactId).sort();
    const counts = await countTouches(scope, workspaceId, ids, now);
    return {
      counts: counts.sort((a, b) => (a.contactId < b.contactId ? -1 : 1)),
      campaigns: await Promise.all(ids.map((id) => listContactCampaigns(scope, workspaceId, id, now))),
      held: await Promise.all(ids.map(async (id) => (await countHeld(scope, workspaceId, id))?.held)),
      choices: (await readAudienceChoices(scope, workspaceId, now)).campaigns,
      reach: await Promise.all(
        [7, 90, 200, 365, 740, 750, 1000, 3650].map((activeDays) =>
          countReach(scope, workspaceId, { ...everybody, activeDays }, now),
        ),
      ),
      active: await listAudienceAccounts(scope, workspaceId, everybody, now),
      scores: await readScores(scope),
    };
  });
}

/** The score of each. */
async function readScores(scope: Scope): Promise<unknown> {
  const accounts = (
    await scope.selectFrom('contact').select('accountId').where('workspaceId', '=', workspaceId).execute()
  )
    .flatMap(({ accountId }) => accountId ?? [])
    .sort();
  const { current } = await readHashKeys(scope, workspaceId);
  const bundles = await readBundles(scope, workspaceId, accounts, current, now);
  return bundles.map(({ id, contacts }) => [id, contacts.map(({ score: { grade, points } }) => ({ grade, points }))]);
}

describe('folding old touches into counts', () => {
  test('changes no figure, whatever the touches and wherever the line', async () => {
    await fc.assert(
      fc.asyncProperty(events, months, async (list, keep) => {
        await begin();
        await take(list);
        const before = await readFigures();
        await settle(keep);
        await fold();
        expect(await readFigures()).toEqual(before);
        const { touches, counts } = await countRows();
        expect(touches + counts).toBe(list.length);
        const old = list.filter(
          ({ days }) => now.getTime() - days * dayMs < foldLineOf(keep, now).getTime() - 3 * dayMs,
        );
        expect(counts).toBeGreaterThanOrEqual(old.length);
      }),
      { numRuns: 15 },
    );
  }, 180_000);

  test('twice, or in steps of the line, comes to the same as once', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.tuple(months, months), async (list, [one, two]) => {
        await begin();
        await take(list);
        const before = await readFigures();
        await settle(Math.max(one, two));
        await fold();
        await settle(Math.min(one, two));
        await fold();
        const once = await countRows();
        await fold();
        expect(await countRows()).toEqual(once);
        expect(await readFigures()).toEqual(before);
      }),
      { numRuns: 8 },
    );
  }, 180_000);

  test('lets no import bring a touch back: the same file again changes nothing, also read in another zone, and says what was left out', async () => {
    await fc.assert(
      fc.asyncProperty(events, months, async (list, keep) => {
        await begin();
        await take(list);
        const before = await readFigures();
        await settle(keep);
        await fold();
        const rows = await countRows();
        for (const order of [{ dryRun: true }, {}, { zone: 'Pacific/Auckland' }]) {
          const again = await take(list, order);
          expect(again.touches).toMatchObject({ added: 0, changed: 0 });
          expect(again.touches.unchanged + (again.touches.older ?? 0)).toBe(list.length);
          expect(again.touches.older ?? 0).toBeGreaterThanOrEqual(rows.counts);
        }
        expect(await countRows()).toEqual(rows);
        expect(await readFigures()).toEqual(before);
      }),
      { numRuns: 8 },
    );
  }, 180_000);

  test('leaves an import that can be undone as it was: undone, its touches are gone, counts and all', async () => {
    await fc.assert(
      fc.asyncProperty(events, events, months, async (first, second, keep) => {
        await begin();
        await take(first);
        const before = await readFigures();
        const known = new Set(first.map(({ id }) => id));
        const more = second.filter(({ id }) => !known.has(id));
        const { id } = await take(more);
        await settle(keep);
        await fold();
        if (more.length > 0) {
          const ground = { ...toUpkeepGround(store.deps), url: store.database.url, apart: null };
          await undoImport(ground, { workspaceId, importId: id as ImportId, byMember: null });
        }
        expect(await readFigures()).toEqual(before);
      }),
      { numRuns: 8 },
    );
  }, 180_000);

  test('goes on where it was cut off, and is done once by several stores', async () => {
    people = await addPeople(450);
    const list = people.map((_, person) => at(person, 900));
    await take(list);
    const read = async () =>
      inWorkspace(store.database.db, workspaceId, (scope) =>
        countTouches(scope, workspaceId, people.map(({ contactId }) => contactId).sort(), now),
      );
    const counted = (counts: Awaited<ReturnType<typeof read>>) =>
      Object.fromEntries(counts.map((each) => [each.contactId, each]));
    const before = counted(await read());
    await settle(24);
    const step = () => inWorkspace(store.database.db, workspaceId, (scope) => foldSome(scope, workspaceId, now));
    expect([await step(), await step()]).toEqual([true, true]);
    const { counts } = await countRows();
    expect(counts).toBeGreaterThan(0);
    expect(counts).toBeLessThanOrEqual(200);
    await expect(
      inWorkspace(store.database.db, workspaceId, async (scope) => {
        await foldSome(scope, workspaceId, now);
        throw new Error('killed before the commit');
      }),
    ).rejects.toThrow('killed');
    await Promise.all([fold(), fold(), fold()]);
    await fold();
    expect(await countRows()).toEqual({ touches: 0, counts: list.length });
    expect(counted(await read())).toEqual(before);
  }, 120_000);

  test('tells devices of an account once a piece, and its bundle then counts as before', async () => {
    const rep = await store.signIn(workspaceId, 'rep');
    await take([at(0, 900), at(0, 901), at(1, 10)]);
    const cursor = await rep.cursor();
    const before = listBundles(await rep.snapshot()).flatMap(({ contacts }) => contacts);
    await settle(24);
    await fold();
    const pulled = await rep.pull(cursor);
    const contacts = pulled.status === 'changes' ? pulled.bundles.flatMap((bundle) => bundle.contacts) : [];
    expect(contacts).toMatchObject([{ id: people[0]?.contactId, touchCount: 2, touches: [] }]);
    const counted = ({ id, touchCount, robotCount, firstTouchAt }: (typeof before)[number]) => ({
      id,
      touchCount,
      robotCount,
      firstTouchAt,
    });
    const after = listBundles(await rep.snapshot()).flatMap((bundle) => bundle.contacts);
    expect(after.map(counted)).toEqual(before.map(counted));
  });

  test('in two goes of one month is one count, from its first touch to its last', async () => {
    const on = (day: string) => ({ ...at(0, 0), days: (now.getTime() - Date.parse(day)) / dayMs });
    // So close to the line the second stays for a month more.
    await take([on('2024-10-20T10:00:00Z'), on('2024-10-31T10:00:00Z')]);
    const before = await readFigures();
    for (const keep of [24, 23]) {
      await settle(keep);
      await fold();
      expect(await countRows()).toEqual(keep === 24 ? { touches: 1, counts: 1 } : { touches: 0, counts: 2 });
      expect(await readFigures()).toEqual(before);
    }
    const { rows } = await sql`select 1 from folded_touch where workspace_id = ${workspaceId}`.execute(
      store.database.owner,
    );
    expect(rows).toHaveLength(1);
  });

  test('happens only where an admin settled it, not below six months, and its line never goes back', async () => {
    await take([at(0, 900)]);
    await fold();
    expect(await countRows()).toEqual({ touches: 1, counts: 0 });
    expect((await settle(5)).status).toBe(422);
    expect(
      (
        await (
          await store.signIn(workspaceId, 'marketer')
        ).request('PATCH', '/v1/desk/settings', { keepTouchesMonths: 24 })
      ).status,
    ).toBe(403);
    await settle(24);
    await fold();
    const line = await inWorkspace(store.database.db, workspaceId, (scope) => readFoldLine(scope, workspaceId));
    expect(line).toEqual(new Date('2024-11-01T00:00:00.000Z'));
    for (const later of [60, null]) {
      await settle(later);
      await fold();
      expect(await inWorkspace(store.database.db, workspaceId, (scope) => readFoldLine(scope, workspaceId))).toEqual(
        line,
      );
    }
    expect((await take([at(1, 900)])).touches).toMatchObject({ added: 0, older: 1 });
    expect(await countRows()).toEqual({ touches: 0, counts: 1 });
  });

  test('is told before it is done: what the preview counts becomes counts', async () => {
    await take([at(0, 900), at(1, 900), at(2, 10)]);
    const preview = await (await admin.request('GET', '/v1/desk/retention/preview?months=24')).json();
    expect(preview).toEqual({ before: '2024-11-01T00:00:00.000Z', touches: 2, isEstimate: false });
    const read = async () => (await admin.request('GET', '/v1/desk/retention')).json();
    expect(await read()).toEqual({ months: null, foldedBefore: null, isFolding: false, folded: 0 });
    await settle(24);
    expect(await read()).toEqual({ months: 24, foldedBefore: null, isFolding: true, folded: 0 });
    await fold();
    expect(await read()).toEqual({ months: 24, foldedBefore: '2024-11-01T00:00:00.000Z', isFolding: false, folded: 2 });
  });

  test('leaves a person’s counts among what is held on them, and erasing takes them', async () => {
    await take([at(0, 900), at(0, 10)]);
    await settle(24);
    await fold();
    const clue = { kind: 'email', value: people[0]?.address };
    const held = personDataSchema.parse(
      await (await admin.request('POST', '/v1/desk/persons/export', { clue })).json(),
    );
    expect(held.touches).toHaveLength(1);
    expect(held.foldedTouches).toMatchObject([
      { month: '2024-06-01', kind: 'opened', campaign: 'Spring webinar', touches: 1 },
    ]);
    expect(await (await admin.request('POST', '/v1/desk/persons/erase', { clue })).json()).toEqual({
      wasKnown: true,
      touches: 2,
    });
    expect(await countRows()).toEqual({ touches: 0, counts: 0 });
  });
});

function at(person: number, days: number): Event {
  return { id: randomUUID(), person, campaign: 0, kind: touchKinds.indexOf('opened'), days, isRobot: false };
}

async function addPeople(count: number): Promise<typeof people> {
  const added = Array.from({ length: count }, (_, index) => ({
    contactId: randomUUID() as ContactId,
    address: `person${index}@quarry.example`,
  }));
  await inWorkspace(store.database.db, workspaceId, async (scope) => {
    const contact = { accountId: null, name: null, title: null, buyingRole: null, country: null, addedBy: null };
    await scope
      .insertInto('contact')
      .values(added.map(({ contactId: id }) => ({ workspaceId, id, ...contact })))
      .execute();
    const email = { kind: 'email' as const, accountId: null, linkedBy: null };
    await scope
      .insertInto('identifier')
      .values(added.map(({ contactId, address: value }) => ({ workspaceId, value, contactId, ...email })))
      .execute();
  });
  return added;
}
