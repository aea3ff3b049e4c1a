import { Hono } from 'hono';
import {
  inviteAcceptRequestSchema,
  invitePreviewRequestSchema,
  inviteRequestSchema,
  sessionQuerySchema,
} from '#contract/session.ts';
import { acceptInvite, issueInvite, previewInvite } from '../auth/invites.ts';
import { requireRole } from '../auth/require-role.ts';
import { requireToken } from '../auth/require-token.ts';
import { readSession } from '../auth/session.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Authenticated, Deps } from '../deps.ts';
import { answerOnce } from '../limits/answer-once.ts';
import { endDevice } from '../store/device.ts';
import { readBody, readQuery } from './read-request.ts';

/** Invites and sessions: the way in and out. */
export function createSessionRoutes(deps: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();

  routes.post('/invites/preview', async (context) => {
    const { secret } = await readBody(context, invitePreviewRequestSchema);
    return context.json(await previewInvite(deps, secret));
  });

  routes.post('/invites/accept', async (context) => {
    const { caller, ...taken } = await acceptInvite(deps, await readBody(context, inviteAcceptRequestSchema));
    return context.json({ ...taken, session: await readSession(deps, caller, null) }, 201);
  });

  const invite = answerOnce(deps, async (context, within) => {
    const caller = context.get('caller');
    const request = await readBody(context, inviteRequestSchema);
    const { link, expiresAt } = await issueInvite(within, caller, caller.workspaceId, request);
    within.pokes.poke(caller.workspaceId);
    return context.json({ link, expiresAt: expiresAt.toISOString() }, 201);
  });
  routes.post('/invites', requireToken(deps), requireRole('marketer', 'admin'), invite);

  routes.get('/session', requireToken(deps), async (context) => {
    const { keyId = null } = readQuery(context, sessionQuerySchema);
    return context.json(await readSession(deps, context.get('caller'), keyId));
  });

  routes.delete('/session', requireToken(deps), async (context) => {
    const { workspaceId, deviceId } = context.get('caller');
    await inWorkspace(deps.db, workspaceId, (scope) => endDevice(scope, workspaceId, deviceId, deps.now()));
    return context.body(null, 204);
  });

  return routes;
}
