import { Hono } from 'hono';
import { audienceSchema, talkingPointDraftSchema } from '#contract/desk.ts';
import { talkingPointIdSchema } from '#contract/ids.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { answerOnce } from '../../limits/answer-once.ts';
import { ProblemError } from '../../problem.ts';
import { countReach, listAudienceAccounts, readAudienceChoices } from '../../store/desk-audience.ts';
import { endTalkingPoint, listTalkingPoints, pushTalkingPoint } from '../../store/desk-talking-points.ts';
import { readBody, readParam } from '../read-request.ts';

/** Whom a talking point can reach, pushing it, what came of it, ending it. */
export function createTalkingPointRoutes(deps: Deps): Hono<Authenticated> {
  const { db, now } = deps;
  const routes = new Hono<Authenticated>();

  routes.get('/audience-choices', async (context) => {
    const { workspaceId } = context.get('caller');
    return context.json(await inWorkspace(db, workspaceId, (scope) => readAudienceChoices(scope, workspaceId)));
  });

  routes.post('/reach', async (context) => {
    const { workspaceId } = context.get('caller');
    const audience = await readBody(context, audienceSchema);
    return context.json(await inWorkspace(db, workspaceId, (scope) => countReach(scope, workspaceId, audience, now())));
  });

  routes.post('/audience-accounts', async (context) => {
    const { workspaceId } = context.get('caller');
    const audience = await readBody(context, audienceSchema);
    return context.json(
      await inWorkspace(db, workspaceId, (scope) => listAudienceAccounts(scope, workspaceId, audience, now())),
    );
  });

  routes.get('/talking-points', async (context) => {
    const { workspaceId } = context.get('caller');
    return context.json(await inWorkspace(db, workspaceId, (scope) => listTalkingPoints(scope, workspaceId, now())));
  });

  const push = answerOnce(deps, async (context, within) => {
    const { workspaceId, memberId } = context.get('caller');
    const draft = await readBody(context, talkingPointDraftSchema);
    const today = now().toISOString().slice(0, 10);
    if (draft.expiresOn && draft.expiresOn < today) {
      throw new ProblemError(
        422,
        'expired',
        'The talking point would expire before today, so nobody would see it. Choose a later day.',
      );
    }
    const pushed = await inWorkspace(within.db, workspaceId, (scope) =>
      pushTalkingPoint(scope, workspaceId, memberId, draft, now()),
    );
    if (!pushed) {
      throw new ProblemError(
        422,
        'empty-audience',
        'No account fits this audience any more, so nothing was pushed. Look at its lines again.',
      );
    }
    within.pokes.poke(workspaceId);
    return context.json(pushed, 201);
  });
  routes.post('/talking-points', push);

  for (const [verb, isEnd] of [
    ['end', true],
    ['resume', false],
  ] as const) {
    const change = answerOnce(deps, async (context, within) => {
      const { workspaceId } = context.get('caller');
      const id = readParam(context, 'id', talkingPointIdSchema);
      const isChanged = await inWorkspace(within.db, workspaceId, (scope) =>
        endTalkingPoint(scope, workspaceId, id, isEnd ? now() : null),
      );
      if (isChanged) within.pokes.poke(workspaceId);
      return context.body(null, 204);
    });
    routes.post(`/talking-points/:id/${verb}`, change);
  }
  return routes;
}
