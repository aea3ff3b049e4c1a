import { beforeEach, expect, test, vi } from 'vitest';

type Listener = (...args: unknown[]) => void;

/** The listeners that were added, by event, and what was done. */
const world = vi.hoisted(() => ({ listeners: new Map<string, Listener>(), done: [] as string[] }));

vi.mock('wxt/browser', () => {
  const event = (name: string) => ({ addListener: (listener: Listener) => void world.listeners.set(name, listener) });
  return {
    browser: {
      runtime: {
        onMessage: event('message'),
        onInstalled: event('installed'),
        onStartup: event('startup'),
        onUpdateAvailable: event('update'),
        openOptionsPage: async () => void world.done.push('options'),
      },
      permissions: { onAdded: event('allowed'), onRemoved: event('taken back') },
      storage: { onChanged: event('storage') },
      alarms: { onAlarm: event('alarm'), get: async () => ({}), create: async () => undefined },
      commands: { onCommand: event('command') },
      i18n: { getMessage: () => '' },
    },
  };
});
vi.mock('wxt/utils/define-background', () => ({ defineBackground: (background: unknown) => background }));
vi.mock('./core.ts', () => ({
  createCoreOpener: () => async () => ({
    live: { ensure: () => undefined },
    cycle: { run: async (trigger: string) => void world.done.push(`cycle by ${trigger}`) },
  }),
}));
vi.mock('./handlers.ts', () => ({ createHandlers: () => ({}) }));
vi.mock('./readers.ts', () => ({
  applySites: async () => void world.done.push('sites'),
  registerReaders: async () => void world.done.push('registered'),
  renewReaders: async () => void world.done.push('renewed'),
}));
vi.mock('./panel-stands.ts', () => ({ applyStands: async () => void world.done.push('places') }));
vi.mock('./toggle-panel.ts', () => ({ togglePanel: async () => undefined }));
vi.mock('./update.ts', () => ({ noteUpdate: async () => undefined }));
vi.stubGlobal('location', { origin: 'chrome-extension://baton' });
vi.stubGlobal('addEventListener', (name: string, listener: Listener) => world.listeners.set(name, listener));

const { default: background } = (await import('./index.ts')) as unknown as { default: { main(): void } };

/** As the browser fires an event, and all that follows. */
async function fire(name: string, ...args: unknown[]): Promise<void> {
  world.done = [];
  world.listeners.get(name)?.(...args);
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  world.listeners.clear();
  background.main();
});

test('every event that may wake it is listened to within the first turn', () => {
  const events = ['message', 'installed', 'startup', 'update', 'allowed', 'taken back', 'storage', 'alarm', 'command'];
  expect([...world.listeners.keys()].toSorted()).toEqual([...events, 'online'].toSorted());
});

test('a policy that changes takes hold at once, on sites and on where the panel stands', async () => {
  await fire('storage', {}, 'managed');
  expect(world.done).toEqual(['sites', 'places']);
  await fire('storage', {}, 'local');
  expect(world.done).toEqual([]);
});

test('whoever installs it is led to Options, whoever gets an update is not', async () => {
  await fire('installed', { reason: 'install' });
  expect(world.done).toEqual(['options', 'renewed']);
  await fire('installed', { reason: 'update' });
  expect(world.done).toEqual(['renewed']);
});

test('what the browser allows, or takes back, is followed', async () => {
  for (const event of ['allowed', 'taken back']) {
    await fire(event);
    expect(world.done, event).toEqual(['sites']);
  }
});

test('it looks at the store each minute, and when the network is back', async () => {
  await fire('alarm', { name: 'sync' });
  expect(world.done).toEqual(['cycle by alarm']);
  await fire('alarm', { name: 'another' });
  expect(world.done).toEqual([]);
  await fire('online');
  expect(world.done).toEqual(['cycle by online']);
});
