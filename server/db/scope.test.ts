import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestStore, type TestStore } from '../../test/postgres/store.ts';
import type { WorkspaceId } from '../../utils/contract/ids.ts';
import { askInWorkspace, closeWith, inFrozenWorkspace, inWorkspace, type Scope, together } from './scope.ts';

let store: TestStore;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
});
afterAll(() => store.close());

const addAccount = (scope: Scope, name: string, workspace: string = workspaceId) =>
  sql`insert into account (workspace_id, id, name) values (${workspace}, ${randomUUID()}, ${name})`.execute(scope);
const countAccounts = async (name: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from account where name = ${name}`.execute(
    store.database.owner,
  );
  return rows[0]!.n;
};

describe('a scope', () => {
  test('takes queries at once, and answers each with its own rows', async () => {
    const numbers = await inWorkspace(store.database.db, workspaceId, (scope) =>
      Promise.all(
        Array.from({ length: 50 }, (_, number) => sql<{ n: number }>`select ${number}::int as n`.execute(scope)),
      ),
    );
    expect(numbers.map(({ rows }) => rows[0]!.n)).toEqual(Array.from({ length: 50 }, (_, number) => number));
  });

  test('asks its first question already as the working role, in the workspace', async () => {
    const asked = await askInWorkspace(
      store.database.owner,
      workspaceId,
      (scope) =>
        sql<{
          role: string;
          workspace: string;
          zone: string;
        }>`select current_user as role, current_setting('baton.workspace_id') as workspace, current_setting('timezone') as zone`.execute(
          scope,
        ),
      async (_scope, { rows }) => rows[0],
    );
    expect(asked).toEqual({ role: 'baton_app', workspace: workspaceId, zone: 'UTC' });
  });

  test('is joined by work for its own workspace, and refuses work for another', async () => {
    const other = await store.addWorkspace('Halden Pumps');
    await inWorkspace(store.database.db, workspaceId, async (scope) => {
      await expect(inWorkspace(scope, workspaceId, async (joined) => joined === scope)).resolves.toBe(true);
      expect(() => inWorkspace(scope, other, async () => undefined)).toThrow('bound to another workspace');
    });
  });

  test('leaves nothing on the connection that it had', async () => {
    for (const run of [inWorkspace, inFrozenWorkspace]) {
      await run(store.database.db, workspaceId, (scope) => sql`select 1`.execute(scope));
      const { rows } = await sql<{
        workspace: string | null;
      }>`select nullif(current_setting('baton.workspace_id', true), '') as workspace`.execute(store.database.db);
      expect(rows).toEqual([{ workspace: null }]);
    }
  });

  test('keeps nothing when one of the queries asked at once fails', async () => {
    const name = randomUUID();
    const failing = inWorkspace(store.database.db, workspaceId, (scope) =>
      Promise.all([addAccount(scope, name), sql`select 1 / 0`.execute(scope), addAccount(scope, name)]),
    );
    await expect(failing).rejects.toThrow('division by zero');
    expect(await countAccounts(name)).toBe(0);
  });

  test('is over only when all that was begun at once is, though one piece of it failed', async () => {
    const name = randomUUID();
    let late: Promise<unknown> = Promise.resolve();
    const addLate = async (scope: Scope) => {
      await sql`select 1`.execute(scope);
      await sleep(50);
      await addAccount(scope, name);
    };
    const failing = inWorkspace(store.database.owner, workspaceId, (scope) => {
      late = addLate(scope);
      return together(late, Promise.reject(new Error('This one broke off.')));
    });
    await expect(failing).rejects.toThrow('This one broke off.');
    await late;
    expect(await countAccounts(name)).toBe(0);
  });

  test('keeps nothing when a failed statement was swallowed', async () => {
    const name = randomUUID();
    const swallowing = inWorkspace(store.database.db, workspaceId, async (scope) => {
      await addAccount(scope, name);
      await sql`select 1 / 0`.execute(scope).catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('had failed');
    expect(await countAccounts(name)).toBe(0);
  });

  test('keeps its last statements with all the others, and answers for them', async () => {
    const [kept, lost] = [randomUUID(), randomUUID()];
    await inWorkspace(store.database.db, workspaceId, async (scope) => {
      await addAccount(scope, kept);
      closeWith(scope, addAccount(scope, kept));
    });
    expect(await countAccounts(kept)).toBe(2);
    const failing = inWorkspace(store.database.db, workspaceId, async (scope) => {
      await addAccount(scope, lost);
      closeWith(scope, addAccount(scope, lost), sql`select 1 / 0`.execute(scope));
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(await countAccounts(lost)).toBe(0);
  });

  test('is refused for what is no workspace’s id, before anything is sent', async () => {
    const id = `${'0'.repeat(35)}'` as WorkspaceId;
    expect(() => inWorkspace(store.database.db, id, async () => undefined)).toThrow('Not the id');
  });
});
