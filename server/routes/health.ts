import { Hono } from 'hono';
import { isSchemaCurrent } from '../db/migrate.ts';
import type { Deps } from '../deps.ts';
import { describePassing } from '../failure.ts';

const makeRoom = 'The store’s disk is full. Make room: the store goes on by itself.';

/**
 * `/healthz`: the process answers. `/readyz`: it can serve, or why not (503): the database is reached and has this code's schema, and the store is not
 * going down. With a full disk it still serves who reads (200, `read-only`).
 */
export function createHealthRoutes(deps: Deps): Hono {
  const routes = new Hono();
  routes.get('/healthz', (context) => context.json({ status: 'alive' }));
  routes.get('/readyz', async (context) => {
    if (deps.isDraining?.()) return context.json({ status: 'draining' }, 503);
    try {
      const isCurrent = await isSchemaCurrent(deps.db);
      return isCurrent ? context.json(describeDisk(deps)) : context.json({ status: 'schema is not current' }, 503);
    } catch (error) {
      deps.log.warn({ err: error }, 'not ready: the database cannot be reached');
      const status = 'database unreachable';
      // PostgreSQL that met the last byte is down, and comes back by itself once there is room.
      if (deps.disk?.state() === 'full')
        return context.json({ status, why: 'disk-full', detail: makeRoom, freeBytes: deps.disk.freeBytes() }, 503);
      const { type, detail } = describePassing(error, context.req.path)?.problem ?? {};
      return context.json({ status, why: type?.split(':').at(-1), detail }, 503);
    }
  });
  return routes;
}

function describeDisk({ disk }: Deps): Record<string, unknown> {
  const freeBytes = disk?.freeBytes() ?? undefined;
  if (disk?.state() === 'full') return { status: 'read-only', why: 'disk-full', detail: makeRoom, freeBytes };
  if (disk?.state() === 'low') return { status: 'ready', warning: 'disk-low', freeBytes };
  return { status: 'ready' };
}
