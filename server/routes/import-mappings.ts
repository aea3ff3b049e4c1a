import { Hono } from 'hono';
import { mappingIdSchema, renameMappingRequestSchema, saveMappingRequestSchema } from '#contract/mapping.ts';
import { requireRole } from '../auth/require-role.ts';
import { requireToken } from '../auth/require-token.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Authenticated, Deps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import {
  dropMapping,
  isNameTaken,
  listMappings,
  mostMappings,
  readMapping,
  renameMapping,
  saveMapping,
} from '../store/import-mapping.ts';
import { readBody, readParam } from './read-request.ts';

/** Mappings kept by name, so that a table Baton does not know is recognised the next time. Marketers and admins. */
export function createMappingRoutes(deps: Deps): Hono<Authenticated> {
  const { db, now } = deps;
  const routes = new Hono<Authenticated>();
  const mayImport = [requireToken(deps), requireRole('marketer', 'admin')] as const;

  routes.get('/imports/mappings', ...mayImport, async (context) => {
    const { workspaceId } = context.get('caller');
    return context.json(await inWorkspace(db, workspaceId, (scope) => listMappings(scope, workspaceId)));
  });

  routes.put('/imports/mappings', ...mayImport, async (context) => {
    const { workspaceId, memberId } = context.get('caller');
    const request = await readBody(context, saveMappingRequestSchema);
    const kept = { ...request, savedBy: memberId, now: now() };
    const saved = await inWorkspace(db, workspaceId, (scope) => saveMapping(scope, workspaceId, kept));
    if (saved === null)
      throw new ProblemError(
        409,
        'too-many-mappings',
        `${mostMappings} mappings are kept already, which is all that fit. Delete one that is no longer used, or keep this one under the name of an older one.`,
      );
    return context.json(saved);
  });

  routes.patch('/imports/mappings/:id', ...mayImport, async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', mappingIdSchema);
    const { name } = await readBody(context, renameMappingRequestSchema);
    const saved = await inWorkspace(db, workspaceId, async (scope) => {
      if (await isNameTaken(scope, workspaceId, id, name))
        throw new ProblemError(409, 'name-taken', `Another mapping is kept as “${name}”. Choose another name.`);
      return (await renameMapping(scope, workspaceId, id, name)) ? readMapping(scope, workspaceId, id) : undefined;
    });
    if (saved === undefined) throw noSuchMapping();
    return context.json(saved);
  });

  routes.delete('/imports/mappings/:id', ...mayImport, async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', mappingIdSchema);
    const isGone = await inWorkspace(db, workspaceId, (scope) => dropMapping(scope, workspaceId, id));
    if (!isGone) throw noSuchMapping();
    return context.body(null, 204);
  });
  return routes;
}

function noSuchMapping(): ProblemError {
  return new ProblemError(404, 'not-found', 'There is no such mapping: somebody may have deleted it.');
}
