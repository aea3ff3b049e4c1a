import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContactId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { backupCommand } from '../commands/backup.ts';
import { dumpDatabase } from '../db/dump.ts';
import { loadDatabase } from '../db/load.ts';
import { ensureWorkingRole } from '../db/roles.ts';
import { inWorkspace } from '../db/scope.ts';
import { openSingle } from '../db/single.ts';
import { countRows, listDataTables, listKeptTables } from '../db/tables.ts';
import { readEnv } from '../env.ts';
import { rotateHashKey } from '../store/hash-key.ts';
import { sealLength } from './format.ts';
import { checkBackup, readBackup } from './read-backup.ts';
import { restoreBackup } from './restore.ts';
import { nameBackup, placeBackup, takeBackup } from './take-backup.ts';

const silent = () => undefined;
let dir: string;
let store: TestStore;
let workspaceId: WorkspaceId;
let device: TestDevice;
let contactId: ContactId;
let path: string;

const click = (): {
  kind: 'recordVerdict';
  body: { verdictId: VerdictId; contactId: ContactId; value: 'weak'; shown: null };
} => ({
  kind: 'recordVerdict',
  body: { verdictId: randomUUID() as VerdictId, contactId, value: 'weak', shown: null },
});

/** Values that a text format could trip over. */
const awkward = ['tab\tand\nnewline', '\\.', 'back\\slash', '\\N', 'ünï "cödé" 🙂', ''];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'baton-backup-'));
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  device = await store.signIn(workspaceId, 'rep');
  ({ contactId } = await seedAccount(store, workspaceId, { touches: 300 }));
  for (const name of awkward) await seedAccount(store, workspaceId, { name, touches: 0 });
  // A second company: each is restored to itself.
  const other = await store.addWorkspace('Osprey Tools');
  await seedAccount(store, other, { name: 'Only Osprey’s', touches: 3 });
  await device.push(1, click(), click());
  // Of a rotation that is under way both keys are kept.
  await inWorkspace(store.database.db, workspaceId, (scope) => rotateHashKey(scope, workspaceId, new Date()));
  path = join(dir, 'first.backup');
  await takeBackup(store.database.ownerUrl, path, silent);
});
afterAll(async () => {
  await store?.close();
  rmSync(dir, { recursive: true, force: true });
});

async function withEmpty<T>(work: (database: TestDatabase) => Promise<T>): Promise<T> {
  const database = await createTestDatabase();
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const restore = async (database: TestDatabase, from = path) =>
  restoreBackup(database.ownerUrl, await checkBackup(from), { now: new Date() });

async function readEverything(database: TestDatabase): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const { name } of listKeptTables(await listDataTables(database.owner))) {
    const { rows } = await sql<{
      row: unknown;
    }>`select to_jsonb(t) as row from ${sql.table(name)} t order by t::text`.execute(database.owner);
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}

