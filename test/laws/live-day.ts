import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type {
  AccountId,
  ContactId,
  HandOverAnswerId,
  HandOverId,
  InsightId,
  TalkingPointId,
  VerdictId,
  WorkspaceId,
} from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { strongReasons, weakReasons } from '#contract/verdict.ts';
import { erasePerson } from '../../server/persons/erase-person.ts';
import { createRandom, type Random } from '../fixtures/exports/random.ts';
import type { TestDevice, TestStore } from '../postgres/store.ts';
import { takeFile } from '../postgres/take-file.ts';
import { type Act, type Day, morning, type Table } from './day.ts';
import { type LawDevice, openDevice } from './device.ts';
import type { Stores } from './stores.ts';

/** A day that is over: everybody has brought themselves up to date. */
export interface LivedDay {
  workspaceId: WorkspaceId;
  devices: readonly LawDevice[];
  /** All accounts and people there ever were, erased ones too. */
  everKnown: string[];
  /** External ids of all touches that were imported about people who were not erased. */
  touches: Set<string>;
  close(): void;
}

interface Place {
  store: TestStore;
  workspaceId: WorkspaceId;
  accounts: AccountId[];
  people: ContactId[];
  point: TalkingPointId;
  /** By person. */
  handOvers: HandOverId[];
}

const addressOf = (person: number) => `person${person}@buyer${person % morning.accounts}.example`;
const companyOf = (person: number) => `Buyer ${person % morning.accounts}`;

/** Lives it: three browsers, a marketer's tables, somebody who erases people and somebody who pushes words, all at once on two stores. */
export async function liveDay(store: TestStore, stores: Stores, day: Day): Promise<LivedDay> {
  const random = createRandom(day.seed);
  const workspaceId = await store.addWorkspace();
  const everybody = Array.from({ length: morning.people }, (_, person) => person);
  await importTable(store, workspaceId, { people: everybody, touches: everybody, isNew: false }, 0);
  const marketer = await store.signIn(workspaceId, 'marketer');
  const place: Place = {
    store,
    workspaceId,
    ...(await readPlace(store, workspaceId)),
    point: await pushPoint(marketer),
    handOvers: [],
  };
  const open = (address: string) => openDevice(store.deps, workspaceId, address, stores.asks, random);
  // Two browsers of one rep, and a colleague's.
  const devices = [
    await open('rita@larkspur.example'),
    await open('rita@larkspur.example'),
    await open('sam@larkspur.example'),
  ];
  // Everybody is offered to the one with two browsers: they may answer differently in each.
  const rita = devices[0]?.session.member.id;
  for (const contactId of place.people) place.handOvers.push(await offer(marketer, contactId, rita));
  const everKnown = [...place.accounts, ...place.people];

  await Promise.all([
    ...devices.map((device, index) => actAll(device, day.devices[index] ?? [], place, random)),
    (async () => {
      for (const [index, table] of day.tables.entries()) await importTable(store, workspaceId, table, index + 1);
    })(),
    (async () => {
      for (const person of day.erased) {
        await sleep(random.next() * 40);
        const clue = { kind: 'email', value: addressOf(person) } as const;
        await erasePerson(store.database.db, workspaceId, clue, null);
      }
    })(),
    (async () => {
      for (let point = 0; point < day.points; point++) await pushPoint(marketer);
    })(),
  ]);
  await Promise.all(devices.map((device) => device.settle()));
  // What one sent last, the others have not heard of.
  await Promise.all(devices.map((device) => device.meet()));
  return {
    workspaceId,
    devices,
    everKnown,
    touches: listTouches(day),
    close() {
      for (const device of devices) device.close();
    },
  };
}

async function actAll(device: LawDevice, acts: readonly Act[], place: Place, random: Random): Promise<void> {
  let last: { id: VerdictId; value: 'weak' | 'strong' } | null = null;
  for (const act of acts) {
    if (act.do === 'verdict') last = { id: randomUUID() as VerdictId, value: act.value };
    const mutation = toMutation(act, last, place);
    if (mutation !== null) await device.do(mutation);
    // Some wait for the network, most go on.
    const meeting = device.meet();
    if (random.chance(0.4)) await meeting;
    await sleep(random.next() * 6);
  }
}

