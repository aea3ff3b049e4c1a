import { setTimeout as sleep } from 'node:timers/promises';
import { type Agreement, agreementSchema, type CardBody } from '#contract/agreement.ts';
import { bandSchema } from '#contract/band.ts';
import type { Bundle } from '#contract/bundle.ts';
import { pullAnswerSchema, snapshotLineSchema } from '#contract/feed.ts';
import { previewSliceSchema } from '#contract/preview.ts';
import { rescoreBundle } from '../../utils/replica/rescore.ts';
import { asPost, type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { atMost, figure, type Mark, percentile } from './benchmark.ts';
import type { PushResult } from './push-load.ts';
import { startPushes } from './start-pushes.ts';
import { fillPeople, fillTouches, idOf } from './store-load.ts';
import { uploadText } from './upload.ts';

/** A large company's workspace, at scale 1: 1,000,000 people of 10 touches each. */
const full = { accounts: 100_000, contactsEach: 10, touchesEach: 10 };
const reps = 4;
/** Reps at work do not push without a pause. */
const pauseMs = 100;
const aloneMs = 8000;
const newTouches = 10;
const path = '/v1/agreements/scorecard';

/** A store with people, and who works with it. */
interface Stage {
  store: RunningStore;
  marketer: Device;
  devices: Device[];
  contacts: number;
  beside: <T>(work: Promise<T>) => Promise<{ done: T; pushes: PushResult }>;
}

/** A card published over a large workspace: how fast everybody is scored by it, what pushes feel of it, and what a device has to do; then new touches, and a preview of everybody. */
export async function measureScale(say: (line: string) => void, scale: number): Promise<Mark[]> {
  const store = await startStore({ RATE_LIMIT: 'off' });
  try {
    return await measureStage(await setStage(store, scale, say), say);
  } finally {
    await store.stop();
  }
}

async function setStage(store: RunningStore, scale: number, say: (line: string) => void): Promise<Stage> {
  const marketer = await joinStore(await store.firstInvite(), 'Marketer');
  const devices: Device[] = [];
  for (let number = 1; number <= reps; number++)
    devices.push(await joinStore(await store.invite('rep', `rep-${number}@seller.example`), `Rep ${number}`));
  const size = { ...full, accounts: Math.max(100, Math.round(full.accounts * scale)) };
  const contacts = size.accounts * size.contactsEach;
  const workspace = marketer.session.workspace.id;
  say(`  filling: ${contacts.toLocaleString('en-US')} people, ${size.touchesEach} touches each`);
  await fillPeople(store, workspace, size);
  await fillTouches(store, workspace, { from: 0, to: contacts, each: size.touchesEach });
  await store.sql('vacuum analyze');
  await store.sql('checkpoint');
  let sequences = devices.map(() => 1);
  const ids = Array.from({ length: 500 }, () => idOf('contact', Math.floor(Math.random() * contacts)));
  return {
    ...{ store, marketer, devices, contacts },
    async beside(work) {
      const tokens = devices.map(({ token }) => token);
      const pushing = startPushes({ url: store.url, tokens, sequences, contacts: ids, pauseMs });
      const done = await work.finally(pushing.stop);
      const pushes = await pushing.result;
      sequences = pushes.sequences;
      return { done, pushes };
    },
  };
}

async function measureStage(stage: Stage, say: (line: string) => void): Promise<Mark[]> {
  const { store, marketer, devices, contacts, beside } = stage;
  const [rep] = devices as [Device];
  const of = `, ${contacts.toLocaleString('en-US')} people`;
  say('  pushes alone');
  const { pushes: alone } = await beside(sleep(aloneMs));
  const marks: Mark[] = [];
  // Nobody who was filled in was ever scored: the first time all touches are read, the second only what is kept of them.
  for (const from of ['from touches', 'from tallies']) {
    say(`  a card is published: everybody is rescored ${from}`);
    const { publishedAt, publishedMs, heardMs, bytes } = await publish(marketer, rep);
    const { done: seconds, pushes: during } = await beside(awaitRescored(store, publishedAt, say));
    marks.push(
      figure(`a card is published${of}`, publishedMs, 'ms'),
      atMost(2000, `published → a device scores by it${of}`, heardMs, 'ms'),
      figure('the pull that tells a device of it', bytes / 1000, 'kB'),
      figure(`everybody rescored ${from}${of}`, seconds, 's'),
      figure(`rescored ${from}`, contacts / seconds, 'people/s'),
      figure(`rescored ${from}`, (contacts * full.touchesEach) / seconds, 'touches/s'),
      ...describePushes(`while everybody is rescored ${from}`, alone, during),
    );
  }
  marks.push(figure(`who is in a band, and how many in each${of}`, await timeBand(marketer, contacts), 'ms'));
  say('  new touches');
  const { toPanel, toBand } = await timeTouches(stage, rep);
  for (const share of [0.5, 0.95]) {
    const p = `p${share * 100}${of}`;
    marks.push(
      atMost(2000, `touch sent → in a device's pull with its score, ${p}`, percentile(toPanel, share), 'ms'),
      atMost(3000, `touch sent → in its score band, ${p}`, percentile(toBand, share), 'ms'),
    );
  }
  say('  a preview of everybody');
  const { inForce } = await change(marketer, 'POST', '/draft', {});
  const { done: seconds, pushes } = await beside(previewAll(marketer, worth(inForce.body, 5), contacts));
  const previewed = figure(`a draft held against everybody${of}`, seconds, 's');
  return [...marks, previewed, ...describePushes('while a preview is counted', alone, pushes)];
}

/** Publishes a card with other points, and has a device hear of it. */
async function publish(marketer: Device, rep: Device) {
  const named = await sign(marketer, rep, 3);
  const held = await openBundle(rep, idOf('account', 7));
  const cursor = await readCursor(rep);
  const publishedAt = performance.now();
  await change(marketer, 'POST', '/draft/publish', { ...named, reason: 'Measured.' });
  const publishedMs = performance.now() - publishedAt;
  const bytes = await hear(rep, cursor, held);
  return { publishedAt, publishedMs, heardMs: performance.now() - publishedAt, bytes };
}

function describePushes(when: string, alone: PushResult, during: PushResult): Mark[] {
  return [
    figure(`push alone, p50 of ${alone.pushes}`, alone.p50, 'ms'),
    figure(`push ${when}, p50 of ${during.pushes}`, during.p50, 'ms'),
    figure('push alone, p95', alone.p95, 'ms'),
    figure(`push ${when}, p95`, during.p95, 'ms'),
    atMost(2, `push ${when} against alone, p95`, during.p95 / alone.p95, 'times'),
  ];
}

async function change(device: Device, method: string, below: string, body: unknown): Promise<Agreement> {
  const answer = await device.call(path + below, { ...asPost(body), method });
  if (!answer.ok) throw new Error(`${below}: ${answer.status} ${await answer.text()}`);
  return agreementSchema.parse(await answer.json());
}

const worth = (body: CardBody, points: number): CardBody => ({
  ...body,
  criteria: body.criteria.map((each) => ({ ...each, points: Math.max(-100, Math.min(100, each.points + points)) })),
});

/** A draft with other points that both sides have signed. */
async function sign(marketer: Device, rep: Device, points: number) {
  await change(marketer, 'PUT', '/signers', { sales: [rep.session.member.id], arbiter: null });
  const { draft, inForce } = await change(marketer, 'POST', '/draft', {});
  const body = worth(inForce.body, points);
  const saved = await change(marketer, 'PUT', '/draft', { draftId: draft?.id, revision: draft?.revision, body });
  const named = { draftId: saved.draft?.id, revision: saved.draft?.revision };
  await change(marketer, 'POST', '/draft/sign', { ...named, side: 'marketing' });
  await change(rep, 'POST', '/draft/sign', { ...named, side: 'sales' });
  return named;
}

async function openBundle(device: Device, id: string): Promise<Bundle> {
  const answer = await device.call('/v1/bundles', asPost({ ids: [id] }));
  const { bundles } = (await answer.json()) as { bundles: Bundle[] };
  return bundles[0] as Bundle;
}

/** Where the feed stands: the head of a copy, of which no more is read. */
async function readCursor(device: Device): Promise<string> {
  const answer = await device.call('/v1/snapshot');
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const end = text.indexOf('\n');
    if (end === -1) continue;
    const head = snapshotLineSchema.parse(JSON.parse(text.slice(0, end)));
    if (head.line === 'head') return head.cursor;
  }
  throw new Error('A copy has no head.');
}

