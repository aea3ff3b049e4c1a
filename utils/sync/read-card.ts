import type { BundleContact } from '#contract/bundle.ts';
import type { Candidate, Card, CardAnswer, CardRequest, PersonMatch, ReasonedCandidate } from '#contract/card.ts';
import type { AccountId, ContactId } from '#contract/ids.ts';
import type { Session } from '#contract/session.ts';
import type { HashKey } from '../identity/hash.ts';
import { orderPeople, toOwnSide } from '../identity/order-people.ts';
import type { OutboxRow } from '../outbox/database.ts';
import { layHandOvers, layOutcome, layVerdict } from '../outbox/overlay.ts';
import { readRowsAfter, standingOf } from '../outbox/read.ts';
import { toDay } from '../platform/clock.ts';
import { log } from '../platform/log.ts';
import { toCandidate } from '../replica/candidate.ts';
import { assembleCard, chooseTalkingPoints, findHandOver, layInsights, toCardPoint } from '../replica/card.ts';
import { countEmptyings } from '../replica/database.ts';
import { noteLookedAt } from '../replica/first-sight.ts';
import { readLinks } from '../replica/links.ts';
import { type Matching, matchPerson } from '../replica/match.ts';
import type { Reading } from '../replica/reader.ts';
import { suggestPeople } from '../replica/suggest.ts';
import {
  type Connection,
  changeLocal,
  type LocalMemory,
  type Opened,
  readAllLocal,
  readLocal,
} from '../settings/local-state.ts';
import { mayRead } from './connection.ts';
import { createFirstSight, type FirstSight, startFirstSight } from './first-sight.ts';
import { dropOpened } from './forget-people.ts';
import type { Ground } from './ground.ts';
import { keyIdOf, readSecret, takeHashKey } from './hash-keys.ts';
import { noteBroken } from './note-broken.ts';
import { statusOf } from './read-status.ts';

/** Whom the card is about. */
interface Subject {
  contactId: ContactId | null;
  accountId: AccountId | null;
  match: Pick<PersonMatch, 'sureness' | 'evidence' | 'choice'>;
}

/** What is known before the copy is looked into. `rows`: what of the outbox still holds. */
interface Known {
  memory: LocalMemory;
  status: CardAnswer['status'];
  hashKey: HashKey;
  member: Session['member'];
  rows: readonly OutboxRow[];
}

const recentKept = 3;

/** Everybody in view in the order in which a card is wanted, each with what the replica knows of them. */
async function matchPeople(matching: Matching, request: CardRequest, address: string): Promise<PersonMatch[]> {
  const sighted = request.sighting?.people ?? [];
  const own = toOwnSide(address, matching.reading.head.facts.ownDomains ?? []);
  const matches = await Promise.all(
    orderPeople(sighted, own).map(async ({ index, side }) => {
      const person = sighted[index];
      return person && { ...(await matchPerson(matching, person)), index, side, suggested: [] };
    }),
  );
  return matches.filter((each) => each !== undefined);
}

/** The person in view whom the card opens for: the one asked for, else the first who is known, else the first; never a colleague by itself, whom nobody sells to. */
function selectPerson(people: readonly PersonMatch[], request: CardRequest): PersonMatch | null {
  const asked = people.find((each) => each.index === request.person);
  if (asked !== undefined) return asked;
  if (request.contactId !== null || request.accountId !== null) return null;
  const others = people.filter((each) => each.side !== 'colleague');
  return others.find((each) => each.sureness !== 'none') ?? others[0] ?? null;
}

/** Who the one the card is about could be by name, where no identifier has found a person. The others wait until they are shown: comparing names takes time. */
async function suggestFor(
  reading: Reading,
  match: PersonMatch,
  { sighting }: CardRequest,
): Promise<ReasonedCandidate[]> {
  const person = sighting?.people[match.index];
  if (person === undefined || (match.sureness !== 'none' && match.sureness !== 'domain')) return [];
  return suggestPeople(reading, person, match.accountId);
}

