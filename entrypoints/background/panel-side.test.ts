import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Sender } from '../../utils/messaging/answer.ts';

/** What the fake browser was asked to do, in order, and what it holds. */
const world = vi.hoisted(() => ({
  done: [] as string[],
  stored: {} as Record<string, unknown>,
  options: new Map<number, { enabled: boolean; path?: string }>(),
  tabs: [] as { id: number; url: string }[],
  hasGesture: false,
  sidebar: undefined as { toggle(): Promise<void> } | undefined,
}));

vi.mock('wxt/browser', () => {
  const note = (what: string) => void world.done.push(what);
  return {
    browser: {
      get sidebarAction() {
        return world.sidebar;
      },
      permissions: { contains: async () => true },
      storage: {
        local: {
          get: async (key: string) => ({ [key]: world.stored[key] }),
          set: async (entries: Record<string, unknown>) => void Object.assign(world.stored, entries),
        },
        managed: { get: async () => ({}) },
      },
      sidePanel: {
        open: async ({ tabId, windowId }: { tabId?: number; windowId?: number }) => {
          if (!world.hasGesture) throw new Error('only in response to a user gesture');
          if (tabId !== undefined && world.options.get(tabId)?.enabled === false) throw new Error('no side panel');
          note(`open ${tabId === undefined ? `window ${windowId}` : `tab ${tabId}`}`);
        },
        setOptions: async ({ tabId, ...options }: { tabId: number; enabled: boolean; path?: string }) =>
          void world.options.set(tabId, options),
        getOptions: async ({ tabId }: { tabId: number }) => world.options.get(tabId) ?? { enabled: true },
      },
      action: {
        getBadgeText: async () => '',
        setBadgeText: async ({ text }: { text: string }) => note(`badge ${text}`),
        setTitle: async () => undefined,
      },
      tabs: {
        query: async () => world.tabs,
        sendMessage: async (tabId: number, { event }: { event: string }) => note(`${event} to ${tabId}`),
      },
      runtime: { sendMessage: async ({ event }: { event: string }) => note(`${event} to own pages`) },
      scripting: { executeScript: async ({ target }: { target: { tabId: number } }) => note(`inject ${target.tabId}`) },
    },
  };
});

const { createHandlers } = await import('./handlers.ts');
const { togglePanel } = await import('./toggle-panel.ts');
const { takeWorkspaceSides } = await import('./panel-stands.ts');
const { readPanelStand, workspaceSides } = await import('../../utils/settings/panel-sides.ts');

const handlers = createHandlers(() => Promise.reject(new Error('not opened here')));
const linkedin: Sender = { tabId: 7, windowId: 2, frameId: 0, url: 'https://www.linkedin.com/in/dana/', isOwn: false };
const gmail: Sender = { tabId: 8, windowId: 2, frameId: 0, url: 'https://mail.google.com/mail/', isOwn: false };

/** Does something as a press or a key would have it done: what needs the press must be asked for before the first promise. */
function inPress<T>(act: () => T): T {
  world.hasGesture = true;
  const result = act();
  world.hasGesture = false;
  return result;
}

beforeEach(() => {
  Object.assign(world, { done: [], stored: {}, options: new Map(), sidebar: undefined });
  world.tabs = [
    { id: 7, url: linkedin.url },
    { id: 8, url: gmail.url },
  ];
});

describe('the panel’s script', () => {
  test('is put only where the panel stands in the page, whoever asks', async () => {
    await handlers.openPanel(null, linkedin);
    expect(world.done).toEqual([]);
    await handlers.setPanelSide({ site: 'linkedin', side: 'page' }, linkedin);
    await handlers.setPanelSide({ site: 'gmail', side: 'side' }, gmail);
    world.done = [];
    await handlers.openPanel(null, linkedin);
    await handlers.openPanel(null, gmail);
    await handlers.openPanel(null, { ...gmail, url: 'https://mail.google.com.evil.example/' });
    expect(world.done).toEqual(['inject 7']);
  });
});

