import { Hono } from 'hono';
import { rollUpQuerySchema, verdictQuerySchema } from '#contract/desk.ts';
import { verdictIdSchema } from '#contract/ids.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { ProblemError } from '../../problem.ts';
import { rollUpVerdicts } from '../../store/desk-quality.ts';
import { listVerdicts, readVerdict } from '../../store/desk-verdicts.ts';
import { readParam, readQuery } from '../read-request.ts';

/** Verdicts rolled up, the rows behind each count, and one verdict in its context. */
export function createQualityRoutes({ db, now }: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();

  routes.get('/lead-quality', async (context) => {
    const { workspaceId } = context.get('caller');
    const { by, days } = readQuery(context, rollUpQuerySchema);
    return context.json(
      await inWorkspace(db, workspaceId, (scope) => rollUpVerdicts(scope, workspaceId, by, days, now())),
    );
  });

  routes.get('/verdicts', async (context) => {
    const { workspaceId } = context.get('caller');
    const { by, days, key, value } = readQuery(context, verdictQuerySchema);
    const filter = { by, days, value, key: key === '' ? null : key };
    return context.json(await inWorkspace(db, workspaceId, (scope) => listVerdicts(scope, workspaceId, filter, now())));
  });

  routes.get('/verdicts/:id', async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', verdictIdSchema);
    const verdict = await inWorkspace(db, workspaceId, (scope) => readVerdict(scope, workspaceId, id, now()));
    if (!verdict) throw new ProblemError(404, 'not-found', 'This verdict is not in the workspace.');
    return context.json(verdict);
  });
  return routes;
}
