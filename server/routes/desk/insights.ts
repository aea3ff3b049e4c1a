import { Hono } from 'hono';
import {
  accountNameQuerySchema,
  answerInsightSchema,
  fileInsightSchema,
  insightQuerySchema,
  newInsightSchema,
} from '#contract/desk.ts';
import { digestQuerySchema } from '#contract/digest.ts';
import { insightIdSchema } from '#contract/ids.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { answerOnce } from '../../limits/answer-once.ts';
import { ProblemError } from '../../problem.ts';
import { readDigest } from '../../store/desk-digest.ts';
import { answerInsight, enterInsight, fileInsight, findAccountNames } from '../../store/desk-insight-changes.ts';
import { listInsightRows, listInsights } from '../../store/desk-insights.ts';
import { readBody, readParam, readQuery } from '../read-request.ts';

/** What customers said: found, entered, filed and answered. */
export function createInsightRoutes(deps: Deps): Hono<Authenticated> {
  const { db, now, pokes } = deps;
  const routes = new Hono<Authenticated>();

  routes.get('/insights', async (context) => {
    const { workspaceId } = context.get('caller');
    const query = readQuery(context, insightQuerySchema);
    const filter = {
      kinds: query.kind,
      methods: query.method,
      themes: query.theme,
      accountId: query.account ?? null,
      words: query.search || null,
      days: query.days ?? null,
      order: query.order,
      after: query.after ?? null,
    };
    return context.json(
      await inWorkspace(db, workspaceId, async (scope) =>
        query.only === 'rows'
          ? { rows: await listInsightRows(scope, workspaceId, filter, now()) }
          : await listInsights(scope, workspaceId, filter, now()),
      ),
    );
  });

  const enter = answerOnce(deps, async (context, within) => {
    const caller = context.get('caller');
    const insight = await readBody(context, newInsightSchema);
    const isIn = await inWorkspace(within.db, caller.workspaceId, (scope) =>
      enterInsight(scope, caller, insight, now()),
    );
    if (!isIn)
      throw new ProblemError(
        422,
        'unknown-account',
        'The store does not know this account (any more). Choose another, or none.',
      );
    within.pokes.poke(caller.workspaceId);
    return context.json({ id: insight.id }, 201);
  });
  routes.post('/insights', enter);

  routes.patch('/insights/:id', async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', insightIdSchema);
    const filing = await readBody(context, fileInsightSchema);
    if (!(await inWorkspace(db, workspaceId, (scope) => fileInsight(scope, workspaceId, id, filing))))
      throw noSuchInsight();
    return context.body(null, 204);
  });

  routes.put('/insights/:id/answer', async (context) => {
    const caller = context.get('caller');
    const id = readParam(context, 'id', insightIdSchema);
    const answer = await readBody(context, answerInsightSchema);
    if (!(await inWorkspace(db, caller.workspaceId, (scope) => answerInsight(scope, caller, id, answer, now()))))
      throw noSuchInsight();
    pokes.poke(caller.workspaceId);
    return context.body(null, 204);
  });

  routes.delete('/insights/:id/answer', async (context) => {
    const caller = context.get('caller');
    const id = readParam(context, 'id', insightIdSchema);
    if (!(await inWorkspace(db, caller.workspaceId, (scope) => answerInsight(scope, caller, id, null, now()))))
      throw noSuchInsight();
    pokes.poke(caller.workspaceId);
    return context.body(null, 204);
  });

  routes.get('/digest', async (context) => {
    const { workspaceId } = context.get('caller');
    const period = readQuery(context, digestQuerySchema);
    return context.json(await inWorkspace(db, workspaceId, (scope) => readDigest(scope, workspaceId, period, now())));
  });

  routes.get('/account-names', async (context) => {
    const { workspaceId } = context.get('caller');
    const { search } = readQuery(context, accountNameQuerySchema);
    return context.json(await inWorkspace(db, workspaceId, (scope) => findAccountNames(scope, workspaceId, search)));
  });
  return routes;
}

function noSuchInsight(): ProblemError {
  return new ProblemError(
    404,
    'not-found',
    'This insight is not in the workspace: who wrote it may have taken it back.',
  );
}
