import { Hono } from 'hono';
import type { HashKeyState } from '#contract/hash-key.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { requireRole } from '../../auth/require-role.ts';
import { inWorkspace, type Scope } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { answerOnce } from '../../limits/answer-once.ts';
import { readHashKeyState, rotateHashKey } from '../../store/hash-key.ts';

async function readState(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<HashKeyState> {
  const { since, restoredAt, rotation, ...rest } = await readHashKeyState(scope, workspaceId, now);
  return {
    ...rest,
    since: since.toISOString(),
    restoredAt: restoredAt?.toISOString() ?? null,
    rotation: rotation && { ...rotation, endsAt: rotation.endsAt.toISOString() },
  };
}

/** The key by which devices know identifiers: since when it is in use, and a new one in its place. For admins alone. No answer holds a key. */
export function createHashKeyRoutes(deps: Deps): Hono<Authenticated> {
  const { db, now } = deps;
  const routes = new Hono<Authenticated>();

  routes.get('/hash-key', requireRole('admin'), async (context) => {
    const { workspaceId } = context.get('caller');
    return context.json(await inWorkspace(db, workspaceId, (scope) => readState(scope, workspaceId, now())));
  });

  const rotate = answerOnce(deps, async (context, within) => {
    const { workspaceId } = context.get('caller');
    const state = await inWorkspace(within.db, workspaceId, async (scope) => {
      await rotateHashKey(scope, workspaceId, now());
      return readState(scope, workspaceId, now());
    });
    within.pokes.poke(workspaceId);
    return context.json(state);
  });
  routes.post('/hash-key/rotate', requireRole('admin'), rotate);
  return routes;
}
