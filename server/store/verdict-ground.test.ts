import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import { createTestStore, seedAccount, type TestStore } from '../../test/postgres/store.ts';
import { inWorkspace } from '../db/scope.ts';
import { readContact } from './contact.ts';
import { readScorecard } from './scorecard.ts';
import { composeScored, listFoldedCounts } from './scored-touch.ts';
import { listContactCampaigns, listNewestTouches } from './touch.ts';
import { holdVerdictGround } from './verdict-ground.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let contactId: ContactId;
let campaignId: string;
const now = new Date('2026-11-20T10:00:00.000Z');

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  ({ contactId, campaignId } = await seedAccount(store, workspaceId));
  const other = (await seedAccount(store, workspaceId)).campaignId;
  const { owner } = store.database;
  // Touches at the same moment, by robots, without a campaign, of another one, and after now.
  for (const [at, kind, campaign, isRobot] of [
    ['2026-11-02T10:00:00Z', 'clicked', other, false],
    ['2026-11-02T10:00:00Z', 'opened', null, false],
    ['2026-11-03T10:00:00Z', 'opened', other, true],
    ['2026-11-21T10:00:00Z', 'attended', other, false],
  ])
    await sql`insert into touch (workspace_id, id, source, external_id, contact_id, campaign_id, kind, at, detail, is_robot)
      values (${workspaceId}, ${randomUUID()}, 'test', ${randomUUID()}, ${contactId}, ${campaign}, ${kind}, ${at}, 'About "pumps"', ${isRobot})`.execute(
      owner,
    );
  for (const [month, campaign, touches] of [
    ['2025-03', campaignId, 3],
    ['2025-01', '00000000-0000-0000-0000-000000000000', 1],
  ])
    await sql`insert into folded_touch (workspace_id, contact_id, campaign_id, kind, is_robot, month, touches, first_at, last_at, import_id)
      values (${workspaceId}, ${contactId}, ${campaign}, 'clicked', false, ${`${month}-01`}, ${touches}, ${`${month}-02T08:30:00.123Z`}, ${`${month}-20T09:00:00Z`},
        '00000000-0000-0000-0000-000000000000')`.execute(owner);
});
afterAll(() => store?.close());

describe('what a verdict is given on', () => {
  test('is, in one statement, what asking for each part answers', async () => {
    const [ground, parts] = await inWorkspace(store.database.db, workspaceId, async (scope) => {
      const touches = await listNewestTouches(scope, workspaceId, [contactId], now);
      const folded = await listFoldedCounts(scope, workspaceId, [contactId], now);
      return [
        await holdVerdictGround(scope, workspaceId, contactId, now),
        {
          contact: await readContact(scope, workspaceId, contactId),
          touches: composeScored(touches, folded),
          scorecard: await readScorecard(scope, workspaceId),
          campaigns: await listContactCampaigns(scope, workspaceId, contactId, now),
        },
      ];
    });
    expect(ground).toEqual(parts);
    expect(ground?.campaigns).toHaveLength(2);
    expect(ground?.touches.filter(({ detail }) => detail === null).length).toBeGreaterThanOrEqual(4);
  });

  test('holds the person until the transaction is over', async () => {
    const erase = sql`delete from contact where workspace_id = ${workspaceId} and id = ${contactId}`;
    let isErased = false;
    let erasing: Promise<unknown> = Promise.resolve();
    await inWorkspace(store.database.db, workspaceId, async (scope) => {
      await holdVerdictGround(scope, workspaceId, contactId, now);
      erasing = erase.execute(store.database.owner).then(() => {
        isErased = true;
      });
      await new Promise((done) => setTimeout(done, 200));
      expect(isErased).toBe(false);
    });
    await erasing;
  });

  test('is nothing of somebody whom another workspace knows', async () => {
    const foreign = await store.addWorkspace();
    const { contactId: known } = await seedAccount(store, workspaceId);
    const found = await inWorkspace(store.database.db, foreign, (scope) =>
      holdVerdictGround(scope, foreign, known, now),
    );
    expect(found).toBeUndefined();
  });
});
