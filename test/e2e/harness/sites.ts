import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

/** What a sample site answers. */
export interface SiteAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** Answers a request for a host and a path (query included), or null when the sample has no such page. */
export type Respond = (host: string, path: string) => SiteAnswer | null | Promise<SiteAnswer | null>;

/** A running TLS server on this machine. */
export interface Sites {
  port: number;
  /** Every request in order, as `GET https://host/path`. */
  requests: string[];
  close(): Promise<void>;
}

/**
 * Serves sample pages over TLS on a free port of this machine, under whatever host name the browser asked for.
 * The certificate is made anew and signed by itself; the browsers of the harness take it.
 */
export async function serveSites(hosts: readonly string[], respond: Respond): Promise<Sites> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'baton sample sites' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) }],
  });
  const requests: string[] = [];
  const server = createServer({ key, cert }, async (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const path = request.url ?? '/';
    requests.push(`${request.method} https://${host}${path}`);
    try {
      const answer = await respond(host, path);
      if (!answer) {
        response.writeHead(404, { 'content-type': 'text/plain' }).end(`The sample has no ${host}${path}.`);
        return;
      }
      response.writeHead(answer.status, answer.headers).end(answer.body);
    } catch (error) {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
