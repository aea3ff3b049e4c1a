import { beforeEach, describe, expect, test, vi } from 'vitest';

const stored = vi.hoisted(() => ({
  local: {} as Record<string, unknown>,
  managed: {} as Record<string, unknown> | Error,
}));

vi.mock('wxt/browser', () => ({
  browser: {
    permissions: { contains: async () => true },
    storage: {
      local: {
        get: async (key: string) => ({ [key]: stored.local[key] }),
        set: async (entries: Record<string, unknown>) => void Object.assign(stored.local, entries),
      },
      managed: {
        get: async () => {
          if (stored.managed instanceof Error) throw stored.managed;
          return stored.managed;
        },
      },
    },
  },
}));
vi.spyOn(console, 'info').mockImplementation(() => undefined);
vi.spyOn(console, 'warn').mockImplementation(() => undefined);

const { readPanelPlace, writePanelPlace } = await import('./panel-places.ts');
const { decideStand, readPanelStand, workspaceSides } = await import('./panel-sides.ts');
const { parsePolicy, readPolicy } = await import('./policy.ts');
const { readSiteStates, writeSite } = await import('./site-switches.ts');

const readSitesOn = async () => (await readSiteStates()).filter(({ isWanted }) => isWanted).map(({ site }) => site.id);

beforeEach(() => {
  stored.local = {};
  stored.managed = {};
});

describe('where the panel stands', () => {
  test('is for the organisation to say, then the admin, then the person, then the site', () => {
    expect(decideStand('gmail', { gmail: 'side' }, { gmail: 'page' }, 'page')).toEqual({
      side: 'side',
      fixedBy: 'policy',
    });
    expect(decideStand('gmail', {}, { gmail: 'side' }, 'page')).toEqual({ side: 'side', fixedBy: 'admin' });
    expect(decideStand('gmail', { linkedin: 'side' }, { hubspot: 'side' }, 'side')).toEqual({
      side: 'side',
      fixedBy: null,
    });
    expect(decideStand('gmail', {}, {}, null)).toEqual({ side: 'page', fixedBy: null });
  });

  test('is nowhere on LinkedIn until somebody has said it', async () => {
    expect(await readPanelStand('linkedin')).toEqual({ side: null, fixedBy: null });
    await writePanelPlace('linkedin', { side: 'page' });
    expect(await readPanelStand('linkedin')).toEqual({ side: 'page', fixedBy: null });
    await workspaceSides.write({ linkedin: 'side' });
    expect(await readPanelStand('linkedin')).toEqual({ side: 'side', fixedBy: 'admin' });
    stored.managed = { panelSides: { linkedin: 'page' } };
    expect(await readPanelStand('linkedin')).toEqual({ side: 'page', fixedBy: 'policy' });
  });

  test('is remembered a site, and width and folding are not lost by it', async () => {
    await writePanelPlace('gmail', { width: 400, collapsed: true });
    await Promise.all([writePanelPlace('gmail', { side: 'side' }), writePanelPlace('hubspot', { width: 300 })]);
    expect(await readPanelPlace('gmail')).toEqual({ width: 400, collapsed: true, side: 'side' });
    expect(await readPanelPlace('hubspot')).toEqual({ width: 300, collapsed: false, side: null });
  });

  test('was not asked by the first version, whose width and folding are taken over', async () => {
    stored.local['panel-places'] = { version: 1, value: { linkedin: { width: 420, collapsed: true } } };
    expect(await readPanelPlace('linkedin')).toEqual({ width: 420, collapsed: true, side: null });
    expect(await readPanelStand('linkedin')).toMatchObject({ side: null });
    await writePanelPlace('gmail', { side: 'side' });
    expect(await readPanelPlace('linkedin')).toEqual({ width: 420, collapsed: true, side: null });
  });

  test('as a newer version stored it is left alone, and what is no place counts as none', async () => {
    stored.local['panel-places'] = { version: 3, value: { gmail: { somewhere: 'new' } } };
    expect(await readPanelPlace('gmail')).toEqual({ width: 340, collapsed: false, side: null });
    expect(stored.local['panel-places']).toMatchObject({ version: 3 });
    for (const value of [null, 'side', { gmail: { width: 5 } }]) {
      stored.local['panel-places'] = { version: 1, value };
      expect(await readPanelPlace('gmail')).toEqual({ width: 340, collapsed: false, side: null });
    }
  });
});

describe('a policy', () => {
  test('fixes store, sites and places, and leaves what it does not name', async () => {
    const { policy, problem } = parsePolicy({ storeUrl: 'https://baton.example/', sites: { linkedin: false } });
    expect(problem).toBeNull();
    expect(policy).toEqual({ storeUrl: 'https://baton.example', sites: { linkedin: false }, panelSides: {} });
    stored.managed = { sites: { linkedin: false, gmail: true } };
    await writeSite('gmail', false);
    await writeSite('hubspot', false);
    expect(await readSitesOn()).toEqual(['gmail', 'salesforce']);
    expect((await readSiteStates()).filter((each) => each.fixedBy === 'policy').map((each) => each.site.id)).toEqual([
      'gmail',
      'linkedin',
    ]);
  });

  test('passes over sites that this version does not know', () => {
    expect(parsePolicy({ sites: { teams: true, gmail: false } })).toEqual({
      policy: { storeUrl: null, sites: { gmail: false }, panelSides: {} },
      problem: null,
    });
  });

  test.each([
    [{ storeUrl: 'http://baton.example' }, 'storeUrl'],
    [{ storeUrl: 'not an address' }, 'storeUrl'],
    [{ sites: { gmail: 'off' } }, 'sites.gmail'],
    [{ panelSides: { gmail: 'left' } }, 'panelSides.gmail'],
    [{ panelSides: 'side' }, 'panelSides'],
    ['nonsense', 'policy'],
  ])('that is broken holds in nothing, and says where: %j', async (raw, problem) => {
    const broken = typeof raw === 'string' ? raw : { sites: { linkedin: false }, ...raw };
    expect(parsePolicy(broken)).toEqual({ policy: { storeUrl: null, sites: {}, panelSides: {} }, problem });
  });

  test('that is not there is none: a browser that nobody manages refuses the question', async () => {
    stored.managed = new Error('Managed storage manifest not found');
    expect(await readPolicy()).toEqual({ policy: { storeUrl: null, sites: {}, panelSides: {} }, problem: null });
    expect(await readSitesOn()).toEqual(['gmail', 'linkedin', 'salesforce', 'hubspot']);
  });
});
