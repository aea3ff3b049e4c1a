import { type Context, Hono } from 'hono';
import { type BundlesAnswer, bundlesRequestSchema, packedQuerySchema } from '#contract/packed.ts';
import { requireToken } from '../auth/require-token.ts';
import { inFrozenWorkspace, inWorkspace } from '../db/scope.ts';
import type { Authenticated, Deps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { readBundles } from '../store/bundle.ts';
import { findWishedKey, noteDeviceKey, readHashKeys } from '../store/hash-key.ts';
import { keepHeld, readTerritories } from '../store/territory.ts';
import { readOwnPart } from '../sync/own-part.ts';
import type { KeptFile } from '../sync/packed/kept-file.ts';
import { isKnown, readRange } from './byte-range.ts';
import { readBody, readQuery } from './read-request.ts';
import { sendJson } from './send-json.ts';

/** The whole copy in its packed form, and the parts of it that are not in there. For every role. */
export function createCopyRoutes(deps: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  const signedIn = requireToken(deps);

  routes.get('/snapshot/packed', signedIn, async (context) => {
    const { keyId = null } = readQuery(context, packedQuerySchema);
    if (!deps.packed || deps.isDraining?.())
      throw new ProblemError(503, 'draining', 'The store is going down or starting again; come back in a moment.', {
        headers: { 'Retry-After': '2' },
      });
    const { workspaceId, memberId, deviceId } = context.get('caller');
    const etag = context.req.header('If-Range') ?? context.req.header('If-None-Match') ?? null;
    const answer = await deps.packed.ask({ workspaceId, memberId, keyId, etag });
    if (answer === null) throw keyGone();
    if (keyId !== null)
      await inWorkspace(deps.db, workspaceId, (scope) => noteDeviceKey(scope, workspaceId, deviceId, keyId));
    if ('stream' in answer) return sendFile(context, answer);
    deps.metrics?.notePackedAnswer('waiting');
    return context.json(answer, 202, { 'Retry-After': '1' });
  });

  /** Of the file what the request's conditions ask for (RFC 9110). */
  function sendFile(context: Context, file: KeptFile): Response {
    const { etag, bytes } = file;
    const headers = { ETag: etag, 'Accept-Ranges': 'bytes' };
    if (isKnown(context.req.header('If-None-Match'), etag)) {
      deps.metrics?.notePackedAnswer('unchanged');
      return context.body(null, 304, headers);
    }
    const range = readRange({ range: context.req.header('Range'), ifRange: context.req.header('If-Range') }, file);
    if (range === 'beyond') {
      const about = { ...headers, 'Content-Range': `bytes */${bytes}` };
      throw new ProblemError(416, 'range', `This file has ${bytes} bytes.`, { headers: about });
    }
    const { from, to } = range === 'whole' ? { from: 0, to: bytes } : range;
    deps.metrics?.notePackedAnswer(range === 'whole' ? 'whole' : 'part');
    return context.body(file.stream(from, to), range === 'whole' ? 200 : 206, {
      ...headers,
      'Content-Type': 'application/vnd.baton.packed',
      'Content-Length': String(to - from),
      ...(range === 'whole' ? {} : { 'Content-Range': `bytes ${from}-${to - 1}/${bytes}` }),
    });
  }

  routes.get('/snapshot/mine', signedIn, async (context) => {
    const caller = context.get('caller');
    const own = await inFrozenWorkspace(deps.db, caller.workspaceId, (scope) => readOwnPart(scope, caller, deps.now()));
    return sendJson(context, own);
  });

  routes.post('/bundles', signedIn, async (context) => {
    const { workspaceId, memberId } = context.get('caller');
    const { ids, keyId = null } = await readBody(context, bundlesRequestSchema);
    const now = deps.now();
    const bundles = await inWorkspace(deps.db, workspaceId, async (scope) => {
      const [territories, keys] = await Promise.all([
        readTerritories(scope, workspaceId, memberId),
        readHashKeys(scope, workspaceId),
      ]);
      const key = findWishedKey(keys, keyId);
      if (key === null) throw keyGone();
      const held = await keepHeld(scope, workspaceId, [...new Set(ids)], territories);
      return readBundles(scope, workspaceId, held, key, now);
    });
    const answer: BundlesAnswer = { bundles, storeTime: now.toISOString() };
    return sendJson(context, answer);
  });

  return routes;
}

function keyGone(): ProblemError {
  return new ProblemError(409, 'key-gone', 'The workspace’s key for identifiers is another one by now.');
}
