import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  AccountId,
  AskId,
  ContactId,
  InsightId,
  OutcomeId,
  TalkingPointId,
  VerdictId,
  WorkspaceId,
} from '#contract/ids.ts';
import { heldPersonSchema, personDataSchema } from '#contract/person.ts';
import { createTestDatabase } from '../../test/postgres/database.ts';
import {
  createTestStore,
  listBundles,
  seedAccount,
  type TestDevice,
  type TestStore,
} from '../../test/postgres/store.ts';
import { takeFile } from '../../test/postgres/take-file.ts';
import { checkBackup } from '../backup/read-backup.ts';
import { restoreBackup } from '../backup/restore.ts';
import { takeBackup } from '../backup/take-backup.ts';
import { inWorkspace } from '../db/scope.ts';
import { listDataTables } from '../db/tables.ts';
import { rotateHashKey } from '../store/hash-key.ts';
import { erasePerson } from './erase-person.ts';
import { readErasedList, writeErasedList } from './erased-list.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let admin: TestDevice;
let rep: TestDevice;
let accountId: AccountId;
let contactId: ContactId;
let address: string;
let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'baton-erase-'));
  store = await createTestStore();
});
afterAll(async () => {
  await store?.close();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
  admin = await store.signIn(workspaceId, 'admin');
  rep = await store.signIn(workspaceId, 'rep');
  ({ accountId, contactId, address } = await seedAccount(store, workspaceId));
});

const clue = () => ({ kind: 'email' as const, value: address });
const erase = () => admin.request('POST', '/v1/desk/persons/erase', { clue: clue() });
const profile = 'dana-ortiz-41b';

/** A person about whom there is everything that can be. */
async function fill(): Promise<void> {
  await rep.push(
    1,
    { kind: 'recordVerdict', body: { verdictId: randomUUID() as VerdictId, contactId, value: 'weak', shown: null } },
    { kind: 'linkIdentifier', body: { clue: { kind: 'linkedin', value: profile }, contactId } },
    {
      kind: 'recordInsight',
      body: {
        insightId: randomUUID() as InsightId,
        accountId,
        contactId,
        text: `Ortiz (${address}) is moving to another plant.`,
        quote: 'I am leaving in March',
        kind: 'customer',
        method: 'interview',
      },
    },
    {
      kind: 'recordInsight',
      body: {
        insightId: randomUUID() as InsightId,
        accountId,
        contactId: null,
        text: 'Budget sits with Dana Ortiz and is spent.',
        quote: null,
        kind: 'market',
        method: 'observation',
      },
    },
  );
  const [about, beside] = [randomUUID() as AskId, randomUUID() as AskId];
  await rep.push(
    5,
    {
      kind: 'recordAsk',
      body: { askId: about, accountId, contactId, kind: 'context', text: `What do we know of Ortiz (${address})?` },
    },
    {
      kind: 'recordAsk',
      body: { askId: beside, accountId, contactId: null, kind: 'other', text: 'Is Dana Ortiz still there?' },
    },
  );
  for (const id of [about, beside])
    await admin.request('PUT', `/v1/desk/asks/${id}/answer`, {
      text: 'Dana Ortiz spoke in March.',
      link: `https://larkspur.example/${profile}?of=${address}`,
    });
  const second = await seedAccount(store, workspaceId, { name: 'Osprey Tools' });
  await sql`update contact set name = 'Tomas Lind' where id = ${second.contactId}`.execute(store.database.owner);
  // Against the source's word a colleague takes the person's address for somebody else's.
  await rep.push(7, { kind: 'linkIdentifier', body: { clue: clue(), contactId: second.contactId } });
  const members = [
    'CampaignId,ContactId,Status,HasResponded,FirstRespondedDate,Name,CompanyOrAccount,Email',
    `7015g000000AbCdAAK,003000000000001AAA,Responded,true,2026-11-03T14:05:09Z,Dana Ortiz,Kestrel Foundry,${address}`,
    `7015g000000AbCdAAK,003000000000001AAA,Responded,true,the day of ${address},Dana Ortiz,Kestrel Foundry,${address}`,
  ].join('\n');
  await takeFile(store.database, workspaceId, Buffer.from(members), { fileName: 'members.csv', now: store.deps.now() });
}