/** What a device does that hears of a card: pulls, and scores what it holds. Answers the pull's bytes. */
async function hear(device: Device, cursor: string, held: Bundle): Promise<number> {
  const text = await (await device.call(`/v1/pull?after=${cursor}`)).text();
  const answer = pullAnswerSchema.parse(JSON.parse(text));
  if (answer.status !== 'changes' || answer.workspace === null) throw new Error('The pull told of no card.');
  const { bundle, isBehind } = rescoreBundle(held, answer.workspace);
  if (isBehind || bundle === held) throw new Error('The device could not score what it holds.');
  return text.length;
}

/** Until everybody is scored by the card in force, in seconds. Asked of the table: a band counts everybody, which would be a load of its own. */
async function awaitRescored(store: RunningStore, since: number, say: (line: string) => void): Promise<number> {
  for (let told = 0; ; ) {
    const [progress] = await store.sql<{ isDone: boolean; scored: number }>(
      `select after is null and version = (select max(version) from scorecard) as "isDone", scored from score_progress`,
    );
    const seconds = (performance.now() - since) / 1000;
    if (progress?.isDone) return seconds;
    if (seconds - told > 20) {
      say(`    ${progress?.scored.toLocaleString('en-US')} after ${seconds.toFixed(0)} s`);
      told = seconds;
    }
    await sleep(250);
  }
}

