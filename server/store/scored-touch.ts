import { sql } from 'kysely';
import type { ContactId, TouchId, WorkspaceId } from '#contract/ids.ts';
import type { ScoredTouch } from '../../utils/scoring/engagement.ts';
import type { Scope } from '../db/scope.ts';
import { nobodysId } from './fold.ts';
import { scoredTouches } from './touch.ts';

/** What is left of a person's touches of one kind and campaign in a month. */
export interface FoldedCount {
  contactId: ContactId;
  kind: string;
  isRobot: boolean;
  campaign: string | null;
  touches: number;
  firstAt: Date;
  lastAt: Date;
}

/** The counts of these contacts up to `now`, newest first. */
export async function listFoldedCounts(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
  now: Date,
): Promise<FoldedCount[]> {
  const { rows } = await sql<FoldedCount>`
    select f.contact_id, f.kind, f.is_robot, n.name as campaign, f.touches, f.first_at, f.last_at from folded_touch f
    left join campaign n on n.workspace_id = f.workspace_id and n.id = f.campaign_id
    where f.workspace_id = ${workspaceId} and f.contact_id = any(${[...contactIds]}::uuid[]) and f.last_at <= ${now}
    order by f.last_at desc, f.contact_id`.execute(scope);
  return rows;
}

/** Touches for a score again: one or two stand where they stood, more are spread evenly between the first and the last. What each was about is gone. */
function* spread({ kind, isRobot, campaign, touches, firstAt, lastAt }: FoldedCount): Generator<ScoredTouch> {
  const step = touches === 1 ? 0 : (lastAt.getTime() - firstAt.getTime()) / (touches - 1);
  for (let index = 0; index < touches; index++) {
    const at = new Date(lastAt.getTime() - index * step);
    yield { id: nobodysId as TouchId, kind, at, detail: null, campaign, isRobot };
  }
}

/** What a contact's score is made of: their touches, newest first, and behind them those that are counts, as many together as a score is made of. */
export function composeScored(touches: readonly ScoredTouch[], folded: readonly FoldedCount[]): ScoredTouch[] {
  const scored = [...touches];
  for (const count of folded) {
    for (const touch of spread(count)) {
      if (scored.length >= scoredTouches) return scored;
      scored.push(touch);
    }
  }
  return scored;
}
