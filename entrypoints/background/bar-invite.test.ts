import { beforeEach, expect, test, vi } from 'vitest';

const world = vi.hoisted(() => ({ managed: {} as object }));
vi.mock('wxt/browser', () => ({ browser: { storage: { managed: { get: async () => world.managed } } } }));
vi.spyOn(console, 'warn').mockImplementation(() => undefined);

const { barInvite } = await import('./bar-invite.ts');

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
