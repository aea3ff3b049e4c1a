import { sql } from 'kysely';
import type { OwnVerdict } from '#contract/bundle.ts';
import type { CampaignId, ContactId, MemberId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import type { Score } from '#contract/score.ts';
import type { VerdictReason, VerdictValue } from '#contract/verdict.ts';
import type { Scope } from '../db/scope.ts';
import type { Caller } from '../deps.ts';
import type { ContactFacts } from './contact.ts';

/** A verdict with all that stood when it was given. `campaigns`: newest touch first. `shown` and `claimedAt` are what the device said. */
export interface NewVerdict {
  id: VerdictId;
  contact: ContactFacts;
  value: VerdictValue;
  claimedAt: string;
  shown: unknown;
  score: Score;
  campaigns: CampaignId[];
}

/** Keeps a verdict. False when its id is taken. */
export async function createVerdict(scope: Scope, caller: Caller, verdict: NewVerdict): Promise<boolean> {
  const { contact, score } = verdict;
  const { rows } = await sql`
    insert into verdict (workspace_id, id, contact_id, account_id, member_id, device_id, value, claimed_at, shown, score, grade, scorecard_version,
      campaign_ids, last_campaign_id, segment, tier, stage, named)
    values (${caller.workspaceId}, ${verdict.id}, ${contact.id}, ${contact.accountId}, ${caller.memberId}, ${caller.deviceId}, ${verdict.value}, ${verdict.claimedAt},
      ${verdict.shown === null ? null : JSON.stringify(verdict.shown)}, ${JSON.stringify(score)}, ${score.grade}, ${score.scorecardVersion},
      ${verdict.campaigns}::uuid[], ${verdict.campaigns[0] ?? null}, ${contact.segment}, ${contact.tier}, ${contact.stage},
      ${JSON.stringify({ contact: contact.name, title: contact.title, account: contact.account })})
    on conflict do nothing returning 1`.execute(scope);
  return rows.length > 0;
}

/** A member's verdict by its id, locked for this transaction; undefined when there is none, or it is another member's. */
export async function findVerdict(
  scope: Scope,
  caller: Caller,
  id: VerdictId,
): Promise<{ value: VerdictValue; undoneAt: Date | null } | undefined> {
  return scope
    .selectFrom('verdict')
    .select(['value', 'undoneAt'])
    .where('workspaceId', '=', caller.workspaceId)
    .where('id', '=', id)
    .where('memberId', '=', caller.memberId)
    .forUpdate()
    .executeTakeFirst();
}

/** Writes or takes back the reason of a verdict. */
export async function setReason(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: VerdictId,
  reason: VerdictReason | null,
): Promise<void> {
  await scope
    .updateTable('verdict')
    .set({ reason })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Takes a verdict back. A second time changes nothing. */
export async function undoVerdict(scope: Scope, workspaceId: WorkspaceId, id: VerdictId): Promise<void> {
  await sql`update verdict set undone_at = clock_timestamp() where workspace_id = ${workspaceId} and id = ${id} and undone_at is null`.execute(
    scope,
  );
}

type Row = {
  verdictId: VerdictId;
  contactId: ContactId;
  value: VerdictValue;
  reason: VerdictReason | null;
  at: Date;
  undone: boolean;
};

const toOwn = ({ at, ...row }: Row): OwnVerdict => ({ ...row, at: at.toISOString() });

/** For the contacts of these verdicts, what this member's verdict there is now: the newest that was not taken back, or the newest as taken back. */
export async function readOwnVerdicts(
  scope: Scope,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  ids: readonly string[],
): Promise<OwnVerdict[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`
    select distinct on (v.contact_id) v.id as verdict_id, v.contact_id, v.value, v.reason, v.at, v.undone_at is not null as undone
    from verdict v
    where v.workspace_id = ${workspaceId} and v.member_id = ${memberId} and v.contact_id in (
      select contact_id from verdict where workspace_id = ${workspaceId} and member_id = ${memberId} and id = any(${[...ids]}::uuid[]))
    order by v.contact_id, v.undone_at is not null, v.at desc`.execute(scope);
  return rows.map(toOwn);
}

/** This member's standing verdicts, one a contact. */
export async function listOwnVerdicts(
  scope: Scope,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<OwnVerdict[]> {
  const { rows } = await sql<Row>`
    select distinct on (contact_id) id as verdict_id, contact_id, value, reason, at, false as undone
    from verdict where workspace_id = ${workspaceId} and member_id = ${memberId} and undone_at is null
    order by contact_id, at desc`.execute(scope);
  return rows.map(toOwn);
}
