import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** One public address before several nodes, as a company's load balancer is: connections go to a node that says it is ready. */
export interface Balancer {
  /** `http://localhost:<port>` */
  url: string;
  /** Where new connections go from now on, in turn. Each `http://localhost:<port>`. */
  setNodes(urls: readonly string[]): void;
  /** How many connections each node has got so far, by its url. */
  counts: Map<string, number>;
  close(): Promise<void>;
}

const lookMs = 100;

/** Starts one on a free port. A connection whose node dies is cut; the next one goes to another. */
export async function startBalancer(): Promise<Balancer> {
  let nodes: readonly string[] = [];
  const ready = new Set<string>();
  const counts = new Map<string, number>();
  const open = new Set<Socket>();
  let turn = 0;

  const look = async (): Promise<void> => {
    await Promise.all(
      nodes.map(async (url) => {
        const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1000) }).catch(() => null);
        await answer?.arrayBuffer().catch(() => undefined);
        if (answer?.ok) ready.add(url);
        else ready.delete(url);
      }),
    );
  };
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, lookMs);

  const server: Server = createServer({ pauseOnConnect: true }, (client) => {
    client.on('error', () => client.destroy());
    open.add(client);
    client.on('close', () => open.delete(client));
    const able = nodes.filter((url) => ready.has(url));
    const url = able[turn++ % Math.max(1, able.length)];
    if (url === undefined) return void client.destroy();
    counts.set(url, (counts.get(url) ?? 0) + 1);
    const node = connect(Number(new URL(url).port), '127.0.0.1');
    node.on('error', () => client.destroy());
    node.on('close', () => client.destroy());
    client.on('close', () => node.destroy());
    client.pipe(node);
    node.pipe(client);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    counts,
    setNodes(urls) {
      nodes = urls;
      for (const url of urls) ready.add(url);
    },
    async close() {
      clearInterval(timer);
      await looking;
      for (const socket of open) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
