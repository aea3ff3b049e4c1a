import { Hono } from 'hono';
import { type Band, bandQuerySchema } from '#contract/band.ts';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { keepSlow } from '../../limits/keep-slow.ts';
import { readBand } from '../../scores/read-band.ts';
import { readQuery } from '../read-request.ts';

/** Who is in which score band. */
export function createBandRoutes({ db, now }: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  const read = (workspaceId: WorkspaceId, grades: readonly string[], after: ContactId | null): Promise<Band> =>
    inWorkspace(db, workspaceId, (scope) => readBand(scope, workspaceId, { grades, after }, now()));
  const readCounts = keepSlow((workspaceId: WorkspaceId) => read(workspaceId, [], null));
  routes.get('/band', async (context) => {
    const { workspaceId } = context.get('caller');
    const { grades, after } = readQuery(context, bandQuerySchema);
    return context.json(await (grades ? read(workspaceId, grades.split(','), after ?? null) : readCounts(workspaceId)));
  });
  return routes;
}
