import type { CDPSession } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { callForFreshCopies } from '../trials/add-people.ts';
import { type Rep, startRep } from '../trials/rep.ts';
import { type BuildCopy, copyBuildWithQuota } from './harness/copy-build.ts';

const browserName = inject('browserName');
/** Room for many clicks, and not for a copy of this many accounts. */
const [roomBytes, accounts] = [60_000, 1500];
const harmless = { lost: 0, doubled: 0, disordered: 0, apart: 0 };

// Only Chromium lets a test set how much of the disk an extension may have.
describe.runIf(browserName === 'chromium')('on a disk that has no room for another copy', () => {
  let build: BuildCopy;
  let rep: Rep;
  let protocol: CDPSession;

  beforeAll(async () => {
    build = await copyBuildWithQuota('chromium');
    rep = await startRep('chromium', 1, { extension: build.folder, ballast: accounts });
    protocol = await rep.page().createCDPSession();
  }, 240_000);

  afterAll(async () => {
    await rep?.close();
    await build?.remove();
  });

  async function leaveRoom(bytes: number | null): Promise<void> {
    const { origin, usage } = await rep.page().evaluate(async () => {
      const estimate = await navigator.storage.estimate();
      return { origin: location.origin, usage: estimate.usage ?? 0 };
    });
    const size = bytes === null ? {} : { quotaSize: usage + bytes };
    await protocol.send('Storage.overrideQuotaForOrigin', { origin, ...size });
  }

  /** Whether the browser really refuses: what is written here is as large as a copy. */
  const isRefused = () =>
    rep.page().evaluate(async () => {
      const open = indexedDB.open('ballast');
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        open.onupgradeneeded = () => void open.result.createObjectStore('rows');
        open.onsuccess = () => resolve(open.result);
        open.onerror = () => reject(open.error);
      });
      const transaction = database.transaction('rows', 'readwrite');
      transaction.objectStore('rows').put(crypto.getRandomValues(new Uint8Array(65_000)).toString().repeat(4), 1);
      return new Promise<boolean>((resolve) => {
        transaction.oncomplete = () => resolve(false);
        transaction.onabort = () => resolve(transaction.error?.name === 'QuotaExceededError');
      }).finally(() => database.close());
    });

  it('clicks are kept, sent and told as before; once there is room, the copy is whole', async () => {
    await leaveRoom(roomBytes);
    expect(await isRefused()).toBe(true);
    await callForFreshCopies(rep.store, rep.workspaceId);
    await rep.bringUpToDate();
    for (let click = 0; click < 5; click++) {
      await rep.click();
      await rep.bringUpToDate();
    }
    expect(await rep.countFalselySent()).toBe(0);
    expect(await rep.store.sql('select 1 from verdict')).toHaveLength(5);
    await leaveRoom(null);
    await rep.settle();
    expect(await rep.compare()).toEqual(harmless);
  });
});
