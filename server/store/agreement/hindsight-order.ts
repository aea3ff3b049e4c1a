import type { WorkspaceId } from '#contract/ids.ts';
import { compareCards } from '../../../utils/scoring/agree/compare-cards.ts';
import type { Scope } from '../../db/scope.ts';
import type { HindsightOrder } from '../../hindsight/work-out.ts';
import { readFeedHead } from '../feed.ts';
import { readScorecard } from '../scorecard.ts';
import { findDraft } from './draft.ts';

/** The cards to hold against the past, and where the workspace's history stands. */
export async function readHindsightOrder(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: 'scorecard',
): Promise<{ order: HindsightOrder; place: string }> {
  const { token } = await readFeedHead(scope, workspaceId);
  const inForce = await readScorecard(scope, workspaceId);
  const open = await findDraft(scope, workspaceId, kind);
  const isTried = open !== null && compareCards(inForce, open.body).length > 0;
  const { version, publishedAt } = inForce;
  const draft = isTried
    ? { id: open.id, revision: open.revision, card: { ...open.body, version, publishedAt, signedBy: [] } }
    : null;
  return { order: { workspaceId, inForce, draft }, place: token };
}
