import type { OpenDatabase } from './db/open.ts';
import { readPoolUse } from './db/pool.ts';
import type { Metrics } from './metrics.ts';
import type { Rooms } from './sync/rooms.ts';

/** Lets what a node holds right now be read with its counters: open streams, connections, whether it listens and whether it goes down. */
export function watchNode(metrics: Metrics, database: OpenDatabase, rooms: Rooms, isDraining: () => boolean): void {
  metrics.watch({
    name: 'live_streams',
    help: 'Browsers that listen for changes.',
    read: () => rooms.countListeners(),
  });
  metrics.watch({
    name: 'listening',
    help: '1 while hints of other nodes arrive; 0: their changes are found by polling alone.',
    read: () => Number(rooms.isListening()),
  });
  metrics.watch({ name: 'draining', help: '1 once the node is going down.', read: () => Number(isDraining()) });
  metrics.watch({
    name: 'pool_connections',
    help: 'Connections to the database by state, and work that waits for one.',
    label: 'state',
    read: () => {
      const use = readPoolUse(database.db);
      return use ? { busy: use.open - use.idle, idle: use.idle, waiting: use.waiting } : {};
    },
  });
}