/** All that stands in the workspace's rows, as text. */
async function dumpRows(workspace: WorkspaceId = workspaceId, owner = store.database.owner): Promise<string> {
  const tables = (await listDataTables(owner)).filter((table) => table.isPerWorkspace);
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await sql<{ row: string }>`
        select row_to_json(t)::text as row from ${sql.table(name)} t where workspace_id = ${workspace}`.execute(owner);
      return rows.map(({ row }) => `${name}: ${row}`).join('\n');
    }),
  );
  return texts.join('\n');
}

describe('a person who is erased', () => {
  test('is in no row of the workspace any more: no name, address, profile, record or id', async () => {
    await fill();
    expect(await dumpRows()).toContain(address);
    expect(await (await erase()).json()).toEqual({ wasKnown: true, touches: 3 });
    const rest = await dumpRows();
    for (const trace of [
      address,
      profile,
      '003000000000001AAA',
      'Ortiz',
      'leaving in March',
      'moving to another plant by',
    ])
      expect(rest.toLowerCase()).not.toContain(trace.toLowerCase());
    const lines = rest.split('\n').filter((line) => line.includes(contactId));
    expect(lines.map((line) => line.split(':')[0])).toEqual(expect.arrayContaining(['erasure']));
    expect(lines.every((line) => /^(erasure|feed_entry):/.test(line))).toBe(true);
  });

  test('leaves what was said of their lead and company, without them', async () => {
    await fill();
    await erase();
    const owner = store.database.owner;
    const verdicts = await owner.selectFrom('verdict').selectAll().where('workspaceId', '=', workspaceId).execute();
    expect(verdicts).toMatchObject([{ value: 'weak', segment: 'Industrial', accountId }]);
    const insights = await owner
      .selectFrom('insight')
      .select(['text', 'quote'])
      .where('workspaceId', '=', workspaceId)
      .execute();
    expect(insights.map(({ text }) => text).toSorted()).toEqual(
      ['Budget sits with [erased] and is spent.', '[erased] ([erased]) is moving to another plant.'].toSorted(),
    );
    expect(insights.every(({ quote }) => quote === null)).toBe(true);
  });

  test('is gone from devices with the next pull, and from a fresh copy', async () => {
    await fill();
    const cursor = await rep.cursor();
    await erase();
    const pulled = await rep.pull(cursor);
    expect(pulled).toMatchObject({ status: 'changes', erasedContacts: [contactId], removedBundles: [] });
    expect(pulled.status === 'changes' && pulled.bundles[0]?.contacts).toEqual([]);
    const lines = await rep.snapshot();
    const names = listBundles(lines).flatMap((bundle) => bundle.contacts.map(({ name }) => name));
    expect(names).toEqual(['Tomas Lind']);
    expect(lines.find((line) => line.line === 'mine')).toMatchObject({ erasedContacts: [contactId] });
  });

  test('does not come back by an import, by a colleague’s hand or by a link; the others of the file go in', async () => {
    await fill();
    await erase();
    const table = `Email,Full name,Account,Domain\n${address.toUpperCase()},Dana Ortiz,Kestrel Foundry,\nnoor@quarry.example,Noor Haddad,Quarry Lane,quarry.example\n`;
    const status = await takeFile(store.database, workspaceId, Buffer.from(table), {
      fileName: 'people.csv',
      now: store.deps.now(),
    });
    expect(status.contacts.added).toBe(1);
    expect(status.errors).toMatchObject([{ line: 2, reason: expect.stringContaining('erased for good') }]);
    const colleague = await seedAccount(store, workspaceId, { name: 'Osprey Tools' });
    const again = await rep.push(
      8,
      { kind: 'addContact', body: { contactId: randomUUID() as ContactId, accountId, address, name: 'Dana' } },
      { kind: 'linkIdentifier', body: { clue: { kind: 'linkedin', value: profile }, contactId: colleague.contactId } },
      { kind: 'recordVerdict', body: { verdictId: randomUUID() as VerdictId, contactId, value: 'weak', shown: null } },
      { kind: 'recordInsight', body: { erased: true } },
      {
        kind: 'recordOutcome',
        body: {
          outcomeId: randomUUID() as OutcomeId,
          talkingPointId: randomUUID() as TalkingPointId,
          accountId,
          contactId,
          outcome: 'copied',
        },
      },
    );
    expect(again.body.lastSequence).toBe(12);
    expect(again.body.rejected.map(({ code }) => code)).toEqual([
      'erased',
      'erased',
      'unknown-contact',
      'erased',
      'unknown-talking-point',
    ]);
    expect(await dumpRows()).not.toContain(address);
  });

  test('stays out when the devices’ key is rotated: the store knows them again by a key of its own', async () => {
    await erase();
    const rotate = () =>
      inWorkspace(store.database.db, workspaceId, (scope) => rotateHashKey(scope, workspaceId, store.deps.now()));
    // Twice: then nothing is left of the key under which they were erased.
    await rotate();
    await rotate();
    const status = await takeFile(store.database, workspaceId, Buffer.from(`Email\n${address}\n`), {
      fileName: 'people.csv',
      now: store.deps.now(),
      mapping: { subject: 'contacts', columns: [{ column: 'Email', field: 'email' }], constants: [], dates: 'ymd' },
    });
    expect(status.contacts.added).toBe(0);
  });

  test('can be kept out before anybody knew them, and a second time changes nothing', async () => {
    address = 'never@seen.example';
    expect(await (await erase()).json()).toEqual({ wasKnown: false, touches: 0 });
    expect(await (await erase()).json()).toEqual({ wasKnown: false, touches: 0 });
    const status = await takeFile(
      store.database,
      workspaceId,
      Buffer.from('Email,Full name,Account,Domain\nnever@seen.example,N,S,seen.example\n'),
      {
        fileName: 'people.csv',
        now: store.deps.now(),
      },
    );
    expect(status.contacts.added).toBe(0);
  });

  test('of one company is not erased at another', async () => {
    const other = await store.addWorkspace('Osprey Tools');
    const theirs = await seedAccount(store, other);
    await sql`update identifier set value = ${address} where workspace_id = ${other} and kind = 'email'`.execute(
      store.database.owner,
    );
    await erase();
    expect(await dumpRows(other)).toContain(theirs.contactId);
    expect(await dumpRows(other)).toContain(address);
  });

  test('is erased before anything can be written about them, or after it, never in between', async () => {
    const verdicts = Array.from({ length: 20 }, (_, index) =>
      rep.push(index + 1, {
        kind: 'recordVerdict',
        body: { verdictId: randomUUID() as VerdictId, contactId, value: 'weak', shown: null },
      }),
    );
    await Promise.all([...verdicts.slice(0, 10), erase(), ...verdicts.slice(10)]);
    const { rows } =
      await sql`select 1 from verdict where workspace_id = ${workspaceId} and contact_id = ${contactId}`.execute(
        store.database.owner,
      );
    expect(rows).toEqual([]);
  });
});

