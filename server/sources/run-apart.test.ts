import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { createTestStore, type TestStore } from '../../test/postgres/store.ts';
import { inWorkspace } from '../db/scope.ts';
import { openImport, readImport } from '../store/import-job.ts';
import { FileRefusal } from './fault.ts';
import type { ImportGround } from './import-ground.ts';
import { runImport } from './run-import.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let ground: ImportGround;
const poked: WorkspaceId[] = [];

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  const { db, url } = store.database;
  const poke = (id: WorkspaceId) => void poked.push(id);
  const apart = { isPreparing: true };
  ground = { db, url, log: pino({ level: 'silent' }), now: () => new Date(), poke, apart };
});
afterAll(() => store?.close());

const header = 'Email,Campaign,Kind,At,Company\n';
const write = (row: number) => `p${row}@customer.example,Fair,opened,2026-09-0${1 + (row % 9)},Customer\n`;

async function* read(rows: number, end: () => void | Promise<void> = () => undefined): AsyncGenerator<Uint8Array> {
  yield Buffer.from(header);
  for (let row = 0; row < rows; row += 1) yield Buffer.from(write(row));
  await end();
}

async function open(): Promise<ImportId> {
  const id = crypto.randomUUID() as ImportId;
  const job = {
    fileName: 'touches.csv',
    bytes: 1,
    dryRun: false,
    zone: null,
    dates: null,
    mapping: null,
    mappingName: null,
  };
  await inWorkspace(store.database.db, workspaceId, (scope) =>
    openImport(scope, workspaceId, { id, ...job, byMember: null, ticket: null }),
  );
  return id;
}

describe('an import in a process of its own', () => {
  test('takes its file in, tells of its way, and pokes', async () => {
    const told: number[] = [];
    const order = {
      ...ground,
      workspaceId,
      importId: await open(),
      onStaged: ({ rows }: { rows: number }) => void told.push(rows),
    };
    expect(await runImport(order, read(50))).toMatchObject({ state: 'done', touches: { added: 50 } });
    expect(poked).toContain(workspaceId);
    expect(told.at(-1)).toBe(50);
  });

  test('keeps what came before a file broke off, and says by what', async () => {
    const fault = () => Promise.reject(new FileRefusal('The file is larger than it said.'));
    const order = { ...ground, workspaceId, importId: await open() };
    const status = await runImport(order, read(70, fault));
    expect(status).toMatchObject({ state: 'failed', failure: 'The file is larger than it said.', rows: 70 });
  });

  test('lets go of the import when the store goes down, for another process to go on', async () => {
    const down = new AbortController();
    const importId = await open();
    const order = { ...ground, signal: down.signal, workspaceId, importId };
    const hold = Promise.withResolvers<void>();
    const running = runImport(
      order,
      read(60, () => hold.promise),
    ).catch(() => null);
    await expect.poll(async () => (await look(importId))?.state).toBe('running');
    down.abort(new Error('The store goes down.'));
    hold.resolve();
    await running;
    expect((await look(importId))?.state).not.toBe('failed');
  });
});

const look = (importId: ImportId) =>
  inWorkspace(store.database.db, workspaceId, (scope) => readImport(scope, workspaceId, importId));
