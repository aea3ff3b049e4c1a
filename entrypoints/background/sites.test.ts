import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Sender } from '../../utils/messaging/answer.ts';

/** A browser that knows tabs, rights and registered scripts, and what it was asked to do. */
const world = vi.hoisted(() => ({
  done: [] as string[],
  stored: {} as Record<string, unknown>,
  managed: {} as object,
  allowed: new Set<string>(),
  required: ['https://mail.google.com/*'],
  scripts: new Map<string, string[]>(),
  /** Where readers are registered; null: nowhere. */
  get matches(): string[] | null {
    return this.scripts.size === 0 ? null : [...this.scripts.values()].flat();
  },
  tabs: [] as { id: number; url: string }[],
}));

vi.mock('wxt/browser', () => {
  const note = (what: string) => void world.done.push(what);
  const hostOf = (pattern: string) => pattern.slice('https://'.length, -'/*'.length);
  return {
    browser: {
      storage: {
        local: {
          get: async (key: string) => ({ [key]: world.stored[key] }),
          set: async (entries: Record<string, unknown>) => void Object.assign(world.stored, entries),
        },
        managed: { get: async () => world.managed },
      },
      permissions: {
        contains: async ({ origins }: { origins: string[] }) => origins.every((each) => world.allowed.has(each)),
        remove: async ({ origins }: { origins: string[] }) => {
          if (origins.some((each) => world.required.includes(each))) throw new Error('required');
          for (const each of origins) world.allowed.delete(each);
          note(`release ${origins.join()}`);
          return true;
        },
      },
      runtime: {
        getManifest: () => ({ host_permissions: world.required }),
        sendMessage: async ({ event }: { event: string }) => note(`${event} to own pages`),
      },
      tabs: {
        query: async ({ url }: { url?: string[] }) =>
          url === undefined
            ? world.tabs
            : world.tabs.filter((tab) => url.some((each) => tab.url.includes(hostOf(each)))),
        sendMessage: async (tabId: number, { event }: { event: string }) => note(`${event} to ${tabId}`),
      },
      scripting: {
        getRegisteredContentScripts: async () => [...world.scripts].map(([id, matches]) => ({ id, matches })),
        registerContentScripts: async ([script]: [{ id: string; matches: string[] }]) =>
          void world.scripts.set(script.id, script.matches),
        updateContentScripts: async ([script]: [{ id: string; matches: string[] }]) =>
          void world.scripts.set(script.id, script.matches),
        unregisterContentScripts: async ({ ids }: { ids: string[] }) => void ids.map((id) => world.scripts.delete(id)),
        executeScript: async ({ target }: { target: { tabId: number } }) => note(`inject ${target.tabId}`),
      },
    },
  };
});
vi.spyOn(console, 'warn').mockImplementation(() => undefined);

const { forgetWorkspaceSites, getPageSite, listSiteRows, releaseUnwanted, setSite, takeWorkspaceSites } = await import(
  './sites.ts'
);
const { applySites, registerReaders } = await import('./readers.ts');

const gmail = 'https://mail.google.com/*';
const crm = 'https://crm.kestrel.example/*';
const record: Sender = {
  ...{ tabId: 9, windowId: 1, frameId: 0, isOwn: false },
  url: 'https://crm.kestrel.example/people/7',
};
const own = {
  id: 'own-kestrel',
  name: 'Kestrel CRM',
  hosts: ['crm.kestrel.example'],
  rule: {
    system: 'kestrel',
    records: [{ object: 'contact', isCompany: false, urls: ['/people/{id}'] }],
    fields: { name: ['h1'] },
  },
};
const says = (sites: object | null) => async () =>
  (sites === null ? null : { head: { facts: { settings: { panelSides: {}, sites } } } }) as never;
const switchCrm = (isOn: boolean) => setSite({ site: 'own-kestrel', isOn }, record);
const rowOf = async (site: string) => (await listSiteRows()).sites.find((row) => row.site === site);

beforeEach(async () => {
  Object.assign(world, { done: [], stored: {}, managed: {}, scripts: new Map(), allowed: new Set([gmail]) });
  world.tabs = [
    { id: 8, url: 'https://mail.google.com/mail/' },
    { id: 9, url: record.url },
  ];
  await registerReaders();
});

