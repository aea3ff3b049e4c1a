import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { cors } from 'hono/cors';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { contractHeader, type Spoken, spoken } from '#contract/versions.ts';
import type { Authenticated, Deps } from './deps.ts';
import { refuseWhenFull } from './disk.ts';
import { describeFailure } from './failure.ts';
import { joinPage, joinPagePolicy } from './join-page.ts';
import { limitRate } from './limits/limit-rate.ts';
import { observeRequests } from './observe-requests.ts';
import { writeOlderAnswers } from './older-answers.ts';
import { operations } from './openapi/operations/registry.ts';
import { ProblemError } from './problem.ts';
import { listMethods } from './routes/allowed-methods.ts';
import { createHealthRoutes } from './routes/health.ts';
import { routeEntries } from './routes/registry.ts';
import { nameVersion, speakContract } from './speak-contract.ts';

/** An address longer than this is none of ours. In characters. */
const longestUrl = 8192;
const allowedHeaders = [
  'Authorization',
  'Content-Type',
  contractHeader,
  'Idempotency-Key',
  'If-None-Match',
  'If-Range',
  'Last-Event-ID',
  'Range',
];
const shownHeaders = [
  contractHeader,
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Idempotency-Replayed',
  'Allow',
  'ETag',
  'Accept-Ranges',
  'Content-Range',
  'WWW-Authenticate',
];

/** Builds the store's web application. Listens nowhere: `main.ts` does. `ours` is what it speaks of the contract; tests pass another. */
export function createApp(deps: Deps, ours: Spoken = spoken): Hono<Authenticated> {
  const app = new Hono<Authenticated>();

  app.use(observeRequests(deps));
  app.use(async (context, next) => {
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Cache-Control', context.res.headers.get('Cache-Control') ?? 'no-store');
    if (deps.publicUrl.protocol === 'https:') context.header('Strict-Transport-Security', 'max-age=31536000');
    if (!context.res.headers.has('Content-Security-Policy'))
      context.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  });

  // No cookie and nothing else ambient signs anybody in, so any origin may ask: without a token it learns nothing.
  app.use(
    '/v1/*',
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowHeaders: allowedHeaders,
      exposeHeaders: shownHeaders,
      maxAge: 86_400,
    }),
  );
  app.use('/v1/*', limitRate(deps.limits));
  app.use('/v1/*', speakContract(ours));
  app.use('/v1/*', writeOlderAnswers);
  app.use('/v1/*', (context, next) => {
    refuseWhenFull(deps.disk, context.req.method, context.req.path);
    return next();
  });
  app.use('/v1/*', (context, next) => {
    if (context.req.url.length > longestUrl)
      throw new ProblemError(414, 'url-too-long', 'The address of this request is longer than any of the store’s.');
    return next();
  });

  // Pull and snapshot compress by themselves what is worth it; the live stream must not wait for a full block.
  app.use('/v1/desk/*', compress());

  app.get('/join', (context) => {
    context.header('Content-Security-Policy', joinPagePolicy);
    return context.html(joinPage);
  });
  app.get('/', (context) => context.redirect('/join'));
  app.route('/', createHealthRoutes(deps));
  for (const { path, create } of routeEntries) app.route(path, create(deps));

  const send = (error: ProblemError, context: Context): Response =>
    sendProblem(error, nameVersion((context.get('contract') as number | undefined) ?? ours.version, ours));
  app.notFound((context) => {
    const methods = listMethods(operations, context.req.path);
    if (methods.length === 0)
      return send(new ProblemError(404, 'not-found', 'There is nothing under this address.'), context);
    const headers = { Allow: methods.join(', ') };
    const detail = `${context.req.method} is not possible here; ${methods.join(' and ')} ${methods.length === 1 ? 'is' : 'are'}.`;
    return send(new ProblemError(405, 'method', detail, { headers }), context);
  });
  app.onError((error, context) =>
    send(
      describeFailure(error, {
        log: deps.log,
        method: context.req.method,
        path: context.req.routePath,
        disk: deps.disk,
      }),
      context,
    ),
  );
  return app;
}

function sendProblem({ problem, headers }: ProblemError, version: Record<string, string>): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status as ContentfulStatusCode,
    headers: {
      'Content-Type': 'application/problem+json',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': shownHeaders.join(', '),
      ...version,
      ...headers,
    },
  });
}
