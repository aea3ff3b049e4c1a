import { Hono } from 'hono';
import { keptDigestIdSchema } from '#contract/ids.ts';
import { editDigestSchema, keepDigestSchema } from '#contract/kept-digest.ts';
import { inWorkspace } from '../../db/scope.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { ProblemError } from '../../problem.ts';
import { lockImports } from '../../store/import-run.ts';
import { keepByHand, listKeptDigests, readKeptDigest } from '../../store/kept-digest.ts';
import { editKeptDigest } from '../../store/kept-digest-edit.ts';
import { readBody, readParam } from '../read-request.ts';

/** Digests as they stood: listed, read, kept by hand, and set right by hand. */
export function createKeptDigestRoutes({ db, now, pokes }: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();

  routes.get('/kept-digests', async (context) => {
    const { workspaceId } = context.get('caller');
    return context.json(await inWorkspace(db, workspaceId, (scope) => listKeptDigests(scope, workspaceId)));
  });

  routes.post('/kept-digests', async (context) => {
    const caller = context.get('caller');
    const wanted = await readBody(context, keepDigestSchema);
    const isKept = await inWorkspace(db, caller.workspaceId, async (scope) => {
      // Nobody may be erased between what is read and what is kept of it.
      await lockImports(scope, caller.workspaceId);
      return keepByHand(scope, caller, wanted, now());
    });
    if (!isKept)
      throw new ProblemError(422, 'too-many-kept', 'So many digests are kept by hand already that no more are taken.');
    pokes.poke(caller.workspaceId);
    return context.json({ id: wanted.id }, 201);
  });

  routes.get('/kept-digests/:id', async (context) => {
    const { workspaceId } = context.get('caller');
    const id = readParam(context, 'id', keptDigestIdSchema);
    const kept = await inWorkspace(db, workspaceId, (scope) => readKeptDigest(scope, workspaceId, id));
    if (kept === null) throw noSuchDigest();
    return context.json(kept);
  });

  routes.patch('/kept-digests/:id', async (context) => {
    const caller = context.get('caller');
    const id = readParam(context, 'id', keptDigestIdSchema);
    const edit = await readBody(context, editDigestSchema);
    const done = await inWorkspace(db, caller.workspaceId, (scope) => editKeptDigest(scope, caller, id, edit, now()));
    if (done === 'no-digest') throw noSuchDigest();
    if (done === 'no-line')
      throw new ProblemError(422, 'unknown-line', 'This insight is not among the lines that the digest shows.');
    return context.body(null, 204);
  });
  return routes;
}

function noSuchDigest(): ProblemError {
  return new ProblemError(404, 'not-found', 'No digest is kept by this id in the workspace.');
}
