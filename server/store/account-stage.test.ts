import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { createTestStore, type TestStore } from '../../test/postgres/store.ts';
import { takeFile } from '../../test/postgres/take-file.ts';
import { inWorkspace } from '../db/scope.ts';
import { undoImport } from '../sources/undo-import.ts';
import { toUpkeepGround } from '../upkeep/upkeep.ts';
import { noteStages } from './account-stage.ts';

let store: TestStore;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
});

const take = (stages: Record<string, string>, dryRun = false) =>
  takeFile(
    store.database,
    workspaceId,
    Buffer.from(
      `Account Name,Website,Stage\n${Object.entries(stages)
        .map(([name, stage]) => `${name},${name.toLowerCase()}.example,${stage}`)
        .join('\n')}\n`,
    ),
    { fileName: 'accounts.csv', now: new Date(), dryRun },
  );

/** An account's stays, the oldest first: its stage, whether it was first seen in it, and whether it goes on. Each ends where the next begins. */
async function listStays(name: string): Promise<string[]> {
  const { rows } = await sql<{ stage: string | null; first: boolean; open: boolean; joined: boolean }>`
    select s.stage, s.is_first_seen as first, s.until_at is null as open,
      s.until_at is not distinct from lead(s.from_at) over (order by s.from_at) as joined
    from account_stage s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id
    where s.workspace_id = ${workspaceId} and a.name = ${name} order by s.from_at`.execute(store.database.owner);
  expect(rows.every(({ joined }) => joined)).toBe(true);
  return rows.map(({ stage, first, open }) => `${stage}${first ? ' first seen' : ''}${open ? ' still' : ''}`);
}

test('an account’s stages are kept as imports move it, and what stays is no new stay', async () => {
  await take({ Kestrel: 'MQL', Larkspur: 'MQL', Osprey: '' });
  await take({ Kestrel: 'SAL', Larkspur: 'MQL', Osprey: 'MQL' });
  await take({ Kestrel: 'SQL' });
  expect(await listStays('Kestrel')).toEqual(['MQL first seen', 'SAL', 'SQL still']);
  expect(await listStays('Larkspur')).toEqual(['MQL first seen still']);
  expect(await listStays('Osprey')).toEqual(['MQL still']);
});

test('an import that is undone was no move: what it ended goes on; a trial leaves nothing', async () => {
  await take({ Kestrel: 'MQL' });
  await take({ Kestrel: 'Opportunity' }, true);
  expect(await listStays('Kestrel')).toEqual(['MQL first seen still']);
  const before = await sql`select * from account_stage where workspace_id = ${workspaceId}`.execute(
    store.database.owner,
  );
  const { id } = await take({ Kestrel: 'SAL', Larkspur: 'SQL' });
  expect(await listStays('Kestrel')).toEqual(['MQL first seen', 'SAL still']);
  const ground = { ...toUpkeepGround(store.deps), url: store.database.url, apart: null };
  await undoImport(ground, { workspaceId, importId: id as ImportId, byMember: null });
  const after = await sql`select * from account_stage where workspace_id = ${workspaceId}`.execute(
    store.database.owner,
  );
  expect(after.rows).toEqual(before.rows);
});

test('of an account that goes to and fro the newest forty stays are kept', async () => {
  await take({ Kestrel: 'MQL' });
  const { rows } = await sql<{ id: string }>`select id from account where workspace_id = ${workspaceId}`.execute(
    store.database.owner,
  );
  const id = rows[0]?.id ?? '';
  for (let turn = 1; turn <= 50; turn += 1)
    await inWorkspace(store.database.db, workspaceId, async (scope) => {
      await scope
        .updateTable('account')
        .set({ stage: `Stage ${turn}` })
        .where('id', '=', id)
        .execute();
      await noteStages(scope, workspaceId, null, [id]);
      await noteStages(scope, workspaceId, null, [id]);
    });
  const stays = await listStays('Kestrel');
  expect([stays.length, stays[0], stays.at(-1)]).toEqual([40, 'Stage 11', 'Stage 50 still']);
});