describe('a site of the workspace', () => {
  test('is listed, off and asked for, and read nowhere before the person allows it', async () => {
    await takeWorkspaceSites(says({ own: [own] }));
    expect(await rowOf('own-kestrel')).toMatchObject({
      ...{
        name: 'Kestrel CRM',
        isOn: false,
        isWanted: false,
        named: [crm],
        missing: [crm],
        reads: ['name'],
        fixedBy: null,
      },
    });
    expect(world.matches).toEqual([gmail]);
    expect(await getPageSite(null, record)).toBeNull();
    expect(world.done).not.toContain('inject 9');
  });

  test('that is wanted and not allowed stays unread, and is read in open tabs once it is allowed', async () => {
    await takeWorkspaceSites(says({ own: [own] }));
    await switchCrm(true);
    expect(await rowOf('own-kestrel')).toMatchObject({ isWanted: true, isOn: false });
    expect(world.matches).toEqual([gmail]);
    world.allowed.add(crm);
    world.done = [];
    await applySites();
    expect(world.matches).toEqual([gmail, crm]);
    expect(world.done.filter((each) => each.startsWith('inject'))).toEqual(['inject 9']);
    expect(await getPageSite(null, record)).toMatchObject({ site: 'own-kestrel', rule: { system: 'kestrel' } });
  });

  test('is named by where the page is, whatever it would say of itself', async () => {
    world.allowed.add(crm);
    await takeWorkspaceSites(says({ own: [own] }));
    await switchCrm(true);
    expect(await getPageSite(null, { ...record, url: 'https://evil.example/people/7' })).toBeNull();
    expect(await getPageSite(null, { ...record, url: 'https://mail.google.com/' })).toEqual({
      site: 'gmail',
      rule: null,
    });
  });

  test('switched off leaves every page first, and then its host goes back to the browser', async () => {
    world.allowed.add(crm);
    await takeWorkspaceSites(says({ own: [own] }));
    await switchCrm(true);
    world.done = [];
    await switchCrm(false);
    expect(world.matches).toEqual([gmail]);
    expect(world.done.at(-1)).toBe(`release ${crm}`);
    expect(world.done).toContain('sitesChanged to 9');
    expect(world.allowed.has(gmail)).toBe(true);
  });

  test('taken back in the browser’s settings is unread at once, though its tabs cannot be told apart any more', async () => {
    world.allowed.add(crm);
    await takeWorkspaceSites(says({ own: [own] }));
    await switchCrm(true);
    world.allowed.delete(crm);
    world.done = [];
    await applySites();
    expect(world.matches).toEqual([gmail]);
    expect(world.done).toContain('sitesChanged to 9');
    expect(await getPageSite(null, record)).toBeNull();
  });

  test('switched off by an admin is off here, its host is given back, and nobody here can switch it on', async () => {
    world.allowed.add(crm);
    await takeWorkspaceSites(says({ own: [own] }));
    await switchCrm(true);
    await takeWorkspaceSites(says({ own: [own], off: ['own-kestrel', 'gmail'] }));
    expect(await rowOf('own-kestrel')).toMatchObject({ isOn: false, fixedBy: 'admin' });
    expect(world.matches).toBeNull();
    expect(world.allowed).toEqual(new Set([gmail]));
    expect(await switchCrm(true)).toEqual({ ok: false, message: 'site_fixed_by_admin' });
    world.managed = { sites: { gmail: true } };
    expect(await rowOf('gmail')).toMatchObject({ isOn: true, fixedBy: 'policy' });
  });

  test('whose rule changed has its pages ask again, and nothing is put into them anew', async () => {
    world.allowed.add(crm);
    await takeWorkspaceSites(says({ own: [own] }));
    await switchCrm(true);
    world.done = [];
    await takeWorkspaceSites(says({ own: [{ ...own, rule: { ...own.rule, system: 'other' } }] }));
    expect(world.done.filter((each) => !each.includes('own pages'))).toEqual([
      'sitesChanged to 8',
      'sitesChanged to 9',
    ]);
    expect(await getPageSite(null, record)).toMatchObject({ rule: { system: 'other' } });
    world.done = [];
    await takeWorkspaceSites(says({ own: [{ ...own, rule: { ...own.rule, system: 'other' } }] }));
    expect(world.done).toEqual([]);
  });

  test('is away while there is no copy of the workspace, and back as the person left it, without being asked for again', async () => {
    world.allowed.add(crm);
    await takeWorkspaceSites(says({ own: [own] }));
    await switchCrm(true);
    await takeWorkspaceSites(says(null));
    expect(world.matches).toEqual([gmail]);
    expect(await getPageSite(null, record)).toBeNull();
    await takeWorkspaceSites(says({ own: [own] }));
    expect(world.matches).toEqual([gmail, crm]);
  });

  test('goes with its host when the person signs out', async () => {
    world.allowed.add(crm);
    await takeWorkspaceSites(says({ own: [own] }));
    await switchCrm(true);
    await forgetWorkspaceSites();
    expect(world.matches).toEqual([gmail]);
    expect(world.allowed).toEqual(new Set([gmail]));
  });

  test('keeps its host when a page that also asked for it needs it no more', async () => {
    world.allowed.add(crm).add('https://other.example/*');
    await takeWorkspaceSites(says({ own: [own] }));
    await switchCrm(true);
    await releaseUnwanted([crm, gmail, 'https://other.example/*']);
    expect(world.allowed).toEqual(new Set([gmail, crm]));
  });

  test('that nobody understands here breaks no other, and is told', async () => {
    world.allowed.add(crm);
    await takeWorkspaceSites(says({ own: [{ id: 'own-newer', name: 'Newer', rule: {} }, own] }));
    expect((await listSiteRows()).passedOver).toMatchObject([{ id: 'own-newer', name: 'Newer', at: 'hosts' }]);
    await switchCrm(true);
    expect(world.matches).toEqual([gmail, crm]);
  });
});

test('hosts that an admin names for a system are its alone, and without any it is not listed', async () => {
  expect(await rowOf('odoo')).toBeUndefined();
  await takeWorkspaceSites(says({ hosts: { odoo: ['crm.kestrel.example'] } }));
  world.allowed.add(crm);
  expect(await setSite({ site: 'odoo', isOn: true }, record)).toMatchObject({ ok: true });
  expect(await rowOf('odoo')).toMatchObject({ isOn: true, named: [crm], reads: null });
  expect(await getPageSite(null, record)).toEqual({ site: 'odoo', rule: null });
});

test('what the first version switched off stays off', async () => {
  world.stored['sites-off'] = { version: 1, value: ['gmail'] };
  expect(await rowOf('gmail')).toMatchObject({ isWanted: false, isOn: false });
  await setSite({ site: 'gmail', isOn: true }, record);
  expect(await rowOf('gmail')).toMatchObject({ isWanted: true, isOn: true });
});
