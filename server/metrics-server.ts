import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { hashSecret } from './auth/secret.ts';
import type { Metrics } from './metrics.ts';
import { Refusal } from './refusal.ts';

/** Where figures are served, and to whom: `token` null lets everybody in who reaches the port. */
export interface MetricsPlace {
  host: string;
  port: number;
  token: string | null;
}

/**
 * Serves `GET /metrics` on a port of its own, which no proxy of the store's leads to. Throws a `Refusal` when the port cannot be taken.
 * The server does not keep the process alive.
 */
export async function serveMetrics(metrics: Metrics, place: MetricsPlace): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (!mayRead(place.token, request.headers.authorization)) {
      response.writeHead(401, { 'WWW-Authenticate': 'Bearer realm="Baton metrics"' }).end();
      return;
    }
    if (request.url?.split('?')[0] !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404).end();
      return;
    }
    try {
      const { text, contentType } = await metrics.describe();
      response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' }).end(text);
    } catch {
      response.writeHead(500).end();
    }
  });
  await new Promise<void>((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      fail(
        new Refusal(
          `The figures cannot be served on ${place.host}:${place.port} (${cause.code}). Set METRICS_PORT to another number, or leave it out.`,
          { cause },
        ),
      ),
    );
    server.listen(place.port, place.host, done);
  });
  server.unref();
  return server;
}

function mayRead(token: string | null, authorization: string | undefined): boolean {
  if (token === null) return true;
  const given = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(hashSecret(given), hashSecret(token));
}
