import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { cors } from 'hono/cors';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { contractVersion } from '#contract/session.ts';
import type { Authenticated, Deps } from './deps.ts';
import { describeFailure } from './failure.ts';
import { joinPage, joinPagePolicy } from './join-page.ts';
import { ProblemError } from './problem.ts';
import { createHealthRoutes } from './routes/health.ts';
import { routeEntries } from './routes/registry.ts';

/** A request's body, but for an import's file, which its own route reads as a stream under its own limit. */
const largestBody = 2 * 1024 * 1024;
const uploadPath = /^\/v1\/imports\/[^/]+\/file$/;

/** Builds the store's web application. Listens nowhere: `main.ts` does. */
export function createApp(deps: Deps): Hono<Authenticated> {
  const app = new Hono<Authenticated>();

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
      allowHeaders: ['Authorization', 'Content-Type', 'Baton-Contract', 'If-None-Match', 'Last-Event-ID'],
      exposeHeaders: ['Baton-Contract', 'Retry-After', 'ETag', 'WWW-Authenticate'],
      maxAge: 86_400,
    }),
  );
  app.use('/v1/*', async (context, next) => {
    context.header('Baton-Contract', String(contractVersion));
    await next();
  });
  const limit = bodyLimit({
    maxSize: largestBody,
    onError: () => {
      throw new ProblemError(413, 'too-large', `The request is larger than ${largestBody / 1024 / 1024} MB.`);
    },
  });
  app.use('/v1/*', (context, next) => (uploadPath.test(context.req.path) ? next() : limit(context, next)));

  // A page of bundles is megabytes of text; the snapshot compresses itself, the live stream must not wait for a full block.
  for (const path of ['/v1/pull', '/v1/desk/*']) app.use(path, compress());

  app.get('/join', (context) => {
    context.header('Content-Security-Policy', joinPagePolicy);
    return context.html(joinPage);
  });
  app.get('/', (context) => context.redirect('/join'));
  app.route('/', createHealthRoutes(deps));
  for (const { path, create } of routeEntries) app.route(path, create(deps));

  app.notFound(() => sendProblem(new ProblemError(404, 'not-found', 'There is nothing under this address.')));
  app.onError((error, context) =>
    sendProblem(describeFailure(error, { log: deps.log, method: context.req.method, path: context.req.routePath })),
  );
  return app;
}

function sendProblem({ problem, headers }: ProblemError): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status as ContentfulStatusCode,
    headers: {
      'Content-Type': 'application/problem+json',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'Baton-Contract, Retry-After, WWW-Authenticate',
      'Baton-Contract': String(contractVersion),
      ...headers,
    },
  });
}
