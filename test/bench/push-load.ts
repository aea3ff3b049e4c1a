import { randomUUID } from 'node:crypto';
import { Agent, request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { percentile } from './benchmark.ts';

/** What the second process is to do, as JSON on its command line. */
export interface PushRequest {
  url: string;
  /** One rep a token. */
  tokens: string[];
  /** Each rep's next sequence. */
  sequences: number[];
  contacts: string[];
  /** A rep rests so long between two pushes. */
  pauseMs: number;
}

/** What came of it, on its standard output. `sequences`: each rep's next. */
export interface PushResult {
  pushes: number;
  p50: number;
  p95: number;
  sequences: number[];
}

const agent = new Agent({ keepAlive: true });

/** By the least work there is: whoever pushes has a machine of their own, and here takes nothing more than needed of the one that is measured. */
function post(url: URL, token: string, body: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const sending = send(url, { method: 'POST', agent, headers }, (answer) => {
      text(answer).then((told) => resolve({ status: answer.statusCode, body: told }), reject);
    });
    sending.once('error', reject);
    sending.end(body);
  });
}

/** Reps push one verdict after the other until the standard input is closed. A process of its own: nothing that the benchmark does delays it. */
async function run(request: PushRequest): Promise<PushResult> {
  const samples: number[] = [];
  const url = new URL('/v1/push', request.url);
  let isOver = false;
  process.stdin.resume();
  process.stdin.once('end', () => {
    isOver = true;
  });
  const push = async (token: string, rep: number) => {
    let sequence = request.sequences[rep] ?? 1;
    for (; !isOver; sequence++) {
      const contactId = request.contacts[Math.floor(Math.random() * request.contacts.length)];
      const body = { verdictId: randomUUID(), contactId, value: 'weak', shown: null };
      const mutation = { sequence, at: new Date().toISOString(), kind: 'recordVerdict', body };
      const before = performance.now();
      const answer = await post(url, token, JSON.stringify({ mutations: [mutation] }));
      samples.push(performance.now() - before);
      if (answer.status !== 200) throw new Error(`A push was refused: ${answer.status} ${answer.body}`);
      await new Promise((done) => setTimeout(done, request.pauseMs));
    }
    return sequence;
  };
  const sequences = await Promise.all(request.tokens.map(push));
  return { pushes: samples.length, p50: percentile(samples, 0.5), p95: percentile(samples, 0.95), sequences };
}

process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2] ?? '{}') as PushRequest)));
