import { Hono } from 'hono';
import {
  assignHandOverSchema,
  handOverFiguresQuerySchema,
  handOverQuerySchema,
  newHandOverSchema,
  offerableQuerySchema,
} from '#contract/desk-hand-over.ts';
import { handOverIdSchema } from '#contract/ids.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { answerOnce } from '../../limits/answer-once.ts';
import { ProblemError } from '../../problem.ts';
import {
  assignHandOver,
  type HandOverFault,
  offerByHand,
  withdrawHandOver,
} from '../../store/hand-over/desk-change.ts';
import { rollUpHandOvers } from '../../store/hand-over/desk-figures.ts';
import { listHandOvers, readHandOver } from '../../store/hand-over/desk-list.ts';
import { listOfferable } from '../../store/hand-over/offerable.ts';
import { readBody, readParam, readQuery } from '../read-request.ts';

const faults: Readonly<Record<HandOverFault, () => ProblemError>> = {
  unknown: () => new ProblemError(404, 'not-found', 'This is not in the workspace (any more).'),
  'no-contact': () =>
    new ProblemError(
      422,
      'no-contact',
      'This person, or their company, is not to be contacted: nobody is offered them.',
    ),
  'unknown-member': () =>
    new ProblemError(422, 'unknown-member', 'There is no such member in the workspace (any more).'),
  open: () =>
    new ProblemError(409, 'offered-already', 'This person is being offered already, and waits for an answer.'),
  closed: () =>
    new ProblemError(409, 'closed', 'This hand-over does not wait any more: it was answered or called back.'),
};

/** Hand-overs as marketing sees them: listed, one by one, in numbers, and made, given to others and called back by hand. */
export function createHandOverRoutes(deps: Deps): Hono<Authenticated> {
  const { db, now } = deps;
  const routes = new Hono<Authenticated>();

  routes.get('/hand-overs', async (context) => {
    const { workspaceId } = context.get('caller');
    const { key, after = null, ...query } = readQuery(context, handOverQuerySchema);
    const filter = { ...query, after, key: key === '' ? null : key };
    return context.json(
      await inWorkspace(db, workspaceId, (scope) => listHandOvers(scope, workspaceId, filter, now())),
    );
  });

  routes.get('/hand-overs/figures', async (context) => {
    const { workspaceId } = context.get('caller');
    const { by, days } = readQuery(context, handOverFiguresQuerySchema);
    return context.json(
      await inWorkspace(db, workspaceId, (scope) => rollUpHandOvers(scope, workspaceId, by, days, now())),
    );
  });

  routes.get('/hand-overs/offerable', async (context) => {
    const { workspaceId } = context.get('caller');
    const { account = null } = readQuery(context, offerableQuerySchema);
    return context.json(await inWorkspace(db, workspaceId, (scope) => listOfferable(scope, workspaceId, account)));
  });

  routes.get('/hand-overs/:id', async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', handOverIdSchema);
    const found = await inWorkspace(db, workspaceId, (scope) => readHandOver(scope, workspaceId, id, now()));
    if (!found) throw faults.unknown();
    return context.json(found);
  });

  const offer = answerOnce(deps, async (context, within) => {
    const caller = context.get('caller');
    const asked = await readBody(context, newHandOverSchema);
    const made = await inWorkspace(within.db, caller.workspaceId, (scope) => offerByHand(scope, caller, asked, now()));
    if (typeof made === 'string') throw faults[made]();
    within.pokes.poke(caller.workspaceId);
    return context.json(made, 201);
  });
  routes.post('/hand-overs', offer);

  const assign = answerOnce(deps, async (context, within) => {
    const caller = context.get('caller');
    const id = readParam(context, 'id', handOverIdSchema);
    const { memberId } = await readBody(context, assignHandOverSchema);
    const fault = await inWorkspace(within.db, caller.workspaceId, (scope) =>
      assignHandOver(scope, caller, id, memberId, now()),
    );
    if (fault !== null) throw faults[fault]();
    within.pokes.poke(caller.workspaceId);
    return context.body(null, 204);
  });
  routes.post('/hand-overs/:id/assign', assign);

  const withdraw = answerOnce(deps, async (context, within) => {
    const caller = context.get('caller');
    const id = readParam(context, 'id', handOverIdSchema);
    const fault = await inWorkspace(within.db, caller.workspaceId, (scope) =>
      withdrawHandOver(scope, caller, id, now()),
    );
    if (fault !== null) throw faults[fault]();
    within.pokes.poke(caller.workspaceId);
    return context.body(null, 204);
  });
  routes.post('/hand-overs/:id/withdraw', withdraw);
  return routes;
}
