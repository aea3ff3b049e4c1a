import { Hono } from 'hono';
import { type Band, bandQuerySchema } from '#contract/band.ts';
import { inWorkspace, type Scope } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { readBand } from '../../scores/read-band.ts';
import { readQuery } from '../read-request.ts';

/** Who is in which score band. */
export function createBandRoutes({ db, now }: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  routes.get('/band', async (context) => {
    const { workspaceId } = context.get('caller');
    const { grades, after } = readQuery(context, bandQuerySchema);
    const wish = { grades: grades?.split(',') ?? [], after: after ?? null };
    const read = (scope: Scope): Promise<Band> => readBand(scope, workspaceId, wish, now());
    return context.json(await inWorkspace(db, workspaceId, read));
  });
  return routes;
}
