import { request } from 'node:http';
import { z } from 'zod';
import { pullAnswerSchema } from '#contract/feed.ts';
import { createPlainCaller } from './plain-caller.ts';

/** What the process of the devices is to do, as JSON on its command line. */
export interface LiveRequest {
  url: string;
  /** One device a token. */
  tokens: string[];
  /** Where in the feed they all begin. */
  cursor: string;
  keyId: string;
  /** By streams, as usual; else by asking again and again, as behind a proxy that holds streams back. */
  byStream: boolean;
}

/** What it says of itself. `standing`: every device listens and has caught up. `seen`: all have this talking point; or those that have after a while. */
export type LiveReport =
  | { kind: 'standing' }
  | { kind: 'seen'; id: string; devices: number; at: { half: number; last: number }; cpuSeconds: number };

/** This machine's time in ms, the same in all of its processes, finer than a millisecond. */
export const readTime = (): number => performance.timeOrigin + performance.now();

const patienceMs = 20_000;
/** So many devices begin at the same time. */
const begunAtOnce = 25;
const changesSchema = pullAnswerSchema.options[0].pick({ to: true, more: true });
const pointsSchema = z.object({ talkingPoints: z.array(z.object({ id: z.string() })) });
const waitSchema = z.object({ moved: z.boolean(), at: z.string().nullable(), retryMs: z.number() });

type Ask = (path: string) => Promise<string>;

/** A device that pulls when it is poked: one pull at a time, and one more when a poke came meanwhile, as the extension does. */
function createPuller(ask: Ask, { cursor, keyId }: LiveRequest, onPoint: (id: string) => void) {
  let after = cursor;
  let running: Promise<void> | null = null;
  let isPoked = false;
  const pull = async (): Promise<void> => {
    do {
      isPoked = false;
      const answer: unknown = JSON.parse(await ask(`/v1/pull?after=${after}&keyId=${keyId}`));
      const { to, more } = changesSchema.parse(answer);
      after = to;
      isPoked ||= more;
      for (const { id } of pointsSchema.parse(answer).talkingPoints) onPoint(id);
    } while (isPoked);
  };
  return () => {
    isPoked = true;
    running ??= pull().finally(() => {
      running = null;
    });
    return running;
  };
}

/** Opens a stream; `onPoke` is called for each poke. Resolves with the first. */
function openStream(url: string, token: string, onPoke: () => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { hostname, port } = new URL(url);
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
  const asking = request({ hostname, port, path: '/v1/live', headers, agent: false }, (answer) => {
    if (answer.statusCode !== 200) reject(new Error(`No stream: ${answer.statusCode}`));
    answer.on('data', (part: Buffer) => {
      if (!part.includes('event: poke')) return;
      resolve();
      onPoke();
    });
    answer.on('error', reject);
  });
  asking.on('error', reject);
  asking.end();
  return promise;
}

/** Asks until something changed, and again; `onPoke` is called each time something did. Resolves with the first. */
async function askOnAndOn(ask: Ask, onPoke: () => void): Promise<void> {
  const next = async (at: string | null) => {
    const answer = waitSchema.parse(JSON.parse(await ask(`/v1/live/wait${at === null ? '' : `?after=${at}`}`)));
    if (answer.moved) onPoke();
    return answer.at;
  };
  let at = await next(null);
  void (async () => {
    for (;;) at = await next(at);
  })();
}

/** Holds the devices until the parent leaves. A process of its own: what it takes is not the store's. */
async function run(request: LiveRequest): Promise<void> {
  const { url, tokens } = request;
  const seenAt = new Map<string, number[]>();
  const onPoint = (id: string) => {
    const times = seenAt.get(id) ?? [];
    seenAt.set(id, [...times, readTime()]);
  };
  const begin = async (token: string) => {
    const pull = createPuller(createPlainCaller(url, token).call, request, onPoint);
    const onPoke = () => void pull();
    if (request.byStream) await openStream(url, token, onPoke);
    else await askOnAndOn(createPlainCaller(url, token).call, onPoke);
    await pull();
  };
  for (let from = 0; from < tokens.length; from += begunAtOnce)
    await Promise.all(tokens.slice(from, from + begunAtOnce).map(begin));
  report({ kind: 'standing' });
  process.on('message', async (id: string) => {
    const until = readTime() + patienceMs;
    while ((seenAt.get(id)?.length ?? 0) < tokens.length && readTime() < until)
      await new Promise((done) => setTimeout(done, 20));
    const times = (seenAt.get(id) ?? []).sort((one, other) => one - other);
    const at = { half: times[Math.floor(times.length / 2)] ?? Number.NaN, last: times.at(-1) ?? Number.NaN };
    const { user, system } = process.cpuUsage();
    report({ kind: 'seen', id, devices: times.length, at, cpuSeconds: (user + system) / 1e6 });
  });
  process.on('disconnect', () => process.exit());
}

const report = (line: LiveReport): void => void process.send?.(line);

if (process.send) await run(JSON.parse(process.argv[2] ?? '{}') as LiveRequest);
