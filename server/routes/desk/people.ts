import { Hono } from 'hono';
import { memberTerritoriesSchema } from '#contract/desk.ts';
import { deviceIdSchema, inviteIdSchema, memberIdSchema } from '#contract/ids.ts';
import { requireRole } from '../../auth/require-role.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { answerOnce } from '../../limits/answer-once.ts';
import { ProblemError } from '../../problem.ts';
import { appendChanges } from '../../store/change.ts';
import { readDeviceOwner, readPeople, revokeInvite } from '../../store/desk-people.ts';
import { endDevice } from '../../store/device.ts';
import { releaseHandOvers } from '../../store/hand-over/desk-change.ts';
import { endMember, readMember } from '../../store/member.ts';
import { setTerritories } from '../../store/territory.ts';
import { readBody, readParam } from '../read-request.ts';

/** Who has access, and taking it back. Invites are made by `POST /v1/invites`. */
export function createPeopleRoutes(deps: Deps): Hono<Authenticated> {
  const { db, now } = deps;
  const routes = new Hono<Authenticated>();

  routes.get('/people', async (context) => {
    const { workspaceId } = context.get('caller');
    return context.json(await inWorkspace(db, workspaceId, (scope) => readPeople(scope, workspaceId, now())));
  });

  routes.put('/members/:id/territories', requireRole('admin'), async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', memberIdSchema);
    const { territories } = await readBody(context, memberTerritoriesSchema);
    await inWorkspace(db, workspaceId, async (scope) => {
      const changes = await setTerritories(scope, workspaceId, id, territories);
      if (changes === null) throw new ProblemError(404, 'not-found', 'There is no such member in the workspace.');
      if (changes.length > 0) await appendChanges(scope, workspaceId, changes);
    });
    deps.pokes.poke(workspaceId);
    return context.body(null, 204);
  });

  const revoke = answerOnce(deps, async (context, within) => {
    const { workspaceId, memberId, role } = context.get('caller');
    const id = readParam(context, 'id', deviceIdSchema);
    await inWorkspace(within.db, workspaceId, async (scope) => {
      const owner = await readDeviceOwner(scope, workspaceId, id);
      if (!owner) throw new ProblemError(404, 'not-found', 'This device is not in the workspace.');
      // A marketer answers for reps; an admin for everybody; each for their own devices.
      if (role !== 'admin' && owner.role !== 'rep' && owner.memberId !== memberId) {
        throw new ProblemError(403, 'forbidden', 'Only an admin can revoke the device of a marketer or an admin.');
      }
      await endDevice(scope, workspaceId, id, now());
    });
    within.pokes.poke(workspaceId);
    return context.body(null, 204);
  });
  routes.post('/devices/:id/revoke', revoke);

  const end = answerOnce(deps, async (context, within) => {
    const { workspaceId, memberId, role } = context.get('caller');
    const id = readParam(context, 'id', memberIdSchema);
    // So that somebody is always left who can ask others in.
    if (id === memberId)
      throw new ProblemError(409, 'own-membership', 'Nobody ends their own membership: ask another admin to do it.');
    await inWorkspace(within.db, workspaceId, async (scope) => {
      const member = await readMember(scope, workspaceId, id);
      if (!member) throw new ProblemError(404, 'not-found', 'This member is not in the workspace.');
      if (role !== 'admin' && member.role !== 'rep')
        throw new ProblemError(403, 'forbidden', 'Only an admin can end the membership of a marketer or an admin.');
      await endMember(scope, workspaceId, id, now());
      await releaseHandOvers(scope, workspaceId, id, now());
      // Cards name colleagues, and no longer this one.
      await appendChanges(scope, workspaceId, [{ kind: 'workspace', id: null, memberId: null }]);
    });
    within.pokes.poke(workspaceId);
    return context.body(null, 204);
  });
  routes.post('/members/:id/end', end);

  const takeBack = answerOnce(deps, async (context, within) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', inviteIdSchema);
    const isRevoked = await inWorkspace(within.db, workspaceId, (scope) => revokeInvite(scope, workspaceId, id, now()));
    if (!isRevoked)
      throw new ProblemError(409, 'not-open', 'This invite is no longer open: it was used or revoked before.');
    return context.body(null, 204);
  });
  routes.post('/invites/:id/revoke', takeBack);
  return routes;
}
