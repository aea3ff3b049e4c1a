import type { Page } from 'puppeteer-core';

/** Everything that stands in the extension's databases and its storage, as one text. */
export function readMemory(ownPage: Page): Promise<string> {
  return ownPage.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const held: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames)
        held.push(await settled(database.transaction(store).objectStore(store).getAll()));
      database.close();
    }
    const { browser, chrome } = globalThis as unknown as Record<
      string,
      { storage: { local: { get(): Promise<unknown> } } }
    >;
    held.push(await (browser ?? chrome)?.storage.local.get());
    return JSON.stringify(held);
  });
}
