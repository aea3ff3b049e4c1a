import { beforeEach, expect, test } from 'vitest';
import { keepIntents } from './intents.ts';
import type { CallStore, StoreRequest } from './store.ts';

let sent: StoreRequest[] = [];
let answers: (() => ReturnType<CallStore>)[] = [];
let number = 0;
let call: CallStore;

const invite = { method: 'POST', path: '/v1/invites', body: { address: 'jo@larkspur.example' } } as const;
const say = (status: number, type?: string) => () =>
  Promise.resolve({ status, body: type ? { type: `urn:baton:problem:${type}` } : null });
const keys = () => sent.map((each) => each.key);

beforeEach(() => {
  sent = [];
  answers = [];
  number = 0;
  call = keepIntents(
    (request) => {
      sent.push(request);
      return (answers.shift() ?? say(201))();
    },
    () => `key-${++number}`,
  );
});

test.each([
  ['no answer', say(0)],
  ['a store that says later', say(429)],
  ['a store that is going down', say(503)],
  ['one that is still being worked on', say(409, 'in-progress')],
  ['a background that broke', () => Promise.reject(new Error('gone'))],
])('a click again after %s is the same intent', async (_, answer) => {
  answers = [answer];
  await call(invite).catch(() => undefined);
  await call(invite);
  expect(keys()).toEqual(['key-1', 'key-1']);
});

test.each([
  ['it was done', say(201)],
  ['it was refused', say(422)],
  ['it was in conflict', say(409, 'not-open')],
])('the same again, once it is known that %s, is a new intent', async (_, answer) => {
  answers = [answer];
  await call(invite);
  await call(invite);
  expect(keys()).toEqual(['key-1', 'key-2']);
});

test('a second click while the first is on its way sends nothing, and both get the one answer', async () => {
  const [first, second] = await Promise.all([call(invite), call({ ...invite })]);
  expect(sent).toHaveLength(1);
  expect(second).toBe(first);
});

test('another body is another intent; what only reads has no key', async () => {
  answers = [say(0)];
  await call(invite);
  await call({ ...invite, body: { address: 'kit@larkspur.example' } });
  await call({ method: 'GET', path: '/v1/desk/people' });
  expect(keys()).toEqual(['key-1', 'key-2', undefined]);
});
