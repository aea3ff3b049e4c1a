import { expect, test, vi } from 'vitest';
import { messageSchemas } from '#contract/message.ts';
import { answerMessage, type Handlers, type Sender } from './answer.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
vi.spyOn(console, 'error').mockImplementation(() => undefined);

const asked: string[] = [];
const handlers = Object.fromEntries(
  Object.keys(messageSchemas).map((name) => [
    name,
    async () => {
      asked.push(name);
      return null;
    },
  ]),
) as unknown as Handlers;
const page: Sender = { tabId: 1, windowId: 1, frameId: 0, url: 'https://mail.google.com/', isOwn: false };
const own: Sender = { tabId: null, windowId: null, frameId: 0, url: 'chrome-extension://x/popup.html', isOwn: true };
const ask = (name: unknown, request: unknown, sender: Sender) =>
  answerMessage(handlers, { baton: 1, name, request }, sender);

test('a page may ask for its card; an own page too', async () => {
  const request = { sighting: null, person: null, contactId: null, accountId: null };
  expect(await ask('getCard', request, page)).toEqual({ ok: true, answer: null });
  expect(await ask('getCard', request, own)).toEqual({ ok: true, answer: null });
});

test.each(['getSession', 'callStore', 'signOut', 'acceptInvite', 'setSite', 'openDesk'])(
  'a page may not send %s, whatever it carries',
  async (name) => {
    asked.length = 0;
    expect(await ask(name, null, page)).toMatchObject({ ok: false, why: 'refused' });
    expect(asked).toEqual([]);
  },
);

test('a frame inside a page is no page', async () => {
  expect(await ask('getStatus', null, { ...page, frameId: 3 })).toMatchObject({ ok: false, why: 'refused' });
});

test.each(['nothing', 'toString', '__proto__', 7, null])('what is not listed is refused: %s', async (name) => {
  expect(await ask(name, null, own)).toMatchObject({ ok: false, why: 'refused' });
});

test('what is malformed is refused before anything is done', async () => {
  asked.length = 0;
  expect(await ask('saveMutation', { kind: 'recordVerdict', body: {} }, page)).toMatchObject({ ok: false });
  expect(asked).toEqual([]);
});

test('a handler that breaks answers a sentence, without its insides', async () => {
  const broken = { ...handlers, getStatus: () => Promise.reject(new Error('secret path /home')) } as Handlers;
  const answer = await answerMessage(broken, { baton: 1, name: 'getStatus', request: null }, own);
  expect(answer).toMatchObject({ ok: false, why: 'failed' });
  expect(JSON.stringify(answer)).not.toContain('secret path');
});
