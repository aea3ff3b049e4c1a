import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { CardBody } from '#contract/agreement.ts';
import type { Change } from '#contract/feed.ts';
import type { ContactId, MemberId, ReceiptId, WorkspaceId } from '#contract/ids.ts';
import { type Receipt, type ReceiptLine, type ReceiptsPreview, receiptSchema } from '#contract/receipt.ts';
import type { VerdictReason, VerdictValue } from '#contract/verdict.ts';
import {
  type JudgedLead,
  listPointChanges,
  listReceiptLines,
  type PointChange,
} from '../../../utils/scoring/agree/receipt-lines.ts';
import { matchesTouch } from '../../../utils/scoring/engagement.ts';
import { meetsFit } from '../../../utils/scoring/fit.ts';
import type { Scope } from '../../db/scope.ts';
import type { Caller } from '../../deps.ts';
import { type ContactFacts, contactFacts, toSubject } from '../contact.ts';
import { writeStandingVerdicts } from '../desk-quality.ts';
import { listNewestTouches } from '../touch.ts';
import { listVersions } from './version.ts';

/** Verdicts of so many days are what the points beside them were changed on: the evidence's usual period. */
const evidenceDays = 91;
/** So many people's touches are looked through at a time. */
const batchSize = 200;

interface JudgedRow extends ContactFacts {
  memberId: MemberId;
  value: VerdictValue;
  reason: VerdictReason | null;
  givenAt: Date;
  met: string[];
}

/** What each member would be told of a change from one card to another; who has no part in it is left out. In the order of members' ids. */
export async function listReceipts(
  scope: Scope,
  workspaceId: WorkspaceId,
  { before, after, now }: { before: CardBody; after: CardBody; now: Date },
): Promise<Map<MemberId, ReceiptLine[]>> {
  const changes = listPointChanges(before, after);
  if (changes.length === 0) return new Map();
  const rows = await listJudged(scope, workspaceId, changes, now);
  const fresh = changes.filter((each) => each.before === null);
  const leads = new Map<MemberId, JudgedLead[]>();
  for (let from = 0; from < rows.length; from += batchSize) {
    const batch = rows.slice(from, from + batchSize);
    const metFresh = await findFresh(scope, workspaceId, fresh, batch, now);
    for (const [index, { memberId, value, reason, met }] of batch.entries()) {
      const lead = { value, reason, met: new Set([...met, ...(metFresh[index] ?? [])]) };
      const own = leads.get(memberId);
      if (own) own.push(lead);
      else leads.set(memberId, [lead]);
    }
  }
  return new Map(
    [...leads].flatMap(([memberId, own]) => {
      const lines = listReceiptLines(changes, own);
      return lines.length === 0 ? [] : [[memberId, lines] as const];
    }),
  );
}

/** The standing verdicts of those who are still here, each with the criteria that its lead met then. */
async function listJudged(
  scope: Scope,
  workspaceId: WorkspaceId,
  changes: readonly PointChange[],
  now: Date,
): Promise<JudgedRow[]> {
  const since = new Date(now.getTime() - evidenceDays * 86_400_000);
  const ids = changes.map(({ criterion }) => criterion.id);
  const { rows } = await sql<JudgedRow>`
    select v.member_id, v.value, v.reason, v.at as given_at,
      array(select distinct r->>'criterion' from jsonb_array_elements(v.score->'reasons') r
        where (r->>'points')::numeric <> 0 and r->>'criterion' = any(${ids}::text[])) as met,
      ${contactFacts}
    from ${writeStandingVerdicts(workspaceId, since)} v
    join member m on m.workspace_id = ${workspaceId} and m.id = v.member_id and m.left_at is null
    join contact c on c.workspace_id = ${workspaceId} and c.id = v.contact_id
    left join account a on a.workspace_id = ${workspaceId} and a.id = c.account_id
    order by v.member_id, v.id`.execute(scope);
  return rows;
}

