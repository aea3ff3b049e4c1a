import { Hono } from 'hono';
import { insightQuerySchema } from '#contract/desk.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { listInsights } from '../../store/desk-insights.ts';
import { readQuery } from '../read-request.ts';

/** What customers said, as reps wrote it down. */
export function createInsightRoutes({ db, now }: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  routes.get('/insights', async (context) => {
    const { workspaceId } = context.get('caller');
    const query = readQuery(context, insightQuerySchema);
    const filter = { kinds: query.kind, methods: query.method, words: query.search || null, days: query.days ?? null };
    return context.json(await inWorkspace(db, workspaceId, (scope) => listInsights(scope, workspaceId, filter, now())));
  });
  return routes;
}