describe('what is held on a person', () => {
  test('is told in numbers and given out whole, to an admin alone', async () => {
    await fill();
    const found = await admin.request('POST', '/v1/desk/persons/find', { clue: clue() });
    expect(heldPersonSchema.parse(await found.json())).toMatchObject({
      contactId,
      name: 'Dana Ortiz',
      held: { identifiers: 3, touches: 3, verdicts: 1, insights: 1, asks: 1 },
    });
    const data = personDataSchema.parse(
      await (await admin.request('POST', '/v1/desk/persons/export', { clue: clue() })).json(),
    );
    expect(data.identifiers.map((each) => each['value'])).toContain(address);
    expect(data.touches).toHaveLength(3);
    expect(data.insights).toMatchObject([{ quote: 'I am leaving in March' }]);
    expect(data.asks).toMatchObject([{ kind: 'context', answer: 'Dana Ortiz spoke in March.' }]);
    expect(JSON.stringify(data)).not.toContain(rep.session.member.id);
    const marketer = await store.signIn(workspaceId, 'marketer');
    for (const what of ['find', 'export', 'erase'])
      expect((await marketer.request('POST', `/v1/desk/persons/${what}`, { clue: clue() })).status).toBe(403);
  });

  test('by a company’s identifier is no question, and by an unknown one nothing', async () => {
    const ask = (value: unknown) => admin.request('POST', '/v1/desk/persons/find', { clue: value });
    expect((await ask({ kind: 'domain', value: 'quarry.example' })).status).toBe(422);
    expect(await (await ask({ kind: 'email', value: 'who@quarry.example' })).json()).toBeNull();
  });
});

