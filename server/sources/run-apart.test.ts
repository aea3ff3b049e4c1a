import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { createTestStore, type TestStore } from '../../test/postgres/store.ts';
import { inWorkspace } from '../db/scope.ts';
import { openImport, readImport } from '../store/import-job.ts';
import { claimImport, readJob } from '../store/import-run.ts';
import { FileRefusal } from './fault.ts';
import type { ImportGround } from './import-ground.ts';
import type { ProcessOrder } from './run-apart.ts';
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

  test.runIf(process.platform === 'linux')('is over when the process is, and that of the store goes on', async () => {
    const order = { ...ground, workspaceId, importId: await open() };
    const held = Promise.withResolvers<void>();
    const running = runImport(
      order,
      read(60, () => held.promise),
    );
    running.catch(() => undefined);
    await expect.poll(listProcesses, { timeout: 20_000 }).toHaveLength(1);
    for (const pid of listProcesses()) process.kill(pid, 'SIGKILL');
    held.resolve();
    await expect(running).rejects.toThrow('SIGKILL');
  });

  test.each([0, 1000])(
    'ends with the store that began it, also while a file is still to come: after %i ms',
    async (ms) => {
      const importId = await open();
      const runner = crypto.randomUUID();
      const job = await inWorkspace(store.database.db, workspaceId, async (scope) => {
        await claimImport(scope, workspaceId, importId, runner);
        return readJob(scope, workspaceId, importId);
      });
      const child = fork(fileURLToPath(new URL('./import-process.ts', import.meta.url)), [], {
        serialization: 'advanced',
        stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
      });
      const { url } = store.database;
      const order: ProcessOrder = {
        ...{ url, workspaceId, importId, runner, isPreparing: true, isAdopted: false, logLevel: 'silent' },
        job: job ?? null,
      };
      child.send({ kind: 'order', order });
      child.stdin?.write(header + write(1));
      await new Promise((done) => setTimeout(done, ms));
      expect(child.exitCode).toBeNull();
      child.disconnect();
      expect(await once(child, 'exit')).toEqual([1, null]);
    },
  );
});

const look = (importId: ImportId) =>
  inWorkspace(store.database.db, workspaceId, (scope) => readImport(scope, workspaceId, importId));

/** The processes of imports that this one has begun. */
function listProcesses(): number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return children.map(Number).filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const isOurs = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === process.pid;
      return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('import-process');
    } catch {
      // It ended meanwhile.
      return false;
    }
  });
}
