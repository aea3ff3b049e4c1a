import { Hono } from 'hono';
import { requireToken } from '../auth/require-token.ts';
import type { Authenticated, Deps } from '../deps.ts';
import { createAgreementRoutes } from './agreements.ts';
import { createCopyRoutes } from './copy.ts';
import { createDeskRoutes } from './desk/desk.ts';
import { createMappingRoutes } from './import-mappings.ts';
import { createImportRoutes } from './imports.ts';
import { createDocumentRoutes } from './openapi.ts';
import { createOwnResultRoutes } from './own-results.ts';
import { createSessionRoutes } from './session.ts';
import { createSyncRoutes } from './sync.ts';

/** Routes behind the token check: they know their caller. */
function behindToken(create: (deps: Deps) => Hono<Authenticated>) {
  return (deps: Deps): Hono<Authenticated> =>
    new Hono<Authenticated>().use(requireToken(deps)).route('/', create(deps));
}

/** All routes below `/v1`, each with the path it is mounted on. What is not wrapped in `behindToken` checks its callers itself. A path that none answers is a 404 problem. */
export const routeEntries: readonly { path: string; create: (deps: Deps) => Hono<Authenticated> }[] = [
  { path: '/v1', create: createDocumentRoutes },
  { path: '/v1', create: createSessionRoutes },
  { path: '/v1', create: createSyncRoutes },
  { path: '/v1', create: createCopyRoutes },
  // Before the imports: `mappings` is no import's id.
  { path: '/v1', create: createMappingRoutes },
  { path: '/v1', create: createImportRoutes },
  { path: '/v1/agreements', create: behindToken(createAgreementRoutes) },
  { path: '/v1/own-results', create: behindToken(createOwnResultRoutes) },
  { path: '/v1/desk', create: behindToken(createDeskRoutes) },
];
