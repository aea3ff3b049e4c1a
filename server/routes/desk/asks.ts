import { Hono } from 'hono';
import { answerAskSchema, askQuerySchema, newAskSchema } from '#contract/ask.ts';
import { type AskId, askIdSchema } from '#contract/ids.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Caller, Deps } from '../../deps.ts';
import { answerOnce } from '../../limits/answer-once.ts';
import { ProblemError } from '../../problem.ts';
import { answerAsk, askSales, closeAsk, listAsks, readWaitingAsks } from '../../store/desk-asks.ts';
import { readBody, readParam, readQuery } from '../read-request.ts';

/** What reps ask of marketing, answered here; and what marketing asks of them. */
export function createAskRoutes(deps: Deps): Hono<Authenticated> {
  const { db, now, pokes } = deps;
  const routes = new Hono<Authenticated>();

  routes.get('/asks', async (context) => {
    const { workspaceId } = context.get('caller');
    const query = readQuery(context, askQuerySchema);
    const filter = {
      state: query.state ?? null,
      way: query.for ?? null,
      accountId: query.account ?? null,
      order: query.order ?? null,
      after: query.after ?? null,
    };
    return context.json(await inWorkspace(db, workspaceId, (scope) => listAsks(scope, workspaceId, filter)));
  });

  routes.get('/asks/waiting', async (context) => {
    const { workspaceId } = context.get('caller');
    return context.json(await inWorkspace(db, workspaceId, (scope) => readWaitingAsks(scope, workspaceId)));
  });

  const ask = answerOnce(deps, async (context, within) => {
    const caller = context.get('caller');
    const body = await readBody(context, newAskSchema);
    const asked = await inWorkspace(within.db, caller.workspaceId, (scope) => askSales(scope, caller, body, now()));
    if (asked === null)
      throw new ProblemError(
        422,
        body.verdictId === null ? 'unknown-account' : 'unknown-verdict',
        'The store does not know (any more) what this asks about.',
      );
    if (asked === 0)
      throw new ProblemError(
        422,
        'nobody-to-ask',
        body.verdictId === null
          ? 'Nobody sells to this account: it has no owner among the members, and no rep holds its territory.'
          : 'Who gave this verdict has left the workspace.',
      );
    within.pokes.poke(caller.workspaceId);
    return context.json({ id: body.id, asked }, 201);
  });
  routes.post('/asks', ask);

  const answer = async (caller: Caller, id: AskId, given: { text: string; link: string | null } | null) => {
    const refusal = await inWorkspace(db, caller.workspaceId, (scope) => answerAsk(scope, caller, id, given, now()));
    if (refusal === 'unknown') throw noSuchAsk();
    if (refusal === 'for-sales')
      throw new ProblemError(409, 'for-sales', 'This is asked of sales: the answer is theirs to give.');
    pokes.poke(caller.workspaceId);
  };

  routes.put('/asks/:id/answer', async (context) => {
    const id = readParam(context, 'id', askIdSchema);
    await answer(context.get('caller'), id, await readBody(context, answerAskSchema));
    return context.body(null, 204);
  });

  routes.delete('/asks/:id/answer', async (context) => {
    await answer(context.get('caller'), readParam(context, 'id', askIdSchema), null);
    return context.body(null, 204);
  });

  for (const [method, isClosed] of [
    ['put', true],
    ['delete', false],
  ] as const) {
    routes[method]('/asks/:id/closed', async (context) => {
      const caller = context.get('caller');
      const id = readParam(context, 'id', askIdSchema);
      if (!(await inWorkspace(db, caller.workspaceId, (scope) => closeAsk(scope, caller, id, isClosed, now()))))
        throw noSuchAsk();
      pokes.poke(caller.workspaceId);
      return context.body(null, 204);
    });
  }
  return routes;
}

function noSuchAsk(): ProblemError {
  return new ProblemError(404, 'not-found', 'This ask is not in the workspace: who asked may have taken it back.');
}
