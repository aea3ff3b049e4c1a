import { Hono } from 'hono';
import { funnelAccountQuerySchema, funnelQuerySchema } from '#contract/funnel.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { keepSlow } from '../../limits/keep-slow.ts';
import { readFunnel } from '../../store/funnel.ts';
import { listFunnelAccounts } from '../../store/funnel-accounts.ts';
import { readQuery } from '../read-request.ts';

/** How accounts go through the funnel's stages, and who stays in one. */
export function createFunnelRoutes({ db, now }: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  // 0: without a beginning.
  const read = keepSlow((workspaceId: WorkspaceId, days: number) =>
    inWorkspace(db, workspaceId, (scope) => readFunnel(scope, workspaceId, days || null, now())),
  );

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
