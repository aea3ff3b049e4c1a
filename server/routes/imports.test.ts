import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { importStatusSchema, importTicketSchema } from '#contract/import.ts';
import { problemSchema } from '#contract/session.ts';
import { castContact } from '../../test/fixtures/cast.ts';
import { generateExports } from '../../test/fixtures/exports/generate.ts';
import { createTestStore, listBundles, type TestDevice, type TestStore } from '../../test/postgres/store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let rep: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  store.moveClock(0);
  workspaceId = await store.addWorkspace();
  [marketer, rep] = await Promise.all([store.signIn(workspaceId, 'marketer'), store.signIn(workspaceId, 'rep')]);
});

async function open(fileName: string, bytes: number, dryRun = false) {
  const response = await marketer.request('POST', '/v1/imports', { fileName, bytes, dryRun });
  expect(response.status).toBe(201);
  return importTicketSchema.parse(await response.json());
}

const put = (importId: string, ticket: string, body: BodyInit) =>
  store.app.request(`/v1/imports/${importId}/file`, {
    method: 'PUT',
    headers: { Authorization: `Ticket ${ticket}` },
    body,
    duplex: 'half',
  } as RequestInit);

async function upload(fileName: string, text: string, dryRun = false) {
  const { importId, ticket } = await open(fileName, text.length, dryRun);
  const response = await put(importId, ticket, text);
  expect(response.status).toBe(200);
  return importStatusSchema.parse(await response.json());
}

const accounts = 'Account Name,Domain\nArdmoor,ardmoor.example\n';

describe('an upload', () => {
  test('goes in, is told as it stands, and stays in the history under its member’s name', async () => {
    const done = await upload('accounts.csv', accounts);
    expect(done).toMatchObject({
      state: 'done',
      format: 'accounts',
      rows: 1,
      accounts: { added: 1 },
      by: marketer.session.member.name,
    });
    const one = await marketer.request('GET', `/v1/imports/${done.id}`);
    expect(importStatusSchema.parse(await one.json())).toEqual(done);
    const history = await (await marketer.request('GET', '/v1/imports')).json();
    expect(history).toEqual([done]);
  });

  test('of a file that is no table is answered with the sentence', async () => {
    expect(await upload('logo.png', '\u0089PNG')).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/does not know|empty/),
    });
    expect(await upload('x.json', '{"a": 1}')).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('JSON'),
    });
  });

  test('in a dry run keeps nothing but its own record', async () => {
    expect(await upload('accounts.csv', accounts, true)).toMatchObject({ dryRun: true, accounts: { added: 1 } });
    expect(await upload('accounts.csv', accounts)).toMatchObject({ dryRun: false, accounts: { added: 1 } });
  });

  test('that breaks off says so, keeps what was read, and is completed by another', async () => {
    const { importId, ticket } = await open('contacts.csv', 1000);
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('Email,Name\na@b.example,A\nc@b.exam')),
      pull: (controller) => controller.error(new Error('connection reset')),
    });
    const status = importStatusSchema.parse(await (await put(importId, ticket, broken)).json());
    expect(status).toMatchObject({ state: 'failed', rows: 1, failure: expect.stringMatching(/^The upload broke off/) });
    const whole = await upload('contacts.csv', 'Email,Name\na@b.example,A\nc@b.example,C\n');
    expect(whole.contacts).toEqual({ added: 1, changed: 0, unchanged: 1 });
  });

  test('larger than the limit is refused before it is sent', async () => {
    const response = await marketer.request('POST', '/v1/imports', {
      fileName: 'x.csv',
      bytes: 2 ** 31,
      dryRun: false,
    });
    expect(response.status).toBe(413);
    expect(problemSchema.parse(await response.json()).detail).toMatch(/1024 MB.*npm run store/);
  });

  test('larger than the limit, whatever was said of it, is refused by the length that comes with it', async () => {
    const { importId, ticket } = await open('x.csv', 10);
    const response = await store.app.request(`/v1/imports/${importId}/file`, {
      method: 'PUT',
      headers: { Authorization: `Ticket ${ticket}`, 'Content-Length': String(2 ** 31) },
      body: accounts,
    });
    expect(response.status).toBe(413);
  });

  test('that is refused at its first bytes is read to its end before it is answered', async () => {
    const { importId, ticket } = await open('logo.png', 4000);
    let sent = 0;
    const picture = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 400) controller.close();
        else controller.enqueue(sent === 1 ? Buffer.from('\u0089PNG', 'latin1') : new Uint8Array(1000));
      },
    });
    const status = importStatusSchema.parse(await (await put(importId, ticket, picture)).json());
    expect(status).toMatchObject({ state: 'failed', failure: expect.stringContaining('PNG picture') });
    expect(sent).toBe(401);
  });

  test('that never comes is told in the history once its ticket is over', async () => {
    store.moveClock(-11 * 60_000);
    const { importId } = await open('late.csv', 10);
    const one = await marketer.request('GET', `/v1/imports/${importId}`);
    expect(importStatusSchema.parse(await one.json())).toMatchObject({
      state: 'failed',
      failure: 'The file never came.',
    });
    store.moveClock(0);
    const next = await open('due.csv', 10);
    const due = await marketer.request('GET', `/v1/imports/${next.importId}`);
    expect(importStatusSchema.parse(await due.json())).toMatchObject({ state: 'waiting', failure: null });
  });
});

