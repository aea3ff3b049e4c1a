import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { workspaceSettingsSchema } from '#contract/settings.ts';
import { createTestStore, type TestDevice, type TestStore } from '../../../test/postgres/store.ts';
import { inWorkspace } from '../../db/scope.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let admin: TestDevice;
let marketer: TestDevice;
let rep: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
  [admin, marketer, rep] = await Promise.all([
    store.signIn(workspaceId, 'admin'),
    store.signIn(workspaceId, 'marketer'),
    store.signIn(workspaceId, 'rep'),
  ]);
});

const path = '/v1/desk/settings';
const read = async (device: TestDevice) =>
  workspaceSettingsSchema.parse(await (await device.request('GET', path)).json());
const settle = (panelSides: Record<string, string | null>, device = admin) =>
  device.request('PATCH', path, { panelSides });

test('nothing is settled before an admin settles it', async () => {
  expect(await read(admin)).toEqual({ panelSides: {} });
  const [head] = await rep.snapshot();
  expect(head).toMatchObject({ workspace: { settings: { panelSides: {} } } });
});

test('what an admin settles reaches every device by the feed and by a fresh snapshot', async () => {
  const before = await rep.cursor();
  const response = await settle({ linkedin: 'side' });
  expect(await response.json()).toEqual({ panelSides: { linkedin: 'side' } });
  expect(await rep.pull(before)).toMatchObject({ workspace: { settings: { panelSides: { linkedin: 'side' } } } });
  const [head] = await rep.snapshot();
  expect(head).toMatchObject({ workspace: { settings: { panelSides: { linkedin: 'side' } } } });
});

test('changes only the sites it names, and leaves one to its members by null', async () => {
  await settle({ linkedin: 'side', gmail: 'page' });
  await settle({ gmail: null, hubspot: 'side' });
  expect(await read(marketer)).toEqual({ panelSides: { linkedin: 'side', hubspot: 'side' } });
  await admin.request('PATCH', path, {});
  expect(await read(marketer)).toEqual({ panelSides: { linkedin: 'side', hubspot: 'side' } });
});

test('keeps what a newer store wrote and this one does not know', async () => {
  const write = (settings: object) =>
    inWorkspace(store.database.db, workspaceId, (scope) =>
      scope
        .updateTable('workspace')
        .set({ settings: JSON.stringify(settings) })
        .where('workspaceId', '=', workspaceId)
        .returning('settings')
        .executeTakeFirstOrThrow(),
    );
  await write({ panelSides: { workbench: 'side' }, greeting: 'Hello' });
  await settle({ gmail: 'page' });
  expect(await read(admin)).toEqual({ panelSides: { workbench: 'side', gmail: 'page' }, greeting: 'Hello' });
  const { rows } = await sql<{ settings: unknown }>`
    select settings from workspace where workspace_id = ${workspaceId}`.execute(store.database.owner);
  expect(rows[0]?.settings).toMatchObject({ greeting: 'Hello' });
});

test('a marketer reads and may not change; a rep may neither', async () => {
  expect((await marketer.request('GET', path)).status).toBe(200);
  expect((await settle({ gmail: 'side' }, marketer)).status).toBe(403);
  expect((await rep.request('GET', path)).status).toBe(403);
  expect((await settle({ gmail: 'side' }, rep)).status).toBe(403);
  expect(await read(admin)).toEqual({ panelSides: {} });
});

test('another workspace’s settings stay as they are', async () => {
  await settle({ gmail: 'side' });
  const stranger = await store.signIn(await store.addWorkspace(), 'admin');
  expect(await read(stranger)).toEqual({ panelSides: {} });
  await settle({ gmail: 'page' }, stranger);
  expect(await read(admin)).toEqual({ panelSides: { gmail: 'side' } });
});

test('a place that is none is refused', async () => {
  expect((await settle({ gmail: 'ceiling' })).status).toBe(422);
});

describe('the company’s own domains', () => {
  const domainsAt = async (device: TestDevice) => {
    const [head] = await device.snapshot();
    return head?.line === 'head' ? head.workspace.ownDomains : undefined;
  };

  test('are those of the members’ addresses, freemail aside', async () => {
    await store.signIn(workspaceId, 'rep', 'lena@eu.larkspur.example');
    await store.signIn(workspaceId, 'rep', 'sam@gmail.com');
    const domains = await domainsAt(rep);
    expect(domains).toContain('larkspur.example');
    expect(domains).not.toContain('eu.larkspur.example');
    expect(domains).not.toContain('gmail.com');
  });

  test('and what an admin added, in one form, until it is taken off again', async () => {
    const cursor = await rep.cursor();
    const change = (ownDomains: Record<string, true | null>) => admin.request('PATCH', path, { ownDomains });
    expect((await change({ 'https://www.Larkspur-Labs.example/': true, 'larkspur.test': true })).status).toBe(200);
    expect(await rep.pull(cursor)).toMatchObject({
      workspace: { ownDomains: expect.arrayContaining(['larkspur-labs.example', 'larkspur.test']) },
    });
    await change({ 'larkspur-labs.example': null });
    expect((await read(marketer)).ownDomains).toEqual(['larkspur.test']);
    await settle({ gmail: 'page' });
    expect(await read(marketer)).toEqual({ panelSides: { gmail: 'page' }, ownDomains: ['larkspur.test'] });
  });

  test.each(['gmail.com', 'co.uk', 'no domain'])('%s is none of them', async (domain) => {
    const response = await admin.request('PATCH', path, { ownDomains: { [domain]: true } });
    expect([response.status, (await response.json()).type]).toEqual([422, 'urn:baton:problem:no-company-domain']);
    expect((await read(admin)).ownDomains).toBeUndefined();
  });
});