describe('a backup', () => {
  test('restored into an empty store is the same store, to the last value', async () => {
    await withEmpty(async (database) => {
      await restore(database);
      const [was, is] = [await readEverything(store.database), await readEverything(database)];
      // What a restore changes on purpose: when it was, and that the time since the backup does not count against a device's token.
      const without = ({ device, workspace, ...rest }: Record<string, unknown[]>) => ({
        ...rest,
        device: device?.map((row) => ({ ...(row as object), expires_at: null })),
        workspace: workspace?.map((row) => ({ ...(row as object), restored_at: null })),
      });
      expect(without(is)).toEqual(without(was));
      expect(is['account']?.length).toBe(awkward.length + 2);
    });
  });

  test('keeps companies apart after a restore as before: the working role is bound in every table', async () => {
    await withEmpty(async (database) => {
      await restore(database);
      const { rows } = await sql<{ name: string }>`
        select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
        and not (relrowsecurity and relforcerowsecurity) and relname not like 'kysely%' and relname <> 'tenant'`.execute(
        database.owner,
      );
      expect(rows).toEqual([]);
      const names = await inWorkspace(database.db, workspaceId, (scope) =>
        scope.selectFrom('account').select('name').execute(),
      );
      expect(names.map(({ name }) => name)).not.toContain('Only Osprey’s');
    });
  });

  test('restored has every index, policy and right that the store had', async () => {
    const describeSchema = async ({ owner }: TestDatabase) =>
      (
        await sql<{ what: string }>`
          select indexdef as what from pg_indexes where schemaname = 'public'
          union all select tablename || qual || with_check from pg_policies
          union all select table_name || privilege_type from information_schema.role_table_grants where grantee = 'baton_app'
          order by 1`.execute(owner)
      ).rows.map(({ what }) => what);
    await withEmpty(async (database) => {
      const wanted = await describeSchema(store.database);
      await restore(database);
      expect(await describeSchema(database)).toEqual(wanted);
      expect(wanted.length).toBeGreaterThan(100);
    });
  });

  test('takes every table of the schema, or names it as one that is left out', async () => {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'kysely%' order by 1`.execute(
      store.database.owner,
    );
    const kept = listKeptTables(await listDataTables(store.database.owner)).map(({ name }) => name);
    expect(
      [
        ...kept,
        'account_activity',
        'account_reach',
        'activity_progress',
        'import_block',
        'kept_answer',
        'kept_score',
        'reach_campaign',
        'reach_progress',
        'score_progress',
      ].sort(),
    ).toEqual(rows.map(({ name }) => name));
  });

  test('is of one moment: what is committed while it runs is in it whole or not at all', async () => {
    const seen = await dumpDatabase(store.database.ownerUrl, async (dump) => {
      const before = await countRows(store.database.owner, dump.tables, [workspaceId]);
      await device.push(3, click());
      const counts = new Map<string, number>();
      for await (const section of dump.sections) {
        for await (const _ of section.rows);
        if (section.workspace === workspaceId && section.count() > 0) counts.set(section.table, section.count());
      }
      return {
        before: new Map(before.filter(({ workspace }) => workspace).map(({ table, rows }) => [table, rows])),
        counts,
      };
    });
    expect(seen.counts).toEqual(seen.before);
  });

  test('is for its owner’s eyes alone, has no unfinished neighbour, and overwrites nothing', async () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir).filter((name) => name.includes('.part'))).toEqual([]);
    await expect(takeBackup(store.database.ownerUrl, path, silent)).rejects.toThrow(/There is a file .* already/);
  });

  test('is compressed, and opens with what everybody has', () => {
    const bytes = readFileSync(path);
    const { length } = zstdDecompressSync(bytes.subarray(8 + bytes.readUInt32LE(4), -sealLength));
    expect(bytes.length).toBeLessThan(length / 3);
  });

  test.each([
    ['whose reader goes away', 'pipe', 'whoever it went to stopped reading'],
    ['that is sent where no room is', openSync('/dev/full', 'w'), 'ENOSPC'],
  ] as const)('%s is told as none, in one sentence', async (_how, output, why) => {
    const child = spawn(process.execPath, ['server/main.ts', 'backup', '--to', '-'], {
      env: { ...process.env, DATABASE_URL: store.database.ownerUrl },
      stdio: ['ignore', output, 'pipe'],
    });
    child.stdout?.destroy();
    let said = '';
    child.stderr?.on('data', (chunk) => (said += chunk));
    const [code] = await once(child, 'close');
    const sentence = `The backup could not be sent on to its end (${why}). What was sent is no backup.`;
    expect([code, said.trim()]).toEqual([1, sentence]);
  });

  test('whose disk runs full in the middle says so and leaves nothing behind', async () => {
    const full = () => {
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC', syscall: 'write' });
    };
    await expect(takeBackup(store.database.ownerUrl, join(dir, 'half.backup'), full)).rejects.toThrow(
      /The disk that holds .* is full\. .* there is no backup\./,
    );
    expect(readdirSync(dir).filter((name) => name.includes('half'))).toEqual([]);
  });

  test('that cannot be written leaves nothing behind', async () => {
    const at = join(dir, 'first.backup', 'below-a-file');
    await expect(takeBackup(store.database.ownerUrl, at, silent)).rejects.toThrow(/cannot be written/);
    await expect(takeBackup('postgres://localhost:1/none', join(dir, 'never.backup'), silent)).rejects.toThrow();
    expect(readdirSync(dir).filter((name) => name.includes('never'))).toEqual([]);
  });

  test('of nothing is none: a folder named by mistake is told, and not made', async () => {
    const env = readEnv({ DATA_DIR: join(dir, 'mistaken') });
    await expect(backupCommand.run({ env, words: [] })).rejects.toThrow(/There is no store in .*mistaken to back up/);
    expect(readdirSync(dir)).not.toContain('mistaken');
  });

  test('is called by its date where nobody says otherwise', () => {
    const now = new Date('2026-11-22T08:30:12.345Z');
    expect(nameBackup(now)).toBe('baton-2026-11-22T083012Z.backup');
    expect(placeBackup(null, '/data', now)).toBe('/data/backups/baton-2026-11-22T083012Z.backup');
    expect(placeBackup(dir, '/data', now)).toBe(join(dir, nameBackup(now)));
    expect(placeBackup(join(dir, 'x'), '/data', now)).toBe(join(dir, 'x'));
  });
});

describe('a backup is refused, before anything is restored, when it', () => {
  const spoil = (name: string, change: (copy: string) => void): string => {
    const copy = join(dir, name);
    copyFileSync(path, copy);
    change(copy);
    return copy;
  };

  test('was cut off anywhere', async () => {
    const { size } = statSync(path);
    for (const length of [0, 5, 100, Math.floor(size / 2), size - 48, size - 1]) {
      await expect(checkBackup(spoil('cut', (copy) => truncateSync(copy, length))), String(length)).rejects.toThrow(
        /no backup of Baton|cut off|altered/,
      );
    }
  });

  test('was changed in any place', async () => {
    const { size } = statSync(path);
    for (const at of [2, 20, 400, Math.floor(size / 2), size - 60, size - 20, size - 1]) {
      const copy = spoil('changed', (file) => {
        const bytes = readFileSync(file);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      });
      await expect(checkBackup(copy), String(at)).rejects.toThrow(/no backup|altered|cut off|newer|beginning/);
    }
  });

  test('is something else', async () => {
    const other = join(dir, 'letter.txt');
    writeFileSync(other, 'Dear Dana,\n'.repeat(100));
    await expect(checkBackup(other)).rejects.toThrow('This file is no backup of Baton.');
    await expect(checkBackup(join(dir, 'nothing'))).rejects.toThrow(
      /^There is no file .*nothing\. Nothing was restored\.$/,
    );
  });
});

describe('a restore', () => {
  test('goes into an empty store alone', async () => {
    await withEmpty(async (database) => {
      await restore(database);
      await expect(restore(database)).rejects.toThrow(/not empty: it has rows in "account"/);
    });
  });

  test('and a backup work as an owner who is no superuser, whom row-level security binds too', async () => {
    const { ownerUrl, owner } = store.database;
    const name = `plain_${randomUUID().slice(0, 8)}`;
    await sql`create role ${sql.id(name)} login createrole password 'x'`.execute(owner);
    await sql`grant baton_app to ${sql.id(name)}`.execute(owner);
    await sql`create database ${sql.id(name)} owner ${sql.id(name)}`.execute(owner);
    const url = new URL(ownerUrl);
    [url.username, url.password, url.pathname] = [name, 'x', `/${name}`];
    try {
      const single = await openSingle(url.href);
      await ensureWorkingRole(single.db, null).finally(() => single.close());
      const checked = await checkBackup(path);
      expect(await restoreBackup(url.href, checked, { now: new Date() })).toBe(checked.rows);
      const again = join(dir, 'plain.backup');
      expect((await takeBackup(url.href, again, silent)).rows).toBe(checked.rows);
    } finally {
      await sql`drop database ${sql.id(name)} with (force)`.execute(owner);
      await sql`drop role ${sql.id(name)}`.execute(owner);
    }
  });

  test('takes the place of the workspace that a store made for itself at its first start', async () => {
    const fresh = await createTestStore();
    await fresh.addWorkspace('My company');
    await fresh.rooms.close();
    await Promise.all([fresh.database.db.destroy(), fresh.database.owner.destroy()]);
    await restore(fresh.database);
    const single = await openSingle(fresh.database.ownerUrl);
    const { rows } = await single.client.query<{ name: string }>('select name from workspace order by name');
    await single.close();
    await fresh.database.close();
    expect(rows.map(({ name }) => name)).toEqual(['Larkspur Instruments', 'Osprey Tools']);
  });

  test('refuses what a newer version of Baton wrote', async () => {
    const backup = await checkBackup(path);
    backup.header.schema.push('9999-of-tomorrow');
    await withEmpty(async (database) => {
      await expect(restoreBackup(database.ownerUrl, backup, { now: new Date() })).rejects.toThrow(
        /newer version of Baton/,
      );
    });
  });

  test('refuses to pull the tables from under a store that runs', async () => {
    await withEmpty(async (database) => {
      await sql`select 1`.execute(database.db);
      await expect(restore(database)).rejects.toThrow(/A store runs on this database/);
    });
  });

  test('that fails when all rows are in leaves the store as empty as it was', async () => {
    const { header, ...backup } = await checkBackup(path);
    async function* sections() {
      for await (const section of readBackup({ header, ...backup }))
        yield { ...section, readCount: async () => (await section.readFoot()).rows };
    }
    await withEmpty(async (database) => {
      const failing = loadDatabase(database.ownerUrl, { ...header, sections: sections() }, async () => {
        throw new Error('at the very end');
      });
      await expect(failing).rejects.toThrow('at the very end');
      const tables = await listDataTables(database.owner);
      expect(tables.length).toBeGreaterThan(20);
      expect(await countRows(database.owner, tables, [workspaceId])).toEqual([]);
    });
  });
});
