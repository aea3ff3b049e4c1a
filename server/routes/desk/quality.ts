import { Hono } from 'hono';
import type { z } from 'zod';
import {
  correctContactSchema,
  type LeadQuality,
  rollUpQuerySchema,
  type VerdictSide,
  verdictExportQuerySchema,
  verdictListQuerySchema,
  type verdictQuerySchema,
} from '#contract/desk.ts';
import { contactIdSchema, verdictIdSchema, type WorkspaceId } from '#contract/ids.ts';
import { saidDaysQuerySchema, saidQuerySchema } from '#contract/said.ts';
import { answerKept } from '../../answers/answer-kept.ts';
import { isUsual, qualityQuestion } from '../../answers/lead-quality.ts';
import { sidesQuestion } from '../../answers/verdict-sides.ts';
import { inWorkspace, type Scope } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { ProblemError } from '../../problem.ts';
import { rollUpVerdicts } from '../../store/desk-quality.ts';
import { countSaid, countSaidByDay } from '../../store/desk-said.ts';
import { correctContact, settleVerdict } from '../../store/desk-verdict-changes.ts';
import { exportVerdicts } from '../../store/desk-verdict-export.ts';
import { listVerdicts, readVerdict, type VerdictFilter } from '../../store/desk-verdicts.ts';
import { readZone } from '../../store/workspace-settings.ts';
import { readBody, readParam, readQuery } from '../read-request.ts';

/** Verdicts rolled up, the rows behind each count, one verdict in its context, and what is done about it. */
export function createQualityRoutes(deps: Deps): Hono<Authenticated> {
  const { db, now, pokes } = deps;
  const kept = answerKept(deps, qualityQuestion);
  const keptSides = answerKept(deps, sidesQuestion);
  const routes = new Hono<Authenticated>();

  async function rollUp(
    workspaceId: WorkspaceId,
    { by, days, ...sides }: z.output<typeof rollUpQuerySchema>,
  ): Promise<LeadQuality> {
    const count = () =>
      inWorkspace(db, workspaceId, (scope) => rollUpVerdicts(scope, workspaceId, by, days, now(), sides));
    if (!isUsual(by, days, sides)) return count();
    const zone = await inWorkspace(db, workspaceId, (scope) => readZone(scope, workspaceId));
    const answer = await kept(workspaceId, by, days);
    // What was made beforehand may count weeks by the calendars of a zone that the workspace has left since.
    return (answer.zone ?? 'UTC') === zone ? answer : count();
  }

  routes.get('/lead-quality', async (context) => {
    const { workspaceId } = context.get('caller');
    const query = readQuery(context, rollUpQuerySchema);
    const [answer, values] = await Promise.all([rollUp(workspaceId, query), keptSides(workspaceId, query.days)]);
    const filter = (side: VerdictSide) => ({ chosen: query[side], values: values[side] });
    const filters = { segment: filter('segment'), tier: filter('tier'), source: filter('source') };
    return context.json({ ...answer, filters } satisfies LeadQuality);
  });

  routes.get('/said', async (context) => {
    const { workspaceId } = context.get('caller');
    const { since } = readQuery(context, saidQuerySchema);
    return context.json(await inWorkspace(db, workspaceId, (scope) => countSaid(scope, workspaceId, new Date(since))));
  });

  routes.get('/said/days', async (context) => {
    const { workspaceId } = context.get('caller');
    const { since, ...query } = readQuery(context, saidDaysQuerySchema);
    const period = { ...query, since: since === undefined ? null : new Date(since) };
    return context.json(
      await inWorkspace(db, workspaceId, (scope) => countSaidByDay(scope, workspaceId, period, now())),
    );
  });

  routes.get('/verdicts', async (context) => {
    const { workspaceId } = context.get('caller');
    const { order, after = null, ...query } = readQuery(context, verdictListQuerySchema);
    const place = { order, after };
    return context.json(
      await inWorkspace(db, workspaceId, async (scope) =>
        listVerdicts(scope, workspaceId, await readFilter(scope, workspaceId, query), now(), place),
      ),
    );
  });

  routes.get('/verdicts/export', async (context) => {
    const { workspaceId } = context.get('caller');
    const { after = null, ...query } = readQuery(context, verdictExportQuerySchema);
    return context.json(
      await inWorkspace(db, workspaceId, async (scope) =>
        exportVerdicts(scope, workspaceId, await readFilter(scope, workspaceId, query), after, now()),
      ),
    );
  });

  routes.get('/verdicts/:id', async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', verdictIdSchema);
    const verdict = await inWorkspace(db, workspaceId, (scope) => readVerdict(scope, workspaceId, id, now()));
    if (!verdict) throw noSuchVerdict();
    return context.json(verdict);
  });

  for (const [method, isSettled] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    routes.on(method, '/verdicts/:id/settled', async (context) => {
      const caller = context.get('caller');
      const id = readParam(context, 'id', verdictIdSchema);
      const isThere = await inWorkspace(db, caller.workspaceId, (scope) =>
        settleVerdict(scope, caller, id, isSettled, now()),
      );
      if (!isThere) throw noSuchVerdict();
      return context.body(null, 204);
    });
  }

  routes.patch('/contacts/:id', async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', contactIdSchema);
    const correction = await readBody(context, correctContactSchema);
    if (!(await inWorkspace(db, workspaceId, (scope) => correctContact(scope, workspaceId, id, correction, now()))))
      throw new ProblemError(404, 'not-found', 'This person is not in the workspace (any more).');
    pokes.poke(workspaceId);
    return context.body(null, 204);
  });
  return routes;
}

async function readFilter(
  scope: Scope,
  workspaceId: WorkspaceId,
  { by, days, key, value, only, ...sides }: z.output<typeof verdictQuerySchema>,
): Promise<VerdictFilter> {
  const zone = await readZone(scope, workspaceId);
  return { by, days, value, zone, sides, key: key === '' ? null : key, isAgainst: only === 'disagreements' };
}

function noSuchVerdict(): ProblemError {
  return new ProblemError(404, 'not-found', 'This verdict is not in the workspace.');
}
