import type { Band } from '#contract/band.ts';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { countGrades, listBand } from '../store/kept-score.ts';
import { readScoreProgress } from '../store/score-progress.ts';
import { readScorecard } from '../store/scorecard.ts';
import { regradeDue } from './keep-scores.ts';

const mostAPage = 200;
/** More than that are not due at a moment, as they are looked after each second; those that are left are graded right after. */
const mostDue = 5000;
const noContact = '00000000-0000-0000-0000-000000000000';

/** Who has these grades at `now`, a page after `after` (null: the first), and how many people each grade has. Whose grade time has changed up to then is graded first. */
export async function readBand(
  scope: Scope,
  workspaceId: WorkspaceId,
  { grades, after }: { grades: readonly string[]; after: ContactId | null },
  now: Date,
): Promise<Band> {
  await regradeDue(scope, workspaceId, now, mostDue);
  const scorecard = await readScorecard(scope, workspaceId);
  const progress = await readScoreProgress(scope, workspaceId);
  const isDone = progress?.version === scorecard.version && progress.after === null;
  const scored = progress?.version === scorecard.version ? progress.scored : 0;
  const place = { grades, after: after ?? noContact, most: mostAPage + 1 };
  const found = grades.length === 0 ? [] : await listBand(scope, workspaceId, place);
  const contacts = found.slice(0, mostAPage);
  return {
    asOf: now.toISOString(),
    scorecardVersion: scorecard.version,
    rescored: isDone ? null : scored,
    grades: await countGrades(scope, workspaceId),
    contacts,
    next: found.length > mostAPage ? (contacts.at(-1)?.id ?? null) : null,
  };
}
