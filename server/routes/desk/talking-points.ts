import { Hono } from 'hono';
import {
  type AudienceChoices,
  audienceSchema,
  type CheckedDraft,
  namedAccountQuerySchema,
  talkingPointDraftSchema,
} from '#contract/desk.ts';
import { talkingPointIdSchema, type WorkspaceId } from '#contract/ids.ts';
import { answerKept } from '../../answers/answer-kept.ts';
import { choicesQuestion } from '../../answers/audience-choices.ts';
import { inWorkspace, type Scope } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { answerOnce } from '../../limits/answer-once.ts';
import { ProblemError } from '../../problem.ts';
import { countReach, findAccounts, listAudienceAccounts, listOwners } from '../../store/desk-audience.ts';
import { listPointWords, readPointHistory } from '../../store/desk-point-history.ts';
import { listTalkingPoints } from '../../store/desk-point-results.ts';
import { endTalkingPoint, findEdit, isOwnerFit, pushTalkingPoint } from '../../store/desk-talking-points.ts';
import { readBody, readParam, readQuery } from '../read-request.ts';

/** Whom a talking point can reach, pushing it, what came of it, ending it. */
export function createTalkingPointRoutes(deps: Deps): Hono<Authenticated> {
  const { db, now } = deps;
  const routes = new Hono<Authenticated>();
  const choices = answerKept(deps, choicesQuestion);

  routes.get('/audience-choices', async (context) => {
    const { workspaceId } = context.get('caller');
    const owners = await inWorkspace(db, workspaceId, (scope) => listOwners(scope, workspaceId));
    return context.json({ ...(await choices(workspaceId)), owners } satisfies AudienceChoices);
  });

  routes.get('/accounts', async (context) => {
    const { workspaceId } = context.get('caller');
    const query = readQuery(context, namedAccountQuerySchema);
    return context.json(await inWorkspace(db, workspaceId, (scope) => findAccounts(scope, workspaceId, query)));
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

  routes.get('/talking-points/:id/history', async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', talkingPointIdSchema);
    const history = await inWorkspace(db, workspaceId, (scope) => readPointHistory(scope, workspaceId, id, now()));
    if (!history) throw new ProblemError(404, 'not-found', 'There is no such talking point in the workspace.');
    return context.json(history);
  });

  routes.get('/talking-points/:id/words', async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', talkingPointIdSchema);
    return context.json(await inWorkspace(db, workspaceId, (scope) => listPointWords(scope, workspaceId, id)));
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
    const pushed = await inWorkspace(within.db, workspaceId, async (scope) => {
      await refuseUnfit(scope, workspaceId, draft);
      return pushTalkingPoint(scope, workspaceId, memberId, draft, now());
    });
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
      const { workspaceId, memberId } = context.get('caller');
      const id = readParam(context, 'id', talkingPointIdSchema);
      const at = now();
      const isChanged = await inWorkspace(within.db, workspaceId, (scope) =>
        endTalkingPoint(scope, { workspaceId, memberId }, id, { endedAt: isEnd ? at : null, now: at }),
      );
      if (isChanged) within.pokes.poke(workspaceId);
      return context.body(null, 204);
    });
    routes.post(`/talking-points/:id/${verb}`, change);
  }
  return routes;
}

/** Refuses an owner who cannot be one, and an edit of what somebody else has edited meanwhile: it would stand beside theirs instead of in its place. */
async function refuseUnfit(scope: Scope, workspaceId: WorkspaceId, draft: CheckedDraft): Promise<void> {
  if (draft.ownerId && !(await isOwnerFit(scope, workspaceId, draft.ownerId))) {
    throw new ProblemError(
      422,
      'unfit-owner',
      'The owner is no marketer of this workspace (any more). Choose somebody else.',
    );
  }
  const other = draft.replaces ? await findEdit(scope, workspaceId, draft.replaces, draft.id) : null;
  if (other) {
    throw new ProblemError(
      409,
      'edited-already',
      `${other.by || 'Somebody else'} has edited this talking point meanwhile. Open the newer one and edit that; what you wrote stays here.`,
    );
  }
}