/** Which criteria that no score knew yet each of these leads meets: of fit as they are now, of engagement by what they had done when they were judged. */
async function findFresh(
  scope: Scope,
  workspaceId: WorkspaceId,
  fresh: readonly PointChange[],
  rows: readonly JudgedRow[],
  now: Date,
): Promise<string[][]> {
  const asksTouches = fresh.some(({ criterion }) => criterion.axis === 'engagement');
  const contactIds = [...new Set(rows.map(({ id }) => id))];
  const touches = asksTouches ? await listNewestTouches(scope, workspaceId, contactIds, now) : [];
  const byContact = Map.groupBy(touches, ({ contactId }): ContactId => contactId);
  return rows.map((row) =>
    fresh.flatMap(({ criterion }) => {
      const isMet =
        criterion.axis === 'fit'
          ? meetsFit(criterion, toSubject(row))
          : byContact.get(row.id)?.some((touch) => touch.at <= row.givenAt && matchesTouch(criterion, touch));
      return isMet ? [criterion.id] : [];
    }),
  );
}

/** What publishing a card would send: to how many, and what the one with most verdicts would read. Nobody is named. */
export async function previewReceipts(
  scope: Scope,
  workspaceId: WorkspaceId,
  cards: Parameters<typeof listReceipts>[2],
): Promise<ReceiptsPreview> {
  const receipts = [...(await listReceipts(scope, workspaceId, cards)).values()];
  const [sample] = receipts.sort((a, b) => (b[0]?.count ?? 0) - (a[0]?.count ?? 0));
  return { members: receipts.length, sample: sample ?? null };
}

/** Writes the receipts of the version that has just been put into force, over the one before. */
export async function writeReceipts(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: 'scorecard',
  now: Date,
): Promise<void> {
  const [inForce, before] = await listVersions(scope, workspaceId, kind);
  if (!before) return;
  const { version, reason, signatures } = inForce;
  const receipts = await listReceipts(scope, workspaceId, { before: before.body, after: inForce.body, now });
  const names = await scope
    .selectFrom('member')
    .select(['id', 'name'])
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', [...signatures.map(({ memberId }) => memberId), randomUUID()])
    .execute();
  const signedBy = signatures.flatMap((each) => names.find(({ id }) => id === each.memberId)?.name ?? []);
  const rows = [...receipts].map(([memberId, lines]) => ({
    workspaceId,
    id: randomUUID(),
    kind,
    version,
    memberId,
    at: now,
    why: reason,
    signedBy: JSON.stringify(signedBy),
    lines: JSON.stringify(lines),
    dismissedAt: null,
  }));
  if (rows.length > 0) await scope.insertInto('receipt').values(rows).execute();
}

/** The changes that tell members of the receipts of the newest version. */
export async function listReceiptChanges(scope: Scope, workspaceId: WorkspaceId): Promise<Change[]> {
  const { rows } = await sql<{ id: string; memberId: string }>`
    select id, member_id from receipt r where workspace_id = ${workspaceId} and dismissed_at is null
      and version = (select max(version) from agreement_version v where v.workspace_id = ${workspaceId} and v.kind = r.kind)
    order by id`.execute(scope);
  return rows.map(({ id, memberId }) => ({ kind: 'receipt', id, memberId }));
}

/** A member's receipts that they have not put away, newest first. */
export async function listOwnReceipts(scope: Scope, { workspaceId, memberId }: Caller): Promise<Receipt[]> {
  const rows = await scope
    .selectFrom('receipt')
    .select(['id', 'version', 'at', 'why', 'signedBy', 'lines'])
    .where('workspaceId', '=', workspaceId)
    .where('memberId', '=', memberId)
    .where('dismissedAt', 'is', null)
    .orderBy('version', 'desc')
    .limit(10)
    .execute();
  return rows.map((row) => receiptSchema.parse({ ...row, at: row.at.toISOString() }));
}

/** Puts a receipt of one's own away, on all devices. A second time changes nothing. False: there is no such receipt. */
export async function dismissReceipt(scope: Scope, caller: Caller, id: ReceiptId, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update receipt set dismissed_at = coalesce(dismissed_at, ${now})
    where workspace_id = ${caller.workspaceId} and member_id = ${caller.memberId} and id = ${id} returning id`.execute(
    scope,
  );
  return rows.length > 0;
}
