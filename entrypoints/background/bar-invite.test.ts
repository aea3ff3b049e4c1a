import { beforeEach, expect, test, vi } from 'vitest';

const world = vi.hoisted(() => ({ managed: {} as object }));
vi.mock('wxt/browser', () => ({ browser: { storage: { managed: { get: async () => world.managed } } } }));
vi.spyOn(console, 'warn').mockImplementation(() => undefined);

const { barInvite } = await import('./bar-invite.ts');
const { createHandlers } = await import('./handlers.ts');

const secret = `11111111-2222-4333-8444-555555555555.${'s'.repeat(43)}`;
const inviteTo = (store: string) => `${store}/join#${secret}`;
const barred = { ok: false, message: 'connect_other_store' };

beforeEach(() => {
  world.managed = {};
});

test('an invite to any store is looked at where no organisation has fixed one', async () => {
  expect(await barInvite(inviteTo('https://baton.example'))).toBeNull();
});

test('where one is fixed an invite to it is looked at, and one to another is not, whatever else the two share', async () => {
  world.managed = { storeUrl: 'https://tools.example/baton' };
  expect(await barInvite(inviteTo('https://tools.example/baton'))).toBeNull();
  for (const other of ['https://tools.example', 'https://tools.example/other', 'https://tools.example:8443/baton'])
    expect(await barInvite(inviteTo(other)), other).toEqual(barred);
});

test.each(['https://Baton.Example/', 'https://baton.example:443', 'https://baton.example//'])(
  'the fixed store is the same however its address is written: %s',
  async (storeUrl) => {
    world.managed = { storeUrl };
    expect(await barInvite(inviteTo('https://baton.example'))).toBeNull();
    expect(await barInvite(inviteTo('https://other.example'))).toEqual(barred);
  },
);

test('what is no invite link is told as that, and a policy with a mistake in it bars nothing', async () => {
  world.managed = { storeUrl: 'https://baton.example' };
  expect(await barInvite('hello')).toBeNull();
  for (const storeUrl of ['http://baton.example', 'baton.example', '']) {
    world.managed = { storeUrl };
    expect(await barInvite(inviteTo('https://other.example')), storeUrl).toBeNull();
  }
});

test('a page of Baton’s own that asks all the same is barred from looking at such an invite and from taking it, before anything is opened', async () => {
  const isOpened = vi.fn();
  const { previewInvite, acceptInvite } = createHandlers(() => Promise.reject(new Error(isOpened() ?? 'opened')));
  const options = { tabId: null, windowId: null, frameId: 0, url: '', isOwn: true };
  world.managed = { storeUrl: 'https://baton.example' };
  const link = inviteTo('https://other.example');
  expect(await previewInvite({ link }, options)).toEqual(barred);
  expect(await acceptInvite({ link, name: 'Sam Weir' }, options)).toEqual(barred);
  expect(isOpened).not.toHaveBeenCalled();
});
