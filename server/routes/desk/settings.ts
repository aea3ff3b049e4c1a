import { Hono } from 'hono';
import { changeSettingsRequestSchema } from '#contract/settings.ts';
import { requireRole } from '../../auth/require-role.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { appendChanges } from '../../store/change.ts';
import { changeSettings, readSettings } from '../../store/workspace-settings.ts';
import { readBody } from '../read-request.ts';

/** What is settled for everybody in the workspace: marketers read it, admins change it, every device hears of it by the feed. */
export function createSettingsRoutes({ db, pokes }: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();

  routes.get('/settings', async (context) => {
    const { workspaceId } = context.get('caller');
    return context.json(await inWorkspace(db, workspaceId, (scope) => readSettings(scope, workspaceId)));
  });

  routes.patch('/settings', requireRole('admin'), async (context) => {
    const { workspaceId } = context.get('caller');
    const change = await readBody(context, changeSettingsRequestSchema);
    const settings = await inWorkspace(db, workspaceId, async (scope) => {
      const changed = await changeSettings(scope, workspaceId, change);
      await appendChanges(scope, workspaceId, [{ kind: 'workspace', id: null, memberId: null }]);
      return changed;
    });
    pokes.poke(workspaceId);
    return context.json(settings);
  });
  return routes;
}
