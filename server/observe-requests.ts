import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { Authenticated, Caller, Deps } from './deps.ts';

/** A proxy's own id is taken over when it can only be one: hexadecimal and dashes. Anybody may send the header, with anything in it. */
const requestIdForm = /^[0-9a-f-]{16,64}$/i;

/**
 * Counts and logs each request by its route's pattern, and names it by `X-Request-Id` in answer and log. The log line holds no address, no query, no header
 * and no body; the device is its id, which says nothing without the database. To stand before every other middleware.
 */
export function observeRequests(deps: Deps) {
  return createMiddleware<Authenticated>(async (context, next) => {
    const startedAt = performance.now();
    const given = context.req.header('X-Request-Id') ?? '';
    const requestId = requestIdForm.test(given) ? given : randomUUID();
    await next();
    const { headers, status } = context.res;
    headers.set('X-Request-Id', requestId);
    // A client that keeps its connection would stay with this node to the end.
    if (deps.isDraining?.()) headers.set('Connection', 'close');
    const ms = performance.now() - startedAt;
    const { method } = context.req;
    const route = nameRoute(context);
    deps.metrics?.noteRequest({ method, route, status, seconds: ms / 1000 });
    // Absent where nobody had to sign in, or the route looks at the token itself.
    const caller = context.get('caller') as Caller | undefined;
    const line = { requestId, method, route, status, ms: Math.round(ms * 10) / 10, device: caller?.deviceId };
    if (status >= 500) deps.log.warn(line, 'request');
    else if (route === '/healthz' || route === '/readyz') deps.log.debug(line, 'request');
    else deps.log.info(line, 'request');
  });
}

/** The pattern of the route that answered, as it stands in the code; `none` where no route did. */
function nameRoute(context: Context): string {
  const pattern = routePath(context, -1);
  return pattern.endsWith('*') ? 'none' : pattern;
}
