import type { Score, Scorecard } from '#contract/score.ts';
import type { ScoredTouch } from './engagement.ts';
import type { Subject } from './fit.ts';
import { dayMs } from './points.ts';
import { qualify } from './qualify.ts';
import { scoreContact } from './score.ts';

/** What somebody did so many days ago or less can make them qualified now: long enough for a source that is read each night, and for a weekend. */
export const freshDays = 3;

/** Somebody who has become qualified, with the score that says so, and by what. */
export interface Risen {
  score: Score;
  by: 'grade' | 'handRaise';
}

/**
 * Whether somebody is qualified by what they did in the last days: by the card in force they are now, and without that they would not have been. `touches`: newest first.
 * Null: they are not, or were before; so history that is taken in late makes nobody qualified now.
 */
export function becomeQualified(
  scorecard: Scorecard,
  subject: Subject,
  touches: readonly ScoredTouch[],
  now: Date,
): Risen | null {
  const score = scoreContact(scorecard, subject, touches, now);
  const told = qualify(score, scorecard);
  if (!told.isQualified) return null;
  const since = new Date(now.getTime() - freshDays * dayMs);
  const isFresh = ({ at }: { at: string | null }) => at !== null && Date.parse(at) > since.getTime();
  // A hand that is raised again is a new one, whatever came before.
  if (told.by === 'handRaise') return isFresh(told.reason) ? { score, by: 'handRaise' } : null;
  const before = scoreContact(
    scorecard,
    subject,
    touches.filter(({ at }) => at <= since),
    since,
  );
  return qualify(before, scorecard).isQualified ? null : { score, by: 'grade' };
}
