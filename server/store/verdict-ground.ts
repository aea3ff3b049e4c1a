import { sql } from 'kysely';
import type { CampaignId, ContactId, WorkspaceId } from '#contract/ids.ts';
import type { Scorecard } from '#contract/score.ts';
import type { ScoredTouch } from '../../utils/scoring/engagement.ts';
import type { Scope } from '../db/scope.ts';
import { type ContactFacts, contactFacts } from './contact.ts';
import { touchMoments } from './fold.ts';
import { askScorecard, type ScorecardRow } from './scorecard.ts';
import { composeScored, type FoldedCount } from './scored-touch.ts';
import { packedTouch, scoredTouches, unpackTouches } from './touch.ts';

/** What a verdict is given on: the person, what their score is made of, the card in force, and the campaigns that reached them, the one of the newest touch first. */
export interface VerdictGround {
  contact: ContactFacts;
  touches: ScoredTouch[];
  scorecard: Scorecard;
  campaigns: CampaignId[];
}

type Row = ContactFacts & ScorecardRow & { touches: string | null; folded: string | null; campaigns: CampaignId[] };
type FoldedRow = Omit<FoldedCount, 'firstAt' | 'lastAt'> & { firstAt: string; lastAt: string };

/**
 * All of it as it stands up to `now`, in one statement: a click is mostly statements, and each costs both sides as much as what it asks. The person stays until
 * this transaction is over, so that nothing is written about somebody who is being erased. Undefined when there is none.
 */
export async function holdVerdictGround(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  now: Date,
): Promise<VerdictGround | undefined> {
  const asked = askScorecard(workspaceId);
  const { rows } = await sql<Row>`
    select ${contactFacts}, s.mark, s.card,
      (select json_agg(${packedTouch} order by t.at desc, t.id)::text from (
        select id, kind, at, campaign_id, detail, is_robot from touch
        where workspace_id = ${workspaceId} and contact_id = c.id and at <= ${now}
        order by at desc limit ${scoredTouches}) t
        left join campaign n on n.workspace_id = ${workspaceId} and n.id = t.campaign_id) as touches,
      (select json_agg(json_build_object('contactId', f.contact_id, 'kind', f.kind, 'isRobot', f.is_robot, 'campaign', n.name,
          'touches', f.touches, 'firstAt', f.first_at, 'lastAt', f.last_at) order by f.last_at desc)::text from folded_touch f
        left join campaign n on n.workspace_id = f.workspace_id and n.id = f.campaign_id
        where f.workspace_id = ${workspaceId} and f.contact_id = c.id and f.last_at <= ${now}) as folded,
      array(select m.campaign_id from ${touchMoments} m
        where m.workspace_id = ${workspaceId} and m.contact_id = c.id and m.campaign_id is not null and not m.is_robot and m.at <= ${now}
        group by m.campaign_id order by max(m.at) desc, m.campaign_id) as campaigns
    from contact c left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    left join ${asked.newest} s on true
    where c.workspace_id = ${workspaceId} and c.id = ${contactId}
    for key share of c`.execute(scope);
  const row = rows[0];
  if (!row) return undefined;
  const { mark, card, touches, folded, campaigns, ...contact } = row;
  const scorecard = asked.read({ mark, card });
  const counts = folded === null ? [] : (JSON.parse(folded) as FoldedRow[]).map(toCount);
  const single = touches === null ? [] : unpackTouches(contactId, touches);
  return { contact, touches: composeScored(single, counts), scorecard, campaigns };
}

const toCount = ({ firstAt, lastAt, ...count }: FoldedRow): FoldedCount => {
  return { ...count, firstAt: new Date(firstAt), lastAt: new Date(lastAt) };
};