/** How long it takes to say who is in a band, in milliseconds. Throws unless everybody has a grade. */
async function timeBand(marketer: Device, contacts: number): Promise<number> {
  const startedAt = performance.now();
  const band = bandSchema.parse(await (await marketer.call('/v1/desk/band?grades=A1,A2')).json());
  const ms = performance.now() - startedAt;
  const graded = band.grades.reduce((sum, each) => sum + each.contacts, 0);
  if (graded !== contacts || band.rescored !== null) throw new Error(`${graded} people of ${contacts} have a grade.`);
  return ms;
}

/** Of touches that come by themselves, one after the other: how long until a device's pull holds the score with it, and until its band does. */
async function timeTouches({ store, marketer, contacts }: Stage, rep: Device) {
  const toPanel: number[] = [];
  const toBand: number[] = [];
  for (let number = 0; number < newTouches; number++) {
    const person = (number * 7919) % contacts;
    const contactId = idOf('contact', person);
    const before = await readKept(store, contactId);
    const cursor = await readCursor(rep);
    const at = new Date().toISOString();
    const email = `p${String(person).padStart(9, '0')}@customer.example`;
    const csv = `Id,Email,Campaign,Kind,At,Robot\nbench-${number},${email},,requested_contact,${at},no\n`;
    const sentAt = performance.now();
    const sent = uploadText(marketer, csv).then(({ touches }) => {
      if (touches.added !== 1) throw new Error('The touch did not come in.');
    });
    await Promise.all([
      sent,
      until(() => isScored(rep, cursor, contactId)).then(() => toPanel.push(performance.now() - sentAt)),
      until(async () => (await readKept(store, contactId)) !== before).then(() =>
        toBand.push(performance.now() - sentAt),
      ),
    ]);
  }
  return { toPanel, toBand };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('It did not come within a minute.');
    await sleep(20);
  }
}

async function isScored(rep: Device, cursor: string, contactId: string): Promise<boolean> {
  const answer = pullAnswerSchema.parse(await (await rep.call(`/v1/pull?after=${cursor}`)).json());
  if (answer.status !== 'changes') return false;
  const contact = answer.bundles.flatMap(({ contacts }) => contacts).find(({ id }) => id === contactId);
  return (
    contact?.score.reasons.some(
      ({ axis, at }) => axis === 'engagement' && Date.parse(at ?? '') > Date.now() - 60_000,
    ) ?? false
  );
}

/** What is kept of somebody's score, as it stands in the table. */
async function readKept(store: RunningStore, contactId: string): Promise<string> {
  const rows = await store.sql<{ kept: string }>('select k::text as kept from kept_score k where contact_id = $1', [
    contactId,
  ]);
  return rows[0]?.kept ?? '';
}

/** A draft held against everybody, slice by slice. In seconds. */
async function previewAll(marketer: Device, body: CardBody, contacts: number): Promise<number> {
  const startedAt = performance.now();
  let counted = 0;
  for (let place: { after: string | null; asOf: string | null } = { after: null, asOf: null }; ; ) {
    const slice = previewSliceSchema.parse(
      await (await marketer.call(`${path}/preview`, asPost({ body, ...place }))).json(),
    );
    counted += slice.counted;
    if (slice.next === null) break;
    place = { after: slice.next, asOf: slice.asOf };
  }
  if (counted !== contacts) throw new Error(`The preview counted ${counted} people of ${contacts}.`);
  return (performance.now() - startedAt) / 1000;
}
