import { Hono } from 'hono';
import { type Retention, type RetentionPreview, retentionQuerySchema } from '#contract/retention.ts';
import { requireRole } from '../../auth/require-role.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { countFoldable, countFolded, foldLineOf, readFoldState } from '../../store/fold.ts';
import { readSettings } from '../../store/workspace-settings.ts';
import { readQuery } from '../read-request.ts';

/** What has become of old touches, and what would. For admins alone, who settle it with the other settings. */
export function createRetentionRoutes({ db, now }: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();

  routes.get('/retention', requireRole('admin'), async (context) => {
    const { workspaceId } = context.get('caller');
    const retention = await inWorkspace(db, workspaceId, async (scope): Promise<Retention> => {
      const { keepTouchesMonths: months = null } = await readSettings(scope, workspaceId);
      const { line, after } = await readFoldState(scope, workspaceId);
      const isDue = months !== null && (line === null || foldLineOf(months, now()) > line);
      return {
        months,
        foldedBefore: line?.toISOString() ?? null,
        isFolding: after !== null || isDue,
        folded: await countFolded(scope, workspaceId),
      };
    });
    return context.json(retention);
  });

  routes.get('/retention/preview', requireRole('admin'), async (context) => {
    const { workspaceId } = context.get('caller');
    const before = foldLineOf(readQuery(context, retentionQuerySchema).months, now());
    const counted = await inWorkspace(db, workspaceId, (scope) => countFoldable(scope, workspaceId, before));
    return context.json({ before: before.toISOString(), ...counted } satisfies RetentionPreview);
  });
  return routes;
}