/** What the extension would save for it; null: nothing. */
function toMutation(act: Act, last: { id: VerdictId; value: 'weak' | 'strong' } | null, place: Place): Mutation | null {
  const { people, accounts, point, handOvers } = place;
  if (act.do === 'verdict' && last !== null) {
    const contactId = people[act.person] as ContactId;
    return { kind: 'recordVerdict', body: { verdictId: last.id, contactId, value: act.value, shown: null } };
  }
  if (act.do === 'reason' && last !== null) {
    const reason = last.value === 'weak' ? weakReasons[0] : strongReasons[0];
    return { kind: 'setVerdictReason', body: { verdictId: last.id, reason } };
  }
  if (act.do === 'undo' && last !== null) return { kind: 'undoVerdict', body: { verdictId: last.id } };
  if (act.do === 'seen')
    return { kind: 'countSeen', body: { talkingPointId: point, day: new Date().toISOString().slice(0, 10) } };
  if (act.do === 'insight') {
    const words = { text: 'They said so.', quote: null, kind: 'customer', method: 'interview' } as const;
    const body = { insightId: randomUUID() as InsightId, accountId: null, contactId: people[act.person] as ContactId };
    return { kind: 'recordInsight', body: { ...body, ...words } };
  }
  if (act.do === 'link') {
    const clue = { kind: 'linkedin', value: `person-${act.person}` } as const;
    return { kind: 'linkIdentifier', body: { clue, contactId: people[act.person] as ContactId } };
  }
  if (act.do === 'take' || act.do === 'giveBack') {
    const answer = act.do === 'take' ? 'accepted' : 'returned';
    const why = act.do === 'take' ? { way: null, reason: null } : ({ way: 'recycle', reason: 'no_reply' } as const);
    const ids = { handOverId: handOvers[act.person] as HandOverId, contactId: people[act.person] as ContactId };
    const answerId = randomUUID() as HandOverAnswerId;
    return { kind: 'answerHandOver', body: { answerId, ...ids, answer, ...why, line: null } };
  }
  if (act.do === 'add') {
    const contactId = randomUUID() as ContactId;
    const body = { contactId, accountId: accounts[act.account] as AccountId, address: `${contactId}@new.example` };
    return { kind: 'addContact', body: { ...body, name: 'Somebody New' } };
  }
  return null;
}

async function offer(marketer: TestDevice, contactId: ContactId, memberId: string | undefined): Promise<HandOverId> {
  const response = await marketer.request('POST', '/v1/desk/hand-overs', { contactId, memberId });
  return ((await response.json()) as { id: HandOverId }).id;
}

/** Two files: people, and touches on them. The touches of a day's tables overlap: what is there already must not be there twice. */
async function importTable(store: TestStore, workspaceId: WorkspaceId, table: Table, number: number): Promise<void> {
  const people = table.people.map((each) => `${addressOf(each)},Person,${each},Title ${number},${companyOf(each)}`);
  const fresh = table.isNew ? [`new${number}@buyer0.example,Person,New,Title ${number},Buyer 0`] : [];
  const touches = table.touches.map((each) => `${touchId(each)},${addressOf(each)},Spring,opened,2026-01-05T09:00:00Z`);
  const files = [
    ['contacts.csv', 'Email,First Name,Last Name,Title,Account Name', ...people, ...fresh],
    ['touches.csv', 'Id,Email,Campaign,Kind,At', ...touches],
  ];
  for (const [fileName = '', ...lines] of files) {
    if (lines.length === 1) continue;
    const file = Buffer.from(`${lines.join('\n')}\n`);
    const status = await takeFile(store.database, workspaceId, file, { fileName, now: new Date() });
    if (status.state !== 'done') throw new Error(`${fileName}: ${JSON.stringify(status)}`);
  }
}

const touchId = (person: number) => `t-${person}`;
/** The source's own id, as the store keeps it. */
const externalIdOf = (person: number) => `id:${touchId(person)}`;

function listTouches({ tables, erased }: Day): Set<string> {
  const touched = [
    ...Array.from({ length: morning.people }, (_, person) => person),
    ...tables.flatMap(({ touches }) => touches),
  ];
  return new Set(touched.filter((person) => !erased.includes(person)).map(externalIdOf));
}

async function readPlace(
  store: TestStore,
  workspaceId: WorkspaceId,
): Promise<{ accounts: AccountId[]; people: ContactId[] }> {
  const { rows: accounts } = await sql<{ id: AccountId }>`
    select id from account where workspace_id = ${workspaceId} order by name`.execute(store.database.owner);
  const { rows: people } = await sql<{ id: ContactId }>`
    select c.id from contact c join identifier i on i.workspace_id = c.workspace_id and i.contact_id = c.id and i.kind = 'email'
    where c.workspace_id = ${workspaceId} order by i.value`.execute(store.database.owner);
  if (accounts.length !== morning.accounts || people.length !== morning.people)
    throw new Error(`The morning's table made ${accounts.length} accounts and ${people.length} people.`);
  return { accounts: accounts.map(({ id }) => id), people: people.map(({ id }) => id) };
}

async function pushPoint(marketer: TestDevice): Promise<TalkingPointId> {
  const audience = { segments: [], tiers: [], stages: [], activeDays: null };
  const words = { title: 'Fewer stops', text: 'Fewer stops in eight weeks.', whyNow: null, link: null };
  const draft = { ...words, campaignId: null, startsOn: null, expiresOn: null, audience };
  const answer = await marketer.request('POST', '/v1/desk/talking-points', draft);
  if (!answer.ok) throw new Error(`No talking point was pushed: ${await answer.text()}`);
  return ((await answer.json()) as { id: TalkingPointId }).id;
}
