import type { Bundle, BundleContact, TalkingPoint, WorkspaceFacts } from '#contract/bundle.ts';
import type { Card, CardHandOver, CardTalkingPoint, CardVerdict, PersonMatch } from '#contract/card.ts';
import type { OutboxRow } from '../outbox/database.ts';
import { deliveryOf, isKind, type StandingOutcome } from '../outbox/overlay.ts';
import { fade } from '../scoring/fade.ts';
import { toCandidate } from './candidate.ts';

const mostTalkingPoints = 3;
const fadeAfterMs = 60 * 60 * 1000;

/** What a card is made of, read before it is put together. */
export interface CardParts {
  match: Pick<PersonMatch, 'sureness' | 'evidence' | 'choice'>;
  bundle: Bundle;
  contact: BundleContact | null;
  verdict: CardVerdict | null;
  handOver: CardHandOver | null;
  talkingPoints: CardTalkingPoint[];
  insights: Card['insights'];
  /** The scorecard's, to grade a score that faded; undefined where the store has not told them. */
  engagementThresholds?: WorkspaceFacts['engagementThresholds'];
  now: number;
}

/** Without thresholds the points fade, and the grade stays until the store says another. */
function fadeScore(contact: BundleContact, { now, engagementThresholds }: CardParts): BundleContact {
  if (now - Date.parse(contact.score.asOf) < fadeAfterMs) return contact;
  return { ...contact, score: fade(contact.score, engagementThresholds ?? null, new Date(now)) };
}

/** Puts the card together: people of the account by grade, scores faded to now, keys left out. Pure. */
export function assembleCard(parts: CardParts): Card {
  const { bundle, contact } = parts;
  const people = [...bundle.contacts].sort(
    (a, b) => a.score.grade.localeCompare(b.score.grade) || b.score.points - a.score.points,
  );
  const { keys: _keys, links: _links, ...shown } = contact === null ? { keys: [] } : fadeScore(contact, parts);
  const { keys: _accountKeys, ...account } = bundle.account ?? { keys: [] };
  return {
    ...parts.match,
    contact: contact === null ? null : (shown as Omit<BundleContact, 'keys' | 'links'>),
    account: bundle.account === null ? null : (account as Card['account']),
    people: people.map((each) => ({ ...toCandidate(bundle, each), title: each.title, role: each.role })),
    insights: parts.insights,
    talkingPoints: parts.talkingPoints,
    verdict: parts.verdict,
    handOver: parts.handOver,
  };
}

/** The member's hand-over that this person is: the one that waits, else the newest. Pure. */
export function findHandOver(handOvers: readonly CardHandOver[], contactId: string): CardHandOver | null {
  const own = handOvers.filter((each) => each.contactId === contactId);
  const [newest = null] = own.toSorted((one, other) => other.offeredAt.localeCompare(one.offeredAt));
  return own.find(({ state }) => state === 'offered') ?? newest;
}

function holdsOn(point: TalkingPoint, today: string): boolean {
  return (point.startsOn === null || point.startsOn <= today) && (point.expiresOn === null || today <= point.expiresOn);
}

/** The talking points to show: those that hold today, newest first, three at most. Pure. */
export function chooseTalkingPoints(points: readonly TalkingPoint[], today: string): TalkingPoint[] {
  return points
    .filter((each) => holdsOn(each, today))
    .sort((a, b) => b.pushedAt.localeCompare(a.pushedAt) || a.id.localeCompare(b.id))
    .slice(0, mostTalkingPoints);
}

/** A talking point as the card shows it. `hasSeen`: this member has seen it before. Pure. */
export function toCardPoint(point: TalkingPoint, standing: StandingOutcome, hasSeen: boolean): CardTalkingPoint {
  const { id, title, text, whyNow, link, expiresOn } = point;
  const isNew = !hasSeen && standing.usedAt === null && standing.outcome === null;
  return { id, title, text, whyNow, link, expiresOn, isNew, ...standing };
}

/**
 * The insights on this account or person, newest first, with this member's own that the store may not have yet. `rows` are all kept rows, none refused.
 * Pure.
 */
export function layInsights(
  bundle: Bundle,
  rows: readonly OutboxRow[],
  coveredSequence: number,
  by: string,
  sendingUpTo: number,
): Card['insights'] {
  const nameOf = (contactId: string | null) => bundle.contacts.find((each) => each.id === contactId)?.name ?? null;
  const isHere = (ids: { accountId: string | null; contactId: string | null }) =>
    (ids.accountId !== null && ids.accountId === bundle.account?.id) ||
    bundle.contacts.some((each) => each.id === ids.contactId);
  const withdrawn = new Set(
    rows.flatMap((row) =>
      row.sequence > coveredSequence && isKind(row, 'withdrawInsight') ? [row.body.insightId] : [],
    ),
  );
  const known = new Set(bundle.insights.map((each) => each.id));
  const own = rows.flatMap((row): Card['insights'] => {
    if (row.sequence <= coveredSequence || !isKind(row, 'recordInsight')) return [];
    if (known.has(row.body.insightId) || !isHere(row.body)) return [];
    const { insightId: id, contactId, text, quote, kind, method } = row.body;
    const delivery = deliveryOf(row, sendingUpTo);
    return [{ id, contactId, text, quote, kind, method, at: row.savedAt, by, contact: nameOf(contactId), delivery }];
  });
  const theirs = bundle.insights.map((each) => ({
    ...each,
    contact: nameOf(each.contactId),
    delivery: 'sent' as const,
  }));
  return [...own, ...theirs].filter((each) => !withdrawn.has(each.id)).sort((a, b) => b.at.localeCompare(a.at));
}
