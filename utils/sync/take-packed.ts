import { ownPartSchema, type PackedHead, packingSchema } from '#contract/packed.ts';
import {
  type Arrival,
  beginArrival,
  dropArrival,
  nextByte,
  readArrival,
  takeHead,
  takeSections,
} from '../replica/packed/arrival.ts';
import { BrokenCopy } from '../replica/packed/broken-copy.ts';
import { createCutter } from '../replica/packed/bytes.ts';
import { forgetContacts } from '../replica/packed/forget.ts';
import { listSections, toBaseFacts } from '../replica/packed/sections.ts';
import { swapIn } from '../replica/swap.ts';
import { changeLocal } from '../settings/local-state.ts';
import { call, type Line, readFailure, readMismatch, readRetryAfter, requestOf } from './call.ts';
import { noteCopying } from './copying.ts';
import { forgetPeople } from './forget-people.ts';
import type { Ground } from './ground.ts';
import { takeProgress } from './progress.ts';
import type { Silence } from './silence.ts';
import { done, failStep, type Step } from './step.ts';

/** The media type of a packed snapshot. */
const packedType = 'application/vnd.baton.packed';
/** When to ask again for a snapshot that is being made and whose store does not say, in milliseconds. */
const packingMs = 5000;

/** What is to be taken. `keyId`: whose keys this browser can look up. `known`: the file that is here already, and is not wanted again; null: any. */
export interface Wanted {
  keyId: string;
  known: string | null;
}

/** What was asked came to: sections, from where on; or how the try ends. `unknown`: this store does not pack. */
type Asked = { kind: 'file'; response: Response; from: Arrival | null } | { kind: 'unknown' } | Step;

function noteBytes(ground: Ground, head: PackedHead, bytes: number): void {
  const sections = listSections(head);
  const [first, last] = [sections[0]?.at ?? 0, sections.at(-1)];
  const share = (bytes - first) / Math.max(1, (last?.at ?? 0) + (last?.bytes ?? 0) - first);
  const packed = ground.copying?.packed === null ? null : head.bundles;
  noteCopying(ground, { copied: Math.floor(head.bundles * share), of: head.bundles, packed });
}

/** The store is still at it: told as progress, and asked again when it says. */
async function readPacking(ground: Ground, response: Response): Promise<Step> {
  const packing = packingSchema.safeParse(await response.json().catch(() => null));
  if (!packing.success) return { kind: 'unreachable', why: 'an answer that makes no sense' };
  noteCopying(ground, { copied: 0, of: packing.data.of, packed: packing.data.packed });
  return { kind: 'later', retryMs: readRetryAfter(response) ?? packingMs };
}

/** A store that knows nothing of packed snapshots, a file that is shorter than what is here of it, and a key that the workspace has no more. */
async function readRefusal(ground: Ground, response: Response): Promise<Asked> {
  const failure = await readFailure(response);
  if (failure.kind !== 'refused') return failStep(failure);
  if (failure.status === 404) return { kind: 'unknown' };
  if (failure.status === 416) await dropArrival(ground.replica);
  if (failure.status === 409) await askForSession(ground);
  return failStep(failure);
}

/** With the next cycle this browser hears under which key the workspace is now. */
async function askForSession(ground: Ground): Promise<void> {
  await changeLocal(ground.local, 'connection', (each) => each && { ...each, checkedAt: 0 });
}

