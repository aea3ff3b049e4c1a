import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy as companies have them before a store: it can hold a stream back until that ends, as one that buffers does. */
export interface HoldingProxy {
  /** `http://localhost:<port>` */
  url: string;
  /** Whether streams that begin from now on are held back. */
  isHolding: boolean;
  /** The paths asked for so far, in order, without what is asked about. */
  paths: string[];
  /** The most live connections that were open at the same time. */
  mostOpen(): number;
  close(): Promise<void>;
}

/** Starts one on a free port, which holds. */
export async function startHoldingProxy(storeUrl: string): Promise<HoldingProxy> {
  let [open, most] = [0, 0];
  const proxy: Pick<HoldingProxy, 'isHolding' | 'paths'> = { isHolding: true, paths: [] };

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const path = incoming.url ?? '/';
    proxy.paths.push(path.replace(/\?.*/, ''));
    if (path.startsWith('/v1/live')) {
      open += 1;
      most = Math.max(most, open);
      outgoing.on('close', () => {
        open -= 1;
      });
    }
    const { host: _, ...headers } = incoming.headers;
    const onward = ask(new URL(path, storeUrl), { method: incoming.method ?? 'GET', headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
      const isHeld = proxy.isHolding && answer.headers['content-type'] === 'text/event-stream';
      answer.on('error', () => outgoing.destroy());
      if (isHeld)
        void answer.toArray().then(
          (parts: Buffer[]) => outgoing.end(Buffer.concat(parts)),
          () => undefined,
        );
      else answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  const server: Server = createServer(pass);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(proxy, {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    mostOpen: () => most,
    close() {
      server.closeAllConnections();
      return new Promise<void>((done) => server.close(() => done()));
    },
  });
}
