import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../fixtures/exports/random.ts';

/** What the store answered, whole. */
export interface StoreAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** One request on its way to the store. */
export interface Passage {
  /** Asks the store: once more each time it is called. Rejects when the store is not there. */
  ask(): Promise<StoreAnswer>;
  /** Hands an answer on as it is. */
  hand(answer: StoreAnswer): void;
  /** Towards the device. */
  outgoing: ServerResponse;
  random: Random;
}

/** What befalls a request instead of a plain answer. */
export type Fault = (passage: Passage) => Promise<void>;

const longestDelayMs = 600;
const gatewayStatuses = [500, 502, 503, 504, 429];
const loginPage = '<!doctype html><title>Welcome to the hotel</title><form><input name="room"></form>';

/** Half of all gateways let the page's script read what they say, as the store does. */
function someCors(random: Random): Record<string, string> {
  return random.chance(0.5) ? { 'access-control-allow-origin': '*' } : {};
}

/** Headers for a body of another length than the store's. */
function withoutLength(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { 'content-length': _, 'transfer-encoding': __, connection: ___, ...kept } = headers;
  return kept;
}

async function drip(outgoing: ServerResponse, body: Buffer, ms: number): Promise<void> {
  const pieces = 8;
  for (let at = 0; at < pieces && !outgoing.destroyed; at++) {
    outgoing.write(body.subarray((at * body.length) / pieces, ((at + 1) * body.length) / pieces));
    await sleep(ms / pieces);
  }
}

/** Every fault by its name. None of them invents an answer that the store could have given. */
export const faults = {
  /** The request never arrives. */
  lost: async ({ outgoing }) => void outgoing.destroy(),

  /** The store does what it was asked, and the answer is lost. */
  async dropped({ ask, outgoing }) {
    await ask();
    outgoing.destroy();
  },

  /** A gateway, or the store itself, says that it cannot: before the store was asked, or after. */
  async stormy({ ask, outgoing, random }) {
    if (random.chance(0.3)) await ask();
    const status = random.pick(gatewayStatuses);
    const cors = someCors(random);
    if (random.chance(0.5)) {
      outgoing.writeHead(status, { 'content-type': 'text/html', ...cors }).end(`<h1>${status}</h1>`);
      return;
    }
    const body = { type: 'urn:baton:problem:draining', title: 'Later', status, detail: 'Not now.' };
    const later: Record<string, string> = random.chance(0.5) ? { 'retry-after': '1' } : {};
    outgoing
      .writeHead(status, { 'content-type': 'application/problem+json', ...later, ...cors })
      .end(JSON.stringify(body));
  },

  /** A network that wants a room number first: its page with status 200, in every disguise, or a way to it. */
  async portal({ outgoing, random }) {
    const cors = someCors(random);
    if (random.chance(0.2)) {
      outgoing.writeHead(302, { location: 'http://login.hotel.example/', ...cors }).end();
      return;
    }
    const [type, body] = random.pick([
      ['text/html; charset=utf-8', loginPage],
      ['application/json', loginPage],
      ['application/json', '{}'],
      ['application/x-ndjson', loginPage],
      ['application/octet-stream', loginPage],
    ] as const);
    outgoing.writeHead(200, { 'content-type': type, ...cors }).end(body);
  },

  /** The answer ends too early: with the connection, or as if that were all of it. */
  async truncated({ ask, outgoing, random }) {
    const { status, headers, body } = await ask();
    const part = body.subarray(0, Math.floor(body.length * random.next()));
    if (random.chance(0.5)) {
      outgoing.writeHead(status, { ...withoutLength(headers), 'content-length': part.length }).end(part);
      return;
    }
    outgoing.writeHead(status, { ...withoutLength(headers), 'content-length': body.length });
    outgoing.write(part, () => outgoing.destroy());
  },

  /** The request is long on its way, or the answer comes in small pieces. */
  async slow({ ask, hand, outgoing, random }) {
    const ms = random.next() * longestDelayMs;
    if (random.chance(0.5)) {
      await sleep(ms);
      hand(await ask());
      return;
    }
    const { status, headers, body } = await ask();
    outgoing.writeHead(status, headers);
    await drip(outgoing, body, ms);
    outgoing.end();
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
