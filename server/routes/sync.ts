import { type Context, Hono } from 'hono';
import { liveWaitQuerySchema, pullQuerySchema, snapshotQuerySchema } from '#contract/feed.ts';
import { pushRequestSchema } from '#contract/mutation.ts';
import { identifyCaller, readClaim, requireToken } from '../auth/require-token.ts';
import type { Authenticated, Deps, Live } from '../deps.ts';
import { pushBytes } from '../limits/read-text.ts';
import { ProblemError } from '../problem.ts';
import { chooseCopyKey } from '../sync/choose-copy-key.ts';
import { createLineBody } from '../sync/ndjson.ts';
import { pull } from '../sync/pull.ts';
import { push } from '../sync/push.ts';
import { writeSnapshot } from '../sync/snapshot.ts';
import { readBody, readQuery } from './read-request.ts';
import { sendJson } from './send-json.ts';

/** Push, pull, snapshot and live: the replica's way here and back. For every role. */
export function createSyncRoutes(deps: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  const signedIn = requireToken(deps);

  // These two look at their token inside the transaction in which they work: a revoked device is refused by it just the same, two round trips cheaper.
  routes.post('/push', async (context) => {
    const claim = readClaim(context.req.header('Authorization'));
    const { mutations } = await admitFirst(context, () => readBody(context, pushRequestSchema, pushBytes));
    return context.json(await push(deps, claim, mutations));
  });

  routes.get('/pull', async (context) => {
    const claim = readClaim(context.req.header('Authorization'));
    const { after, keyId = null } = await admitFirst(context, async () => readQuery(context, pullQuerySchema));
    return sendJson(context, await pull(deps, claim, { after, keyId, contract: context.get('contract') }));
  });

  /** What is wrong with a request is told only to whom the store knows. */
  async function admitFirst<T>(context: Context, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      await identifyCaller(deps, context.req.header('Authorization'));
      throw error;
    }
  }

  routes.get('/snapshot', signedIn, async (context) => {
    const caller = context.get('caller');
    const { keyId = null } = readQuery(context, snapshotQuerySchema);
    const key = await chooseCopyKey(deps, caller, keyId);
    const isGzipped = /\bgzip\b/.test(context.req.header('Accept-Encoding') ?? '');
    const body = createLineBody(
      isGzipped,
      async (take) => {
        await writeSnapshot(deps, caller, key, take);
        deps.metrics?.noteSnapshot('whole');
      },
      (error) => {
        deps.metrics?.noteSnapshot('cut');
        deps.log.error({ err: error }, 'a snapshot was cut off');
      },
    );
    const headers: Record<string, string> = { 'Content-Type': 'application/x-ndjson', Vary: 'Accept-Encoding' };
    if (isGzipped) headers['Content-Encoding'] = 'gzip';
    return context.body(body, 200, headers);
  });

  function requireLive(): Live {
    if (deps.live && !deps.isDraining?.()) return deps.live;
    throw new ProblemError(503, 'draining', 'The store is going down or starting again; come back in a moment.', {
      headers: { 'Retry-After': '2' },
    });
  }

  routes.get('/live', signedIn, (context) =>
    context.body(requireLive().open(context.get('caller')), 200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    }),
  );

  routes.get('/live/wait', signedIn, async (context) => {
    const { after = null } = readQuery(context, liveWaitQuerySchema);
    return context.json(await requireLive().wait(context.get('caller'), after, context.req.raw.signal));
  });

  return routes;
}
