import { request as ask, createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it went to the store, every byte of it as text. */
export interface Recorded {
  method: string;
  /** Path and query. */
  path: string;
  /** Name and value a line, in small letters, in the order sent; host and connection left out. */
  headers: string;
  body: string;
}

/** A listener between browsers and a store: it hands on what comes and writes down what goes there. */
export interface Recorder {
  url: string;
  /** Every request in order, written down before it is handed on. */
  requests: Recorded[];
  /** True: nobody gets through, as in a tunnel; what stood is cut. */
  isCut: boolean;
  /** The same invite, taken through the recorder. */
  leadThrough(inviteLink: string): string;
  close(): Promise<void>;
}

const ofTheLine = new Set(['host', 'connection', 'keep-alive', 'content-length', 'transfer-encoding']);

/** Starts a recorder in front of the store at this address, on a free port of this machine. */
export async function recordStore(storeUrl: string): Promise<Recorder> {
  const requests: Recorded[] = [];
  let isCut = false;
  const server = createServer(async (incoming, outgoing): Promise<void> => {
    if (isCut) {
      incoming.destroy();
      return;
    }
    const body = Buffer.concat(await incoming.toArray());
    requests.push(writeDown(incoming, body));
    const onward = ask(
      new URL(incoming.url ?? '/', storeUrl),
      { method: incoming.method ?? 'GET', headers: { ...incoming.headers, host: new URL(storeUrl).host } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
        answer.on('error', () => outgoing.destroy());
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    get isCut() {
      return isCut;
    },
    set isCut(next) {
      isCut = next;
      if (next) server.closeAllConnections();
    },
    leadThrough(inviteLink) {
      if (!inviteLink.startsWith(storeUrl))
        throw new Error(`The invite ${inviteLink} is not of the store ${storeUrl}.`);
      return url + inviteLink.slice(storeUrl.length);
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function writeDown(incoming: IncomingMessage, body: Buffer): Recorded {
  const pairs = incoming.rawHeaders.flatMap((name, index, all) =>
    index % 2 === 0 ? [`${name.toLowerCase()}: ${all[index + 1]}`] : [],
  );
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: pairs.filter((pair) => !ofTheLine.has(pair.split(':')[0] ?? '')).join('\n'),
    body: body.toString('latin1'),
  };
}
