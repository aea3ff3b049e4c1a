import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Authenticated } from './deps.ts';
import { Refusal } from './refusal.ts';

/** Takes the port. Answers the server and the port it got (`port` 0 takes a free one). Requests that come before `serve` wait for it. Throws a `Refusal` when the port is taken. */
export async function takePort(host: string, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => fail(new Refusal(explain(cause, host, port), { cause })));
    server.listen(port, host, done);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** Answers requests with the application from now on. */
export function serveApp(server: Server, app: Hono<Authenticated>): void {
  server.keepAliveTimeout = 65_000;
  server.on('request', getRequestListener(app.fetch));
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
