import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import 'fake-indexeddb/auto';
import { createRemembered, watchWrites } from './remembered.ts';

interface Schema extends DBSchema {
  notes: { key: string; value: string };
  others: { key: string; value: string };
}
type Notes = IDBPDatabase<Schema>;

let database: Notes;
const look = vi.fn((from: Notes) => from.get('notes', 'first'));
const read = createRemembered('notes', look);

beforeEach(async () => {
  look.mockClear();
  const made = await openDB<Schema>(crypto.randomUUID(), 1, {
    upgrade: (upgraded) => {
      upgraded.createObjectStore('notes');
      upgraded.createObjectStore('others');
    },
  });
  database = watchWrites(made);
  await database.put('notes', 'one', 'first');
});
afterEach(() => database.close());

test('what nobody has changed is read once, by however many ask', async () => {
  expect(await Promise.all([read(database), read(database)])).toEqual(['one', 'one']);
  expect(await read(database)).toBe('one');
  expect(look).toHaveBeenCalledTimes(1);
});

test('a write is seen by the first who asks after it, by whatever way it came', async () => {
  await read(database);
  await database.put('notes', 'two', 'first');
  expect(await read(database)).toBe('two');
  const transaction = database.transaction(['others', 'notes'], 'readwrite', { durability: 'strict' });
  await transaction.objectStore('notes').put('three', 'first');
  await transaction.done;
  expect(await read(database)).toBe('three');
});

test('who asks while a write is under way waits for it, and nothing of that is kept', async () => {
  await read(database);
  const writing = database.put('notes', 'two', 'first');
  expect(await read(database)).toBe('two');
  await writing;
  look.mockClear();
  await read(database);
  expect(look).toHaveBeenCalledTimes(1);
});

test('what was asked before a write began is not kept beyond it', async () => {
  const before = read(database);
  const writing = database.put('notes', 'two', 'first');
  expect(await before).toBe('one');
  await writing;
  expect(await read(database)).toBe('two');
});

test('a write that was given up leaves what stood there', async () => {
  const transaction = database.transaction('notes', 'readwrite');
  const isOver = new Promise((over) => transaction.addEventListener('abort', over));
  void transaction.store.put('two', 'first').catch(() => undefined);
  transaction.done.catch(() => undefined);
  transaction.abort();
  await isOver;
  expect(await read(database)).toBe('one');
  expect(await read(database)).toBe('one');
  expect(look).toHaveBeenCalledTimes(1);
});

test('a write to another store changes nothing here', async () => {
  await read(database);
  await database.put('others', 'two', 'first');
  await read(database);
  expect(look).toHaveBeenCalledTimes(1);
});

test('what could not be read is asked for again', async () => {
  look.mockRejectedValueOnce(new Error('no'));
  await expect(read(database)).rejects.toThrow('no');
  expect(await read(database)).toBe('one');
});

test('a database that is not watched is asked each time', async () => {
  const plain = await openDB<Schema>(database.name, 1);
  await read(plain);
  await read(plain);
  expect(look).toHaveBeenCalledTimes(2);
  plain.close();
});
