import type { Change } from '#contract/feed.ts';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import type { Scorecard } from '#contract/score.ts';
import {
  gradeKept,
  type KeptTally,
  type KeptTouch,
  keepScore,
  rekeepScore,
  sharesTallies,
} from '../../utils/scoring/kept.ts';
import type { Scope } from '../db/scope.ts';
import { toSubject } from '../store/contact.ts';
import { type KeptRow, listKept, listScoredPeople, type Scored, writeKept } from '../store/kept-score.ts';
import { listScorecards, readScorecard } from '../store/scorecard.ts';
import { composeScored, listFoldedCounts } from '../store/scored-touch.ts';
import { listKeptTouches, listNewestTouches } from '../store/touch.ts';
import { findRising, offerRisen } from './offer-qualified.ts';

/** What each of these people's score is made of. Where some of it is counts by now, all touches have to be told apart from those that are no more. */
async function listTouches(
  scope: Scope,
  workspaceId: WorkspaceId,
  { criteria }: Scorecard,
  ids: readonly string[],
  now: Date,
): Promise<Map<ContactId, KeptTouch[]>> {
  const asked = criteria.filter((each) => each.axis === 'engagement');
  const kinds = [...new Set(asked.flatMap((each) => each.kinds))];
  const isWorded = asked.some(({ detail }) => detail !== null);
  const [found, folded] = await Promise.all([
    listKeptTouches(scope, workspaceId, ids, now, { kinds, isWorded }),
    listFoldedCounts(scope, workspaceId, ids, now),
  ]);
  const counts = Map.groupBy(folded, ({ contactId }) => contactId);
  const whole = await listNewestTouches(scope, workspaceId, [...counts.keys()], now);
  const own = Map.groupBy(whole, ({ contactId }) => contactId);
  for (const [id, some] of counts) {
    const scored = composeScored(own.get(id) ?? [], some);
    found.set(
      id,
      scored.map((touch) => ({ ...touch, at: touch.at.getTime() })),
    );
  }
  return found;
}

/** The tallies of those whose tallies by an earlier card serve this one too. By contact. */
async function listTallies(
  scope: Scope,
  workspaceId: WorkspaceId,
  scorecard: Scorecard,
  ids: readonly string[],
): Promise<Map<ContactId, KeptTally[]>> {
  const kept = await listKept(scope, workspaceId, ids);
  const cards = await listScorecards(scope, workspaceId, [...new Set(kept.map(({ version }) => version))]);
  const serving = new Set(cards.filter((card) => sharesTallies(card, scorecard)).map(({ version }) => version));
  return new Map(
    kept.flatMap(({ contactId, version, tallies }) => (serving.has(version) ? [[contactId, tallies] as const] : [])),
  );
}

/** Whom to score. `byTouches`: not from what is kept of them, which may lack some. */
export interface KeepOrder {
  scored: Scored;
  byTouches: boolean;
  /** Whether those who become qualified by it are offered to sales. */
  mayOffer: boolean;
  now: Date;
}

/**
 * Scores these people by the card in force and keeps what came of it: where only points were changed, from what is kept of their touches, however many those are.
 * Answers how many they are, the last of them, and what the feed must say of those who were offered to sales (null: nobody was).
 */
export async function keepSome(
  scope: Scope,
  workspaceId: WorkspaceId,
  { scored, byTouches, mayOffer, now }: KeepOrder,
): Promise<{ people: number; last: string | null; offered: Change[] | null }> {
  const scorecard = await readScorecard(scope, workspaceId);
  const people = await listScoredPeople(scope, workspaceId, scored);
  const ids = people.map(({ id }) => id);
  const tallies = byTouches ? new Map() : await listTallies(scope, workspaceId, scorecard, ids);
  const rest = ids.filter((id) => !tallies.has(id));
  const touches = rest.length === 0 ? new Map() : await listTouches(scope, workspaceId, scorecard, rest, now);
  const rows = people.map((person): KeptRow => {
    const known = tallies.get(person.id);
    const subject = toSubject(person);
    const kept = known
      ? rekeepScore(scorecard, subject, known)
      : keepScore(scorecard, subject, touches.get(person.id) ?? []);
    return { contactId: person.id, version: scorecard.version, ...kept, ...gradeKept(scorecard, kept, now) };
  });
  const rising = new Set(mayOffer ? await findRising(scope, workspaceId, scorecard, rows, now) : []);
  await writeKept(scope, workspaceId, rows);
  const risen = people.filter(({ id }) => rising.has(id));
  const offered = await offerRisen(scope, workspaceId, { scorecard, people: risen, now });
  return { people: people.length, last: ids.at(-1) ?? null, offered };
}
