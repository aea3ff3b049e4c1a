import { Hono } from 'hono';
import { inWorkspace } from '../db/scope.ts';
import type { Authenticated, Deps } from '../deps.ts';
import { readOwnResults } from '../store/own-results.ts';

/** What became of what the member said: whoever asks reads their own and nobody else's. */
export function createOwnResultRoutes({ db, now }: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  routes.get('/', async (context) => {
    const caller = context.get('caller');
    return context.json(await inWorkspace(db, caller.workspaceId, (scope) => readOwnResults(scope, caller, now())));
  });
  return routes;
}