function subjectOf(person: PersonMatch | null, { contactId, accountId }: CardRequest): Subject | null {
  if (contactId !== null || accountId !== null) {
    const match = { sureness: 'chosen', evidence: person?.evidence ?? '', choice: null } as const;
    return { contactId, accountId, match };
  }
  if (person === null || person.sureness === 'none' || person.sureness === 'several') return null;
  return { contactId: person.contactId, accountId: person.accountId, match: person };
}

async function buildCard(
  ground: Ground,
  reading: Reading,
  { memory, rows, member }: Known,
  subject: Subject,
  now: number,
): Promise<Card | null> {
  const bundle =
    subject.contactId === null
      ? subject.accountId && (await reading.bundleById(subject.accountId))
      : await reading.bundleOfContact(subject.contactId);
  if (!bundle) return null;
  const contact: BundleContact | null = bundle.contacts.find((each) => each.id === subject.contactId) ?? null;
  const { coveredSequence } = reading.head;
  const fresh = rows.filter((row) => row.sequence > coveredSequence);
  const accountId = bundle.account?.id ?? null;
  const [points, outcomes, given] = await Promise.all([
    accountId && reading.talkingPointsAt(accountId),
    accountId && reading.outcomesAt(accountId),
    contact && reading.verdictOn(contact.id),
  ]);
  const seen = memory.seen ?? {};
  const talkingPoints = chooseTalkingPoints(points ?? [], toDay(now)).map((point) => {
    const base = outcomes?.get(point.id) ?? null;
    return toCardPoint(point, layOutcome(base, point.id, accountId, rows, coveredSequence), point.id in seen);
  });
  const verdict = contact && layVerdict(given, contact.id, fresh, ground.sendingUpTo);
  const handOvers = layHandOvers(reading.head.handOvers ?? [], rows, coveredSequence, ground.sendingUpTo);
  const insights = layInsights(bundle, rows, coveredSequence, member.name, ground.sendingUpTo);
  const { sureness, evidence, choice } = subject.match;
  return assembleCard({
    match: { sureness, evidence, choice },
    bundle,
    contact,
    verdict,
    handOver: contact && findHandOver(handOvers, contact.id),
    talkingPoints,
    insights,
    engagementThresholds: reading.head.facts.engagementThresholds,
    now,
  });
}

async function readRecent(reading: Reading, { recent = [] }: LocalMemory): Promise<Candidate[]> {
  const found = await Promise.all(
    recent.map(async ({ contactId, accountId }) => {
      const bundle = contactId
        ? await reading.bundleOfContact(contactId as ContactId)
        : await reading.bundleById(accountId ?? '');
      return bundle && toCandidate(bundle, bundle.contacts.find((each) => each.id === contactId) ?? null);
    }),
  );
  return found.filter((each) => each !== null);
}

/** As `noteOpened`; a person who has left the copy since the card was read is not remembered. */
async function noteOpenedStill(ground: Ground, card: Card, read: () => Promise<Reading | null>): Promise<void> {
  await noteOpened(ground, card);
  const contactId = card.contact?.id ?? null;
  const reading = await read();
  if (reading === null) return;
  await noteLookedAt(ground.replica, reading.head, card.account?.id ?? card.contact?.id ?? '', ground.now());
  if (contactId !== null && (await reading.bundleOfContact(contactId)) === null) await dropOpened(ground, [contactId]);
}

async function noteOpened(ground: Ground, card: Card): Promise<void> {
  const now: Opened = { contactId: card.contact?.id ?? null, accountId: card.account?.id ?? null };
  const isSame = (one: Opened) => one.contactId === now.contactId && one.accountId === now.accountId;
  const [first] = (await readLocal(ground.local, 'recent')) ?? [];
  if (first !== undefined && isSame(first)) return;
  await changeLocal(ground.local, 'recent', (opened) =>
    [now, ...(opened ?? []).filter((each) => !isSame(each))].slice(0, recentKept),
  );
  // The first card of all is what Options waits for.
  if (first === undefined) ground.changed();
}