describe('the question where LinkedIn’s panel may stand', () => {
  test('marks the button while it waits', async () => {
    expect(await handlers.getPanelStand({ site: 'linkedin' }, linkedin)).toEqual({ side: null, fixedBy: null });
    expect(world.done).toEqual(['badge !']);
  });

  test('is answered once, every page hears of it', async () => {
    expect(await handlers.setPanelSide({ site: 'linkedin', side: 'page' }, linkedin)).toEqual({
      ok: true,
      value: { isOpen: false },
    });
    expect(await readPanelStand('linkedin')).toEqual({ side: 'page', fixedBy: null });
    expect(world.done.filter((each) => each.startsWith('placesChanged')).toSorted()).toEqual([
      'placesChanged to 7',
      'placesChanged to 8',
      'placesChanged to own pages',
    ]);
  });
});

describe('moving the panel', () => {
  test('out of the page opens the side panel within the press', async () => {
    await handlers.getPanelStand({ site: 'gmail' }, gmail);
    const moved = inPress(() => handlers.setPanelSide({ site: 'gmail', side: 'side' }, gmail));
    expect(await moved).toEqual({ ok: true, value: { isOpen: true } });
    expect(world.done).toContain('open window 2');
  });

  test('that the admin has fixed is refused with who did', async () => {
    await workspaceSides.write({ gmail: 'page' });
    const refused = await handlers.setPanelSide({ site: 'gmail', side: 'side' }, gmail);
    expect(refused).toEqual({ ok: false, message: 'panel_side_fixed_admin' });
    expect(await readPanelStand('gmail')).toEqual({ side: 'page', fixedBy: 'admin' });
  });

  test('by the admin takes hold when the replica says so, once', async () => {
    const panelSides = { gmail: 'side', linkedin: 'somewhere new' };
    const read = async () => ({ head: { facts: { settings: { panelSides } } } }) as never;
    await takeWorkspaceSides(read);
    expect(await readPanelStand('gmail')).toEqual({ side: 'side', fixedBy: 'admin' });
    expect(await readPanelStand('linkedin')).toEqual({ side: null, fixedBy: null });
    expect(world.done).toContain('placesChanged to 8');
    world.done = [];
    await takeWorkspaceSides(read);
    expect(world.done).toEqual([]);
    await takeWorkspaceSides(async () => null);
    expect(await readPanelStand('gmail')).toEqual({ side: 'page', fixedBy: null });
  });
});

describe('the key', () => {
  test('opens the side panel, and tells one that was open to close, by a background that knows nothing yet', async () => {
    await inPress(() => togglePanel(8, gmail.url));
    expect(world.done).toEqual(['open tab 8', 'panelToggled to own pages']);
  });

  test('is for the page where the panel stands there', async () => {
    await handlers.getPanelStand({ site: 'gmail' }, gmail);
    await inPress(() => togglePanel(8, gmail.url));
    expect(world.done).toEqual(['panelToggled to 8']);
  });

  test('opens the side panel again in a tab whose panel was moved out of the page', async () => {
    await handlers.getPanelStand({ site: 'gmail' }, gmail);
    await handlers.setPanelSide({ site: 'gmail', side: 'side' }, { ...gmail, isOwn: true });
    world.done = [];
    await inPress(() => togglePanel(8, gmail.url));
    expect(world.done).toEqual(['open tab 8', 'panelToggled to own pages']);
  });

  test('does nothing where no site is', async () => {
    await inPress(() => togglePanel(9, 'https://news.example/'));
    expect(world.done).toEqual([]);
  });

  test('in Firefox toggles the sidebar within the key’s turn, or the page', async () => {
    const memory = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => memory.get(key) ?? null,
      setItem: (key: string, value: string) => void memory.set(key, value),
    });
    const toggle = vi.fn(async () => {
      world.done.push(world.hasGesture ? 'toggled' : 'too late');
    });
    world.sidebar = { toggle };
    await inPress(() => togglePanel(8, gmail.url));
    await handlers.getPanelStand({ site: 'linkedin' }, linkedin);
    await inPress(() => togglePanel(7, linkedin.url));
    expect(world.done.filter((each) => !each.startsWith('badge'))).toEqual(['panelToggled to 8', 'toggled']);
    vi.unstubAllGlobals();
  });
});
