import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Rep, startRep } from '../trials/rep.ts';

const browserName = inject('browserName');
const harmless = { lost: 0, doubled: 0, disordered: 0, apart: 0 };

let rep: Rep;

beforeAll(async () => {
  rep = await startRep(browserName, 1);
});

afterAll(() => rep?.close());

/** Deletes the copy's database while the extension has it open. */
function deleteCopy(): Promise<string[]> {
  return rep.page().evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name = '' }) => (name.includes('replica') ? [name] : []));
    for (const name of names)
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = resolve;
        request.onerror = reject;
      });
    return names;
  });
}

/** Writes over every byte that the copy holds, section by section, while the extension has it open. Answers how many sections that made. */
function damageCopy(): Promise<number> {
  return rep.page().evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open('baton-replica'));
    const names = [...database.objectStoreNames].filter((name) => name.startsWith('sections-'));
    const transaction = database.transaction(names, 'readwrite');
    let damaged = 0;
    for (const name of names) {
      const store = transaction.objectStore(name);
      for (const key of await settled(store.getAllKeys())) {
        const row = await settled(store.get(key));
        await settled(store.put({ ...row, bytes: row.bytes.map((byte: number) => byte ^ 0x55) }, key));
        damaged += 1;
      }
    }
    database.close();
    return damaged;
  });
}

describe(`the copy in ${browserName}, under the running extension`, () => {
  it('comes back by itself when its database is deleted, and no click is harmed', async () => {
    await rep.click();
    expect(await deleteCopy()).not.toEqual([]);
    await rep.click();
    await rep.settle();
    expect(await rep.compare()).toEqual(harmless);
  });

  it('is fetched anew when it is found damaged, and no card is made of what stands in it', async () => {
    expect(await damageCopy()).toBeGreaterThan(0);
    await rep.browser.stopBackground();
    await rep.click();
    // The first look finds the damage.
    expect((await rep.compare()).apart).toBeGreaterThan(0);
    await rep.settle();
    expect(await rep.compare()).toEqual(harmless);
  });

  it('comes back when it is deleted while the store is away, and clicks are kept meanwhile', async () => {
    rep.proxy.setWeather({ lost: 1 });
    await rep.click();
    await deleteCopy();
    await rep.click();
    await rep.writeAsColleague();
    rep.proxy.setWeather(null);
    await rep.settle();
    expect(await rep.compare()).toEqual(harmless);
  });
});