describe('erasing somebody while a push is about them', () => {
  const verdict = () => {
    const body = { verdictId: randomUUID() as VerdictId, contactId, value: 'weak', shown: null } as const;
    return { kind: 'recordVerdict', body } as const;
  };

  // The push holds a verdict that is to lose its person, and waits for the person, whom the erasing holds while it waits for the verdict.
  test.each([
    { who: 'the erasing', patience: '1min' },
    { who: 'the push', patience: '10ms' },
  ])('goes through, and the push does, when PostgreSQL gives up $who to end their deadlock', async ({ patience }) => {
    const { owner } = store.database;
    const first = verdict();
    await rep.push(1, first);
    await sql`create function await_erasing() returns trigger language plpgsql security definer as $$
      begin
        perform set_config('deadlock_timeout', ${sql.lit(patience)}, true);
        for i in 1..500 loop
          exit when exists (select 1 from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()
            and database = (select oid from pg_database where datname = current_database()));
          perform pg_sleep(0.01);
        end loop;
        perform pg_sleep(0.2);
        return null;
      end $$`.execute(owner);
    await sql`create trigger await_erasing after update of undone_at on verdict for each row execute function await_erasing()`.execute(
      owner,
    );
    try {
      const undo = { kind: 'undoVerdict', body: { verdictId: first.body.verdictId } } as const;
      const pushing = rep.push(2, undo, verdict());
      await sleep(100);
      expect((await erase()).status).toBe(200);
      expect(await pushing).toMatchObject({ status: 200, body: { lastSequence: 3 } });
    } finally {
      await sql`drop function await_erasing cascade`.execute(owner);
    }
  });
});

describe('a backup of before', () => {
  const list = () => join(dir, `${workspaceId}.json`);

  test('is restored without who was erased since, and they stay out', async () => {
    await fill();
    const path = join(dir, `${workspaceId}.backup`);
    await takeBackup(store.database.ownerUrl, path, () => undefined);
    await erasePerson(store.database.db, workspaceId, clue(), null);
    await writeErasedList(store.database.db, [workspaceId], list());
    const empty = await createTestDatabase();
    try {
      const erased = await readErasedList(list());
      await restoreBackup(empty.ownerUrl, await checkBackup(path), { now: new Date(), erased });
      const rows = await dumpRows(workspaceId, empty.owner);
      expect(rows).not.toContain(address);
      expect(rows).toContain('Kestrel Foundry');
      const status = await takeFile(
        empty,
        workspaceId,
        Buffer.from(`Email,Full name,Account,Domain\n${address},D,K,k.example\n`),
        {
          fileName: 'people.csv',
          now: new Date(),
        },
      );
      expect(status.contacts.added).toBe(0);
    } finally {
      await empty.close();
    }
  });

  test('has a list beside it that only its owner reads and that names nobody', async () => {
    await erase();
    await writeErasedList(store.database.db, [workspaceId], list());
    expect(statSync(list()).mode & 0o777).toBe(0o600);
    expect(readFileSync(list(), 'utf8')).not.toContain(address);
    expect((await readErasedList(list()))?.get(workspaceId)?.digests).toHaveLength(1);
  });

  test('with a damaged list is not restored; without one it is, and that is said', async () => {
    writeFileSync(list(), '{"baton":"erased people","workspaces":{"x":1}}');
    await expect(readErasedList(list())).rejects.toThrow(/no list of erased people/);
    rmSync(list());
    expect(await readErasedList(list())).toBeNull();
    expect(existsSync(list())).toBe(false);
  });
});