/**
 * Makes the one read path: from who is in view, by the replica with the outbox laid over it, to the card. No network stands in it.
 * `fetchBundles` gets what is in view for the first time, in a workspace too large to be held whole: the card comes with the change that follows.
 * `onBroken` is called when the copy turns out to be damaged: another is to be fetched, and until then what it cannot tell is answered as not here yet.
 */
export function createCardReader(
  ground: Ground,
  read: () => Promise<Reading | null>,
  onBroken: () => void = () => undefined,
  fetchBundles: FirstSight = createFirstSight(ground),
) {
  let taken: { secret: string; key: HashKey } | null = null;

  /** The key that the copy is under, taken in once; null when it is not here: then nobody can be found until there is another copy. */
  async function keyOf(connection: Connection, { head }: Reading): Promise<HashKey | null> {
    const keyId = keyIdOf(head, connection);
    const secret = await readSecret(ground, connection, keyId);
    if (secret === null) return null;
    if (taken?.secret !== secret) taken = { secret, key: await takeHashKey(keyId, secret) };
    return taken.key;
  }

  async function answerBy(reading: Reading, request: CardRequest, known: Known): Promise<CardAnswer> {
    const { memory, status, hashKey, member, rows } = known;
    const matching = { reading, hashKey, links: readLinks(rows, reading.head.coveredSequence), member };
    const people = await matchPeople(matching, request, member.address);
    const selected = selectPerson(people, request);
    if (selected !== null) selected.suggested = await suggestFor(reading, selected, request);
    const subject = subjectOf(selected, request);
    const now = ground.now() + status.clockOffset;
    const card = subject && (await buildCard(ground, reading, known, subject, now));
    const absent = reading.takeAbsent();
    startFirstSight(fetchBundles, absent);
    const recent = await readRecent(reading, memory);
    // Who was opened before is not in view.
    reading.takeAbsent();
    const isComing = card === null && absent.length > 0;
    // Scores are made here: a page has no use for the card.
    const { scorecard: _scorecard, ...facts } = reading.head.facts;
    return {
      people,
      selected: selected?.index ?? null,
      card,
      recent,
      facts,
      status: isComing ? { ...status, replica: 'loading' } : status,
    };
  }

  async function answer(request: CardRequest): Promise<CardAnswer> {
    const emptyings = countEmptyings(ground.replica);
    const [memory, reading, rows] = await Promise.all([
      readAllLocal(ground.local),
      read(),
      readRowsAfter(ground.outbox, 0),
    ]);
    const { connection = null } = memory;
    const status = statusOf(ground, { memory, head: reading?.head ?? null, rows });
    const nothing = { people: [], selected: null, card: null, recent: [], facts: null, status };
    if (!mayRead(connection, ground.now())) {
      taken = null;
      return nothing;
    }
    if (reading === null) return nothing;
    const notHere: CardAnswer = { ...nothing, status: { ...status, replica: 'loading' } };
    const hashKey = await keyOf(connection, reading);
    if (hashKey === null) return notHere;
    const known = { memory, status, hashKey, member: connection.session.member, rows: standingOf(rows) };
    const answered = await answerBy(reading, request, known).catch(async (error: unknown) => {
      if (!(await noteBroken(ground, error, onBroken))) throw error;
      return notHere;
    });
    // Another copy took this one's place meanwhile, and what was still to be read was gone.
    return countEmptyings(ground.replica) === emptyings ? answered : answer(request);
  }

  return async (request: CardRequest): Promise<CardAnswer> => {
    const answered = await answer(request);
    // Nobody waits for this: it is for the next time.
    if (answered.card !== null)
      noteOpenedStill(ground, answered.card, read).catch((error: unknown) =>
        log.warn('sync', 'not remembered', { error }),
      );
    return answered;
  };
}
