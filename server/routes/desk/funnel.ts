import { Hono } from 'hono';
import { funnelAccountQuerySchema, funnelQuerySchema } from '#contract/funnel.ts';
import { answerKept } from '../../answers/answer-kept.ts';
import { funnelQuestion } from '../../answers/funnel.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { listFunnelAccounts } from '../../store/funnel-accounts.ts';
import { readQuery } from '../read-request.ts';

/** How accounts go through the funnel's stages, and who stays in one. */
export function createFunnelRoutes(deps: Deps): Hono<Authenticated> {
  const { db, now } = deps;
  const routes = new Hono<Authenticated>();
  // 0: without a beginning.
  const read = answerKept(deps, funnelQuestion);

  routes.get('/funnel', async (context) => {
    const { workspaceId } = context.get('caller');
    const { days } = readQuery(context, funnelQuerySchema);
    return context.json(await read(workspaceId, days ?? 0));
  });

  routes.get('/funnel/accounts', async (context) => {
    const { workspaceId } = context.get('caller');
    const { stage, segment, only, order, after } = readQuery(context, funnelAccountQuerySchema);
    const filter = {
      stage,
      segment: segment === undefined ? undefined : segment || null,
      isLate: only === 'late',
      order,
      after: after ?? null,
    };
    return context.json(
      await inWorkspace(db, workspaceId, (scope) => listFunnelAccounts(scope, workspaceId, filter, now())),
    );
  });
  return routes;
}
