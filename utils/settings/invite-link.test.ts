import { expect, test } from 'vitest';
import { looksLikeInvite, readInviteLink } from './invite-link.ts';

const secret = `11111111-2222-4333-8444-555555555555.${'s'.repeat(43)}`;

test.each([
  [`https://store.example/join#${secret}`, 'https://store.example'],
  [`  https://tools.example/baton/join#${secret}\n`, 'https://tools.example/baton'],
  [`http://localhost:8787/join#${secret}`, 'http://localhost:8787'],
  [`http://127.0.0.1:8787/join#${secret}`, 'http://127.0.0.1:8787'],
])('a link leads to its store: %s', (link, storeUrl) => {
  expect(readInviteLink(link)).toEqual({ ok: true, storeUrl, secret });
});

test.each([
  [`http://store.example/join#${secret}`],
  [`http://10.0.0.8/join#${secret}`],
  [`http://localhost.store.example/join#${secret}`],
])('plain HTTP to a far host is refused: %s', (link) => {
  expect(readInviteLink(link)).toMatchObject({ ok: false, message: 'connect_plain_http' });
});

test.each([
  ['', 'connect_no_link'],
  ['hello', 'connect_no_link'],
  [`javascript:alert(1)//join#${secret}`, 'connect_no_link'],
  ['https://store.example/join', 'connect_incomplete_link'],
  [`https://store.example/join#${secret.slice(0, -3)}`, 'connect_incomplete_link'],
  [`https://store.example/#${secret}`, 'connect_incomplete_link'],
])('what is no whole invite link gets a sentence: %s', (link, message) => {
  expect(readInviteLink(link)).toMatchObject({ ok: false, message });
});

test.each([
  [`https://store.example/join#${secret}`, true],
  [`http://store.example/join#${secret}`, true],
  [`https://store.example/join#${secret.slice(0, 20)}`, true],
  ['https://store.example/join', false],
  ['https://chat.example/join#room-7', false],
  [`https://store.example/other#${secret}`, false],
  ['about:blank', false],
])('of open pages only one that is meant as an invite looks like it: %s', (address, isMeant) => {
  expect(looksLikeInvite(address)).toBe(isMeant);
});