describe('a ticket', () => {
  const refused = async (response: Response) => {
    expect(response.status).toBe(401);
    expect(problemSchema.parse(await response.json()).detail).toMatch(/not valid.*Start the import again/);
  };

  test('is good once', async () => {
    const { importId, ticket } = await open('accounts.csv', accounts.length);
    expect((await put(importId, ticket, accounts)).status).toBe(200);
    await refused(await put(importId, ticket, accounts));
  });

  test('is good for its own import only, for ten minutes', async () => {
    const first = await open('accounts.csv', accounts.length);
    const second = await open('accounts.csv', accounts.length);
    await refused(await put(second.importId, first.ticket, accounts));
    await refused(await put(first.importId, 'nonsense', accounts));
    store.moveClock(11 * 60_000);
    await refused(await put(first.importId, first.ticket, accounts));
  });
});

test('a rep neither imports nor sees imports', async () => {
  const { id } = await upload('accounts.csv', accounts);
  for (const [method, path, body] of [
    ['POST', '/v1/imports', { fileName: 'x.csv', bytes: 1, dryRun: false }],
    ['GET', '/v1/imports', undefined],
    ['GET', `/v1/imports/${id}`, undefined],
  ] as const) {
    expect((await rep.request(method, path, body)).status).toBe(403);
  }
});

test('another workspace’s marketer does not see an import', async () => {
  const { id } = await upload('accounts.csv', accounts);
  const stranger = await store.signIn(await store.addWorkspace(), 'marketer');
  expect((await stranger.request('GET', `/v1/imports/${id}`)).status).toBe(404);
  expect(await (await stranger.request('GET', '/v1/imports')).json()).toEqual([]);
});

test('the sample exports give the leading contact the grade, touches and plan that the sample pages speak of', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const before = await rep.cursor();
  for (const file of generateExports(today).files) expect((await upload(file.name, file.text)).state).toBe('done');

  const bundles = listBundles(await rep.snapshot());
  const dana = bundles
    .flatMap((bundle) => bundle.contacts)
    .find((contact) => contact.name === castContact('dana').name);
  expect(dana).toMatchObject({ touchCount: 14, robotCount: 2, title: 'Head of Operations', role: 'Champion' });
  expect(dana?.score).toMatchObject({ grade: 'A2', fit: 84 });
  expect(dana?.planned).toEqual([expect.objectContaining({ kind: 'sent', campaign: 'Q4 nurture #4' })]);
  expect(
    new Set(bundles.flatMap((bundle) => bundle.contacts).map((contact) => contact.score.grade)).size,
  ).toBeGreaterThan(10);

  const pulled = await rep.pull(before);
  expect(pulled.status === 'changes' && pulled.bundles.length).toBeGreaterThan(60);
});