async function ask(
  ground: Ground,
  line: Line,
  wanted: Wanted,
  present: Arrival | null,
  silence: Silence,
): Promise<Asked> {
  const request = requestOf(line, 'GET', undefined, silence.signal);
  const headers: Record<string, string> = { ...(request.headers as Record<string, string>), accept: packedType };
  const from = present && nextByte(present);
  if (present !== null && from !== null) {
    headers['range'] = `bytes=${from}-`;
    headers['if-range'] = present.arriving.etag;
  } else if (wanted.known !== null) headers['if-none-match'] = wanted.known;
  const url = `${line.storeUrl}/v1/snapshot/packed?keyId=${encodeURIComponent(wanted.keyId)}`;
  const response = await ground.fetch(url, { ...request, headers });
  silence.heard();
  if (response.status === 304) return done;
  if (!response.ok) return readRefusal(ground, response);
  const old = readMismatch(response);
  if (old !== null) return { kind: 'mismatch', old };
  if (response.status === 202) return readPacking(ground, response);
  if (!response.headers.get('content-type')?.startsWith(packedType))
    return { kind: 'unreachable', why: "an answer that is not the store's" };
  const isRest = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${from}-`);
  if (response.status === 206 && !isRest) {
    await dropArrival(ground.replica);
    return { kind: 'unreachable', why: 'another part of the copy than was asked for' };
  }
  return { kind: 'file', response, from: isRest ? present : null };
}

/** Takes in what comes. Answers how far it came: null when not even its head did. */
async function receive(
  ground: Ground,
  { response, from }: Extract<Asked, { kind: 'file' }>,
  silence: Silence,
): Promise<Arrival | null> {
  if (response.body === null) return null;
  const cutter = createCutter(response.body, silence.heard);
  try {
    const head = from === null ? await takeHead(cutter).catch(passBroken) : from.arriving.head;
    if (head === null) return null;
    const begun = from ?? (await beginArrival(ground.replica, response.headers.get('etag') ?? '', head));
    noteBytes(ground, head, nextByte(begun) ?? 0);
    return await takeSections(ground.replica, begun, cutter, (bytes) => noteBytes(ground, head, bytes));
  } finally {
    await cutter.stop();
  }
}

/** What came whole and a cut are told apart from what is no copy at all. */
function passBroken(error: unknown): null {
  if (error instanceof BrokenCopy) throw error;
  return null;
}

/** All sections are here: with the member's own part the copy takes the place of the one before it. */
async function finish(ground: Ground, line: Line, { arriving }: Arrival): Promise<Step> {
  const reply = await call(line, 'GET', '/v1/snapshot/mine', ownPartSchema);
  if (reply.kind !== 'ok') return failStep(reply);
  const own = reply.value;
  const { generation, head, etag } = arriving;
  await forgetPeople(ground, own.erasedContacts);
  const base = await forgetContacts(ground.replica, generation, toBaseFacts(head, etag), own.erasedContacts);
  const facts = {
    generation,
    cursor: head.cursor,
    facts: head.workspace,
    asOf: head.storeTime,
    // The file may be older than what this device did and the store has confirmed: the next pull says how far it has come.
    coveredSequence: 0,
    keyId: head.keyId,
    scope: head.scope,
    base,
  };
  await swapIn(ground.replica, facts, own);
  await takeProgress(ground, own.device);
  return done;
}

/** What had come of the file that is wanted; what came of another is left to be overwritten. A file without a name cannot be gone on with. */
async function readPresent(ground: Ground, { keyId }: Wanted): Promise<Arrival | null> {
  const present = await readArrival(ground.replica);
  const isWanted = present?.arriving.head.keyId === keyId && present.arriving.etag !== '';
  return isWanted ? present : null;
}

/**
 * Takes the packed snapshot, or what is still missing of it: what came whole in an earlier try is kept, as long as the store has the same file.
 * Answers null when the store does not pack. Rejects with `BrokenCopy` when what comes is not what its head says.
 */
export async function takePacked(ground: Ground, line: Line, wanted: Wanted, silence: Silence): Promise<Step | null> {
  const present = await readPresent(ground, wanted);
  if (present !== null && nextByte(present) === null) return finish(ground, line, present);
  const asked = await ask(ground, line, wanted, present, silence);
  if (asked.kind === 'unknown') return null;
  if (asked.kind !== 'file') return asked;
  const arrival = await receive(ground, asked, silence).catch(async (error: unknown) => {
    // What did not come right twice in the same place will not the third time either.
    const came = await readArrival(ground.replica);
    if (error instanceof BrokenCopy && came !== null && came.stored === (asked.from?.stored ?? 0))
      await dropArrival(ground.replica);
    throw error;
  });
  if (arrival === null || nextByte(arrival) !== null)
    return { kind: 'unreachable', why: 'the copy did not come whole' };
  if (arrival.arriving.head.keyId === wanted.keyId) return finish(ground, line, arrival);
  await askForSession(ground);
  return { kind: 'unreachable', why: 'the copy is under a key that is not here yet' };
}
