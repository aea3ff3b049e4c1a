import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { sessionSchema } from '#contract/session.ts';
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

describe('sites', () => {
  const rule = {
    system: 'kestrel',
    records: [{ object: 'contact', isCompany: false, urls: ['/people/{id}'] }],
    fields: { name: ['h1'] },
  };
  const kestrel = { name: 'Kestrel CRM', hosts: ['crm.kestrel.example'], rule };
  const settleSites = (sites: object, device = admin) => device.request('PATCH', path, { sites });
  const readSites = async (device = admin) => (await read(device)).sites;

  test('of two admins at once are all kept, site by site and host by host', async () => {
    const other = await store.signIn(workspaceId, 'admin');
    await Promise.all([
      settleSites({
        own: { 'own-kestrel': kestrel },
        hosts: { odoo: { add: ['erp.kestrel.example'] } },
        off: { gmail: true },
      }),
      settleSites(
        {
          own: { 'own-merlin': { ...kestrel, name: 'Merlin' } },
          hosts: { odoo: { add: ['old.kestrel.example'] } },
          off: { hubspot: true },
        },
        other,
      ),
      settle({ linkedin: 'side' }, other),
    ]);
    const sites = await readSites();
    expect(sites?.hosts['odoo']?.toSorted()).toEqual(['erp.kestrel.example', 'old.kestrel.example']);
    expect(sites?.off.toSorted()).toEqual(['gmail', 'hubspot']);
    expect(sites?.own.map((site) => (site as { name: string }).name).toSorted()).toEqual(['Kestrel CRM', 'Merlin']);
    expect(await read(admin)).toMatchObject({ panelSides: { linkedin: 'side' } });
  });

  test('reach every device with their rule, by the feed and by a fresh snapshot', async () => {
    const before = await rep.cursor();
    expect((await settleSites({ own: { 'own-kestrel': kestrel } })).status).toBe(200);
    const sites = { own: [{ id: 'own-kestrel', name: 'Kestrel CRM', rule: { system: 'kestrel' } }] };
    expect(await rep.pull(before)).toMatchObject({ workspace: { settings: { sites } } });
    expect((await rep.snapshot())[0]).toMatchObject({ workspace: { settings: { sites } } });
  });

  test('change in their place, and go by null', async () => {
    await settleSites({ own: { 'own-a': kestrel, 'own-b': kestrel }, off: { gmail: true } });
    await settleSites({ own: { 'own-a': { ...kestrel, name: 'Renamed' } }, off: { gmail: false } });
    expect(await readSites()).toMatchObject({ off: [], own: [{ id: 'own-a', name: 'Renamed' }, { id: 'own-b' }] });
    await settleSites({ own: { 'own-a': null, 'own-nobody': null } });
    expect(await readSites()).toMatchObject({ own: [{ id: 'own-b' }] });
    await settleSites({ hosts: { odoo: { add: ['erp.kestrel.example'] } } });
    await settleSites({ hosts: { odoo: { remove: ['erp.kestrel.example'] } } });
    expect(await readSites()).toMatchObject({ hosts: {} });
  });

  test('of a newer store, that this one does not understand, stay as they are', async () => {
    const newer = { id: 'own-newer', name: 'Newer', rule: { frames: ['a'] } };
    await inWorkspace(store.database.db, workspaceId, (scope) =>
      scope
        .updateTable('workspace')
        .set({ settings: JSON.stringify({ sites: { own: [newer], mood: 'fine' } }) })
        .where('workspaceId', '=', workspaceId)
        .execute(),
    );
    await settleSites({ own: { 'own-kestrel': kestrel } });
    expect(await readSites()).toMatchObject({ own: [newer, { id: 'own-kestrel' }], mood: 'fine' });
  });

  const withRecords = (urls: string[]) => ({ ...kestrel, rule: { ...rule, records: [{ ...rule.records[0], urls }] } });

  test.each<[what: string, sites: object, path: string, why: RegExp]>([
    [
      'an address that is none',
      { own: { 'own-a': withRecords(['/people/{id}', 'people']) } },
      'sites.own.own-a.rule.records.0.urls.1',
      /write it like/,
    ],
    [
      'a selector that could run',
      { own: { 'own-a': { ...kestrel, rule: { ...rule, fields: { email: ['a:has(b)'] } } } } },
      'sites.own.own-a.rule.fields.email.0',
      /no selector/,
    ],
    [
      'a host that is none',
      { hosts: { odoo: { add: ['https://erp.kestrel.example/'] } } },
      'sites.hosts.odoo.add.0',
      /no host name/,
    ],
    [
      'a host of a whole country',
      { own: { 'own-a': { ...kestrel, hosts: ['crm.kestrel.example', '*.co.uk'] } } },
      'sites.own.own-a.hosts.1',
      /every company/,
    ],
    ['an id of Baton’s own', { own: { gmail: kestrel } }, 'sites.own.gmail', /.+/],
    [
      'more hosts than there may be',
      { hosts: { odoo: { add: Array.from({ length: 21 }, (_, index) => `a${index}.kestrel.example`) } } },
      'sites.hosts.odoo.add',
      /.+/,
    ],
  ])('with %s are refused, and it is said where and why', async (_what, sites, where, why) => {
    const response = await settleSites(sites);
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const { errors } = (await response.json()) as { errors: { path: string; message: string }[] };
    expect(errors).toContainEqual({ path: where, message: expect.stringMatching(why) });
    expect(await readSites()).toBeUndefined();
  });

  test('are thirty of one’s own at most', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`own-${index}`, kestrel]));
    expect((await settleSites({ own: many })).status).toBe(200);
    const response = await settleSites({ own: { 'own-last': kestrel } });
    expect(await response.json()).toMatchObject({ status: 422, errors: [{ path: 'sites.own' }] });
    expect(await readSites()).toMatchObject({ own: { length: 30 } });
  });

  test('are an admin’s to settle: a marketer and a rep are refused', async () => {
    for (const device of [marketer, rep])
      expect((await settleSites({ off: { gmail: true } }, device)).status).toBe(403);
    expect(await readSites()).toBeUndefined();
  });
});

test('the lease that an admin sets is every browser’s with its next session; null makes it the usual one again', async () => {
  const setLease = (leaseHours: number | null, device = admin) => device.request('PATCH', path, { leaseHours });
  const lease = async () => {
    const session = sessionSchema.parse(await (await rep.request('GET', '/v1/session')).json());
    return (Date.parse(session.leaseUntil) - Date.parse(session.storeTime)) / 3_600_000;
  };
  expect(await lease()).toBe(168);
  expect((await setLease(12, marketer)).status).toBe(403);
  expect(await (await setLease(12)).json()).toEqual({ panelSides: {}, leaseHours: 12 });
  expect(await lease()).toBe(12);
  expect((await setLease(0)).status).toBe(422);
  expect((await setLease(721)).status).toBe(422);
  await settle({ gmail: 'side' });
  expect(await lease()).toBe(12);
  expect(await (await setLease(null)).json()).toEqual({ panelSides: { gmail: 'side' } });
  expect(await lease()).toBe(168);
});
