import type { Page } from 'puppeteer-core';

/** Everything that stands in the extension's databases and its storage, as one text; what is packed there is unpacked for it. */
export function readMemory(ownPage: Page): Promise<string> {
  return ownPage.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const unpack = async (row: unknown): Promise<unknown> => {
      const { bytes } = (row ?? {}) as { bytes?: unknown };
      const isPacked = bytes instanceof Uint8Array && bytes[0] === 0x1f && bytes[1] === 0x8b;
      if (!isPacked) return row;
      const text = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'));
      return new Response(text).text();
    };
    const held: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames)
        held.push(
          await Promise.all((await settled(database.transaction(store).objectStore(store).getAll())).map(unpack)),
        );
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
