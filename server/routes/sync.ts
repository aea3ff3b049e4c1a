import { Hono } from 'hono';
import { z } from 'zod';
import { cursorSchema } from '#contract/feed.ts';
import { pushRequestSchema } from '#contract/mutation.ts';
import { requireToken } from '../auth/require-token.ts';
import type { Authenticated, Deps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { createLineBody } from '../sync/ndjson.ts';
import { pull } from '../sync/pull.ts';
import { push } from '../sync/push.ts';
import { writeSnapshot } from '../sync/snapshot.ts';
import { readBody, readQuery } from './read-request.ts';

const pullQuerySchema = z.object({ after: cursorSchema });

/** Push, pull, snapshot and live: the replica's way here and back. For every role. */
export function createSyncRoutes(deps: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  const signedIn = requireToken(deps);

  routes.post('/push', signedIn, async (context) => {
    const { mutations } = await readBody(context, pushRequestSchema);
    return context.json(await push(deps, context.get('caller'), mutations));
  });

  routes.get('/pull', signedIn, async (context) => {
    const { after } = readQuery(context, pullQuerySchema);
    return context.json(await pull(deps, context.get('caller'), after));
  });

  routes.get('/snapshot', signedIn, (context) => {
    const caller = context.get('caller');
    const isGzipped = /\bgzip\b/.test(context.req.header('Accept-Encoding') ?? '');
    const body = createLineBody(
      isGzipped,
      (take) => writeSnapshot(deps, caller, take),
      (error) => deps.log.error({ err: error }, 'a snapshot was cut off'),
    );
    const headers: Record<string, string> = { 'Content-Type': 'application/x-ndjson', Vary: 'Accept-Encoding' };
    if (isGzipped) headers['Content-Encoding'] = 'gzip';
    return context.body(body, 200, headers);
  });

  routes.get('/live', signedIn, (context) => {
    if (!deps.live || deps.isDraining?.()) {
      throw new ProblemError(503, 'draining', 'The store is going down or starting again; come back in a moment.', {
        headers: { 'Retry-After': '2' },
      });
    }
    return context.body(deps.live.open(context.get('caller')), 200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
  });

  return routes;
}
