import { request as ask, createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { generate } from 'selfsigned';
import type { Recorded } from './recorder.ts';
import type { Respond } from './sites.ts';

/** One request of a browser, to anybody. */
export interface Seen extends Recorded {
  /** Whom it went to, with the port where it is not the usual one. */
  host: string;
  /** When, in milliseconds of `performance.now()`. */
  at: number;
}

/** A proxy through which a whole browser goes, that sees inside of TLS. */
export interface Traffic {
  port: number;
  /** Every request in order, whoever made it and whomever it was for. */
  requests: Seen[];
  close(): Promise<void>;
}

const openers: Record<string, (body: Buffer) => Buffer> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/** A body as it was before it was packed; as it is when its packing is none or not known. */
export function unpack(body: Buffer, encoding: string | undefined): Buffer {
  const open = openers[encoding ?? ''];
  try {
    return open === undefined ? body : open(body);
  } catch {
    return body;
  }
}

function writeDown(incoming: IncomingMessage, url: URL, body: Buffer): Seen {
  const headers = incoming.rawHeaders
    .flatMap((name, index, all) => (index % 2 === 0 ? [`${name.toLowerCase()}: ${all[index + 1]}`] : []))
    .join('\n');
  const text = unpack(body, incoming.headers['content-encoding']).toString('latin1');
  const path = `${url.pathname}${url.search}`;
  return { host: url.host, method: incoming.method ?? '', path, headers, body: text, at: performance.now() };
}

/**
 * Starts the proxy. It ends TLS with a certificate of its own, for whatever host: `respond` answers for the sample sites, what goes to this machine (the store)
 * is handed on, and everybody else is told that there is no such page: nothing gets out, and all of it is seen.
 */
export async function watchTraffic(sites: readonly string[], respond: Respond): Promise<Traffic> {
  const requests: Seen[] = [];
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'baton traffic' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: sites.map((value) => ({ type: 2, value })) }],
  });

  const answerOver =
    (scheme: string): RequestListener =>
    async (incoming, outgoing) => {
      try {
        const url = new URL(incoming.url ?? '/', `${scheme}://${incoming.headers.host}`);
        const body = Buffer.concat(await incoming.toArray());
        requests.push(writeDown(incoming, url, body));
        if (url.hostname === 'localhost' || url.hostname === '127.0.0.1') return handOn(url, incoming, body, outgoing);
        const answer = await respond(url.hostname, `${url.pathname}${url.search}`);
        if (answer === null) outgoing.writeHead(404).end();
        else outgoing.writeHead(answer.status, answer.headers).end(answer.body);
      } catch {
        outgoing.destroy();
      }
    };

  const inside = createTlsServer({ key, cert }, answerOver('https'));
  const server = createServer(answerOver('http'));
  server.on('connect', (_request, socket, head) => {
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connected\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    inside.emit('connection', socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close() {
      inside.closeAllConnections();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function handOn(url: URL, incoming: IncomingMessage, body: Buffer, outgoing: Parameters<RequestListener>[1]): void {
  const onward = ask(url, { method: incoming.method ?? 'GET', headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  onward.end(body);
}
