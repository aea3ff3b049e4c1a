import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TalkingPointId, WorkspaceId } from '#contract/ids.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { listDataTables } from '../db/tables.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let devices: TestDevice[];
let talkingPointId: TalkingPointId;

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  const marketer = await store.signIn(workspaceId, 'marketer');
  devices = [await store.signIn(workspaceId, 'rep'), await store.signIn(workspaceId, 'rep')];
  await seedAccount(store, workspaceId);
  const point = { title: 'Night shifts', text: 'Ask about them.', whyNow: 'They stop.' };
  const made = await marketer.request('POST', '/v1/desk/talking-points', {
    ...point,
    ...{ link: null, campaignId: null, startsOn: null, expiresOn: null },
    audience: { segments: [], tiers: [], stages: [], activeDays: null },
  });
  talkingPointId = ((await made.json()) as { id: TalkingPointId }).id;
});
afterAll(() => store?.close());

/** All rows of the workspace, table by table. */
async function readRows(): Promise<Record<string, Record<string, unknown>[]>> {
  const tables = (await listDataTables(store.database.owner)).filter((table) => table.isPerWorkspace);
  const read = async ({ name }: { name: string }) => {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select row_to_json(t) as row from ${sql.table(name)} t where workspace_id = ${workspaceId}`.execute(
      store.database.owner,
    );
    return [name, rows.map(({ row }) => row)] as const;
  };
  return Object.fromEntries(await Promise.all(tables.map(read)));
}

test('what was seen is a count per talking point and day: no row says by whom, on whom or at which account', async () => {
  expect(talkingPointId).toBeTruthy();
  const day = store.deps.now().toISOString().slice(0, 10);
  for (const device of devices) await device.push(1, { kind: 'countSeen', body: { talkingPointId, day } });
  const rows = await readRows();
  expect(rows['talking_point_seen']).toEqual([
    { workspace_id: workspaceId, talking_point_id: talkingPointId, day, views: 2 },
  ]);
  // That a browser counted something is known by its number, as of all it does; not what.
  const counted = (rows['mutation'] ?? []).filter((row) => row['kind'] === 'countSeen');
  expect(counted).toHaveLength(2);
  expect(JSON.stringify(counted)).not.toContain(talkingPointId);
});

test('reading leaves no trace, but that a browser was there, to the hour', async () => {
  const before = await readRows();
  for (const device of devices) {
    await device.pull(await device.cursor());
    await device.snapshot();
    await device.request('GET', '/v1/session');
  }
  expect(await readRows()).toEqual(before);
});
