import type { Change } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { QualifiedRule, Scorecard } from '#contract/score.ts';
import { becomeQualified } from '../../utils/scoring/become-qualified.ts';
import { gradeKept } from '../../utils/scoring/kept.ts';
import { isQualifiedGrade } from '../../utils/scoring/qualify.ts';
import type { Scope } from '../db/scope.ts';
import { type ContactFacts, toSubject } from '../store/contact.ts';
import { type Lead, offerLeads } from '../store/hand-over/offer.ts';
import { type KeptRow, listKept } from '../store/kept-score.ts';
import { composeScored, listFoldedCounts } from '../store/scored-touch.ts';
import { listContactCampaigns, listNewestTouches } from '../store/touch.ts';

/** What is kept of the hands somebody raised: another text once they raise one again. */
const raisedOf = ({ handRaise }: QualifiedRule, { tallies }: Pick<KeptRow, 'tallies'>): string =>
  tallies
    .filter(({ criterion }) => handRaise.includes(criterion))
    .map(({ criterion, value, at }) => `${criterion} ${value} ${at}`)
    .join();

/** Of these people those who may have come into "qualified" with the scores that are about to be kept: into the grades, or by another hand raised. */
export async function findRising(
  scope: Scope,
  workspaceId: WorkspaceId,
  scorecard: Scorecard,
  rows: readonly KeptRow[],
  now: Date,
): Promise<string[]> {
  const rule = scorecard.qualified;
  if (rule === undefined) return [];
  const candidates = rows.filter((row) => isQualifiedGrade(row.grade, rule) || raisedOf(rule, row) !== '');
  if (candidates.length === 0) return [];
  const ids = candidates.map(({ contactId }) => contactId);
  const before = new Map((await listKept(scope, workspaceId, ids)).map((row) => [row.contactId, row]));
  const wasIn = (row: KeptRow) =>
    isQualifiedGrade(row.version === scorecard.version ? gradeKept(scorecard, row, now).grade : row.grade, rule);
  return candidates.flatMap((row): string[] => {
    const known = before.get(row.contactId);
    const hasRisen = isQualifiedGrade(row.grade, rule) && !(known && wasIn(known));
    return hasRisen || raisedOf(rule, row) !== (known ? raisedOf(rule, known) : '') ? [row.contactId] : [];
  });
}

/** Offers those of these people to sales who have become qualified. Answers what the feed must say; null: nobody was offered. */
export async function offerRisen(
  scope: Scope,
  workspaceId: WorkspaceId,
  { scorecard, people, now }: { scorecard: Scorecard; people: readonly ContactFacts[]; now: Date },
): Promise<Change[] | null> {
  if (people.length === 0) return null;
  const ids = people.map(({ id }) => id);
  const [newest, folded] = await Promise.all([
    listNewestTouches(scope, workspaceId, ids, now),
    listFoldedCounts(scope, workspaceId, ids, now),
  ]);
  const touches = Map.groupBy(newest, ({ contactId }) => contactId);
  const counts = Map.groupBy(folded, ({ contactId }) => contactId);
  const leads: Lead[] = [];
  for (const contact of people) {
    const scored = composeScored(touches.get(contact.id) ?? [], counts.get(contact.id) ?? []);
    const risen = becomeQualified(scorecard, toSubject(contact), scored, now);
    if (risen === null) continue;
    const campaigns = await listContactCampaigns(scope, workspaceId, contact.id, now);
    leads.push({ contact, score: risen.score, campaigns, cause: risen.by === 'grade' ? 'grade' : 'hand_raise' });
  }
  return offerLeads(scope, workspaceId, leads, now);
}
