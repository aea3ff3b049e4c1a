import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../fixtures/exports/random.ts';
import { type FaultName, faults, type StoreAnswer } from './faults.ts';

/** How many of the requests meet which fault, as shares of 1; at most one each. `replayed`, drawn apart: so many reach the store a second time, at once or later. */
export type Weather = Partial<Record<FaultName, number>> & { replayed?: number };

/** Where a request is stopped: before the store is asked; when the answer is there and not handed on; when half of it is handed on; when all of it is. */
export type CatchPoint = 'asked' | 'answered' | 'half' | 'handed';

/** A request that is stopped on its way. At `handed` nothing is held back. */
export interface Catch {
  /** Resolves when one has come there. Rejects when none does within 10 s. */
  caught: Promise<void>;
  /** Lets it, or whatever would come, go on. */
  letGo(): void;
}

/** A real proxy between devices and a store, which is as bad as it is told to be. */
export interface FaultProxy {
  url: string;
  /** The same invite, taken through the proxy. */
  leadThrough(inviteLink: string): string;
  /** How it is from now on; null: fair. */
  setWeather(weather: Weather | null): void;
  /** Whether answers are gathered until they are whole, as many a company's proxy does: of a stream, which never is, nothing arrives. */
  setGathers(gathers: boolean): void;
  /** Stops the next request whose path begins so, at this point. One at a time. */
  catchNext(path: string, at: CatchPoint): Catch;
  /** How many requests came, and how many met which fault. */
  counts: Record<string, number>;
  close(): Promise<void>;
}

interface Trap {
  path: string;
  at: CatchPoint;
  note(): void;
  gone: Promise<void>;
}

const catchMs = 10_000;
const longestReplayMs = 400;

/** Starts a proxy in front of the store at this address, on a free port of this machine. The same seed draws the same faults for the same requests. */
export async function startFaultProxy(storeUrl: string, seed: number): Promise<FaultProxy> {
  const random = createRandom(seed);
  const counts: Record<string, number> = { requests: 0 };
  let weather: Weather = {};
  let gathers = false;
  let trap: Trap | null = null;
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };

  /** The fault that this request meets; null: none. */
  function drawFault(): FaultName | null {
    let drawn = random.next();
    for (const name of Object.keys(faults) as FaultName[]) {
      drawn -= weather[name] ?? 0;
      if (drawn < 0) return name;
    }
    return null;
  }

  async function replay(request: () => Promise<StoreAnswer>): Promise<void> {
    if (random.chance(0.5)) await sleep(random.next() * longestReplayMs);
    await request().catch(() => undefined);
  }

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray());
    count('requests');
    const request = () => askStore(storeUrl, incoming, body);
    const hand = ({ status, headers, body: whole }: StoreAnswer) => void outgoing.writeHead(status, headers).end(whole);
    const path = incoming.url ?? '/';
    if (path.startsWith('/v1/live')) {
      if (incoming.method !== 'OPTIONS') count(path.startsWith('/v1/live/wait') ? 'questions' : 'streams');
      return passStream(storeUrl, incoming, outgoing, gathers);
    }
    const stop = incoming.method !== 'OPTIONS' && trap !== null && path.startsWith(trap.path) ? trap : null;
    if (stop !== null) {
      trap = null;
      return passTrap(stop, request, outgoing);
    }
    if (incoming.method !== 'OPTIONS' && random.chance(weather.replayed ?? 0)) {
      count('replayed');
      void replay(request);
    }
    const fault = drawFault();
    if (fault === null) return hand(await request());
    count(fault);
    await faults[fault]({ ask: request, hand, outgoing, random });
  }

  const server = createServer((incoming, outgoing) => {
    // A store that is not there is a connection that breaks.
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url,
    counts,
    leadThrough(inviteLink) {
      if (!inviteLink.startsWith(storeUrl))
        throw new Error(`The invite ${inviteLink} is not of the store ${storeUrl}.`);
      return url + inviteLink.slice(storeUrl.length);
    },
    setWeather(next) {
      weather = next ?? {};
    },
    setGathers(does) {
      gathers = does;
    },
    catchNext(path, at) {
      const noted = Promise.withResolvers<void>();
      const gone = Promise.withResolvers<void>();
      const timer = setTimeout(() => noted.reject(new Error(`No request to ${path} was ${at} within 10 s.`)), catchMs);
      const mine: Trap = { path, at, note: noted.resolve, gone: gone.promise };
      trap = mine;
      const letGo = () => {
        if (trap === mine) trap = null;
        clearTimeout(timer);
        gone.resolve();
      };
      return { caught: noted.promise.finally(() => clearTimeout(timer)), letGo };
    },
    close: () => closeServer(server),
  };
}

async function passTrap(
  { at, note, gone }: Trap,
  request: () => Promise<StoreAnswer>,
  outgoing: ServerResponse,
): Promise<void> {
  if (at === 'asked') {
    note();
    await gone;
  }
  const { status, headers, body } = await request();
  if (at === 'answered') {
    note();
    await gone;
  }
  outgoing.writeHead(status, headers);
  const half = Math.floor(body.length / 2);
  if (at === 'half') {
    await new Promise((done) => outgoing.write(body.subarray(0, half), done));
    note();
    await gone;
    outgoing.end(body.subarray(half));
    return;
  }
  outgoing.end(body, at === 'handed' ? note : undefined);
}

function headersOf({ headers }: IncomingMessage, storeUrl: string): Record<string, string | string[] | undefined> {
  // Compressed or not, half an answer is half an answer; uncompressed, its middle is the middle of what it says.
  return { ...headers, host: new URL(storeUrl).host, 'accept-encoding': 'identity', connection: 'close' };
}

/** The request as it came, to the store; its answer, whole. */
function askStore(storeUrl: string, incoming: IncomingMessage, body: Buffer): Promise<StoreAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<StoreAnswer>();
  const onward = ask(
    new URL(incoming.url ?? '/', storeUrl),
    { method: incoming.method ?? 'GET', headers: headersOf(incoming, storeUrl) },
    async (answer) => {
      try {
        const whole = Buffer.concat(await answer.toArray());
        const { connection: _, 'transfer-encoding': __, 'keep-alive': ___, ...headers } = answer.headers;
        resolve({ status: answer.statusCode ?? 502, headers, body: whole });
      } catch (error) {
        reject(error);
      }
    },
  );
  onward.on('error', reject);
  onward.end(body);
  return promise;
}

/** A stream of pokes is handed on as it comes, or gathered first. */
function passStream(storeUrl: string, incoming: IncomingMessage, outgoing: ServerResponse, gathers: boolean): void {
  const onward = ask(
    new URL(incoming.url ?? '/', storeUrl),
    { method: incoming.method ?? 'GET', headers: headersOf(incoming, storeUrl) },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      if (gathers)
        answer.toArray().then(
          (parts) => outgoing.end(Buffer.concat(parts)),
          () => outgoing.destroy(),
        );
      else answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    },
  );
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  onward.end();
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
