import { Hono } from 'hono';
import { isSchemaCurrent } from '../db/migrate.ts';
import type { Deps } from '../deps.ts';

/** `/healthz`: the process answers. `/readyz`: it can serve, or why not (503): the database is reached and has this code's schema, and the store is not going down. */
export function createHealthRoutes(deps: Deps): Hono {
  const routes = new Hono();
  routes.get('/healthz', (context) => context.json({ status: 'alive' }));
  routes.get('/readyz', async (context) => {
    if (deps.isDraining?.()) return context.json({ status: 'draining' }, 503);
    try {
      const isCurrent = await isSchemaCurrent(deps.db);
      return context.json({ status: isCurrent ? 'ready' : 'schema is not current' }, isCurrent ? 200 : 503);
    } catch (error) {
      deps.log.warn({ err: error }, 'not ready: the database cannot be reached');
      return context.json({ status: 'database unreachable' }, 503);
    }
  });
  return routes;
}
