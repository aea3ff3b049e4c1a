import { pino } from 'pino';
import { createApp } from '../../server/app.ts';
import { createPool } from '../../server/db/pool.ts';
import { createAskers } from '../../server/sync/askers.ts';
import { createRooms } from '../../server/sync/rooms.ts';
import { createSharedPages } from '../../server/sync/shared-pages.ts';
import type { TestStore } from '../postgres/store.ts';

/** What a device reaches: one of the stores of a company. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** The first store, and a second one on the same database, with nothing between them. */
export interface Stores {
  asks: readonly [Ask, Ask];
  close(): Promise<void>;
}

/** Starts the second beside the first; closing closes both. */
export function openStores(first: TestStore): Stores {
  const { url } = first.database;
  const db = createPool(url, { size: 8, onError: () => undefined });
  const rooms = createRooms({ db, url, log: pino({ level: 'silent' }), now: first.deps.now });
  const pulls = { askers: createAskers(db), pages: createSharedPages() };
  const second = createApp({ ...first.deps, db, pokes: rooms, live: rooms, pulls });
  return {
    asks: [async (path, init) => first.app.request(path, init), async (path, init) => second.request(path, init)],
    async close() {
      await rooms.close();
      await db.destroy();
      await first.close();
    },
  };
}
