import { Hono } from 'hono';
import type { Change } from '#contract/feed.ts';
import { changeSettingsRequestSchema, type SettingsChange } from '#contract/settings.ts';
import { normalizeDomain } from '../../../utils/identity/domain.ts';
import { requireRole } from '../../auth/require-role.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { ProblemError } from '../../problem.ts';
import { isFreemail, toRegistrable } from '../../sources/company-domain.ts';
import { appendChanges } from '../../store/change.ts';
import { changeSettings, readSettings } from '../../store/workspace-settings.ts';
import { readBody } from '../read-request.ts';

/** The change with its domains in their one form. Throws a `ProblemError` 422 for one to be added that is no company's own. */
function normalizeOwnDomains(change: NonNullable<SettingsChange['ownDomains']>): typeof change {
  const entries = Object.entries(change).map(([typed, isOwn]) => {
    const domain = normalizeDomain(typed) ?? typed;
    if (isOwn && (toRegistrable(domain) === null || isFreemail(domain)))
      throw new ProblemError(
        422,
        'no-company-domain',
        `“${typed}” is not the domain of one company: everybody who writes from there would count as a colleague.`,
      );
    return [domain, isOwn] as const;
  });
  return Object.fromEntries(entries);
}

/** What is settled for everybody in the workspace: marketers read it, admins change it, every device hears of it by the feed. */
export function createSettingsRoutes({ db, pokes }: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();

  routes.get('/settings', async (context) => {
    const { workspaceId } = context.get('caller');
    return context.json(await inWorkspace(db, workspaceId, (scope) => readSettings(scope, workspaceId)));
  });

  routes.patch('/settings', requireRole('admin'), async (context) => {
    const { workspaceId } = context.get('caller');
    const { ownDomains, ...rest } = await readBody(context, changeSettingsRequestSchema);
    const change = { ...rest, ownDomains: ownDomains && normalizeOwnDomains(ownDomains) };
    const settings = await inWorkspace(db, workspaceId, async (scope) => {
      const changed = await changeSettings(scope, workspaceId, change);
      const changes: Change[] = [{ kind: 'workspace', id: null, memberId: null }];
      // Who holds what is another question from now on.
      if (change.scopeByTerritory !== undefined) changes.push({ kind: 'refetch', id: null, memberId: null });
      await appendChanges(scope, workspaceId, changes);
      return changed;
    });
    pokes.poke(workspaceId);
    return context.json(settings);
  });
  return routes;
}
