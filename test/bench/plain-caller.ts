import { Agent, request } from 'node:http';

/** Asks a store over one connection that is kept, with as little work of its own as Node allows: the store is measured, not its caller. */
export interface PlainCaller {
  /** Answers the body. Rejects on any status but 200. */
  call(path: string, body?: string): Promise<string>;
  close(): void;
}

/** Makes one for a device. */
export function createPlainCaller(url: string, token: string): PlainCaller {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(url);
  const authorization = `Bearer ${token}`;
  return {
    call(path, body) {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
      const method = body === undefined ? 'GET' : 'POST';
      const asking = request({ agent, hostname, port, path, method, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (answer.statusCode === 200) resolve(text);
          else reject(new Error(`${path}: ${answer.statusCode} ${text}`));
        });
      });
      asking.on('error', reject);
      asking.end(body);
      return promise;
    },
    close: () => agent.destroy(),
  };
}
