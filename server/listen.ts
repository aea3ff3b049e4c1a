import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Authenticated } from './deps.ts';
import { Refusal } from './refusal.ts';

/** A taken port. */
export interface Listening {
  server: Server;
  port: number;
  /** Answers requests with the application from now on; those that came before have waited for it. */
  serve(app: Hono<Authenticated>): void;
}

/** Takes the port (0: a free one). Throws a `Refusal` when it is taken, or not ours to take. */
export async function takePort(host: string, port: number): Promise<Listening> {
  const app = Promise.withResolvers<Hono<Authenticated>>();
  const answer = app.promise.then((ready) => getRequestListener(ready.fetch));
  const server = createServer((request, response) => void answer.then((listener) => listener(request, response)));
  server.keepAliveTimeout = 65_000;
  // An import's file comes as slowly as the database takes it in; Node would cut it after 5 minutes.
  server.requestTimeout = 3_600_000;
  await new Promise<void>((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => fail(new Refusal(explain(cause, host, port), { cause })));
    server.listen(port, host, done);
  });
  return { server, port: (server.address() as AddressInfo).port, serve: app.resolve };
}

/** Stops taking connections and waits for the requests that run, `patienceMs` at most; then cuts what is left. */
export async function closeServer(server: Server, patienceMs: number): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearTimeout(cut);
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} on ${host} is taken by another program. Stop that one, or set PORT to another number.`;
  if (error.code === 'EACCES') return `This user may not listen on port ${port}. Set PORT to a number above 1023.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `HOST is ${host}, which is no address of this machine.`;
  return `The store cannot listen on ${host}:${port}: ${error.message}.`;
}
