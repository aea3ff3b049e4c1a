import { setImmediate as giveWay } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { CardBody } from '#contract/agreement.ts';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import type { PreviewFigures, PreviewLead, PreviewSlice } from '#contract/preview.ts';
import type { Scorecard } from '#contract/score.ts';
import { addFigures, compareLead, countLeads, noFigures } from '../../../utils/scoring/preview.ts';
import type { Schema } from '../../db/schema.ts';
import { inWorkspace, type Scope } from '../../db/scope.ts';
import { type ContactFacts, contactFacts, toSubject } from '../contact.ts';
import { readScorecard } from '../scorecard.ts';
import { composeScored, listFoldedCounts } from '../scored-touch.ts';
import { listNewestTouches } from '../touch.ts';

/** So many people are in memory at a time, with 200 touches each at most; after them everybody else gets their turn. */
const batchSize = 200;
/** After so long an answer says how far it came. */
const sliceMs = 1500;

/** What is wanted of a preview, and what ends it early: it then answers what it has. */
export interface PreviewWish {
  body: CardBody;
  after: ContactId | null;
  now: Date;
  stop: AbortSignal;
}

type LeadRow = ContactFacts & { account: string | null };

/**
 * Holds a card against the one in force, over contacts in the order of their ids: one slice, of as many batches as fit into its time. Each batch is a short transaction of its
 * own, so that nothing is held up by it.
 */
export async function previewCard(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  { body, after, now, stop }: PreviewWish,
): Promise<PreviewSlice> {
  const { before, total } = await inWorkspace(db, workspaceId, async (scope) => ({
    before: await readScorecard(scope, workspaceId),
    total: after === null ? await countContacts(scope, workspaceId) : null,
  }));
  const cards = { before, after: { ...before, ...body, qualified: body.qualified } };
  const until = performance.now() + sliceMs;
  let figures: PreviewFigures = noFigures;
  let next = after;
  do {
    const leads = await inWorkspace(db, workspaceId, (scope) => readLeads(scope, workspaceId, cards, next, now));
    figures = addFigures(figures, countLeads(leads));
    next = leads.length < batchSize ? null : (leads.at(-1)?.id ?? null);
    await giveWay();
  } while (next !== null && performance.now() < until && !stop.aborted);
  return { ...figures, version: before.version, asOf: now.toISOString(), total, next };
}

async function countContacts(scope: Scope, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::float8 as total from contact where workspace_id = ${workspaceId}`.execute(scope);
  return rows[0]?.total ?? 0;
}

/** The next people behind `after`, as they stand by both cards. */
async function readLeads(
  scope: Scope,
  workspaceId: WorkspaceId,
  cards: { before: Scorecard; after: Scorecard },
  after: ContactId | null,
  now: Date,
): Promise<PreviewLead[]> {
  const { rows } = await sql<LeadRow>`
    select ${contactFacts}, a.name as account
    from contact c left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where c.workspace_id = ${workspaceId} ${after === null ? sql`` : sql`and c.id > ${after}`}
    order by c.id limit ${batchSize}`.execute(scope);
  const ids = rows.map(({ id }) => id);
  const [touches, folded] = await Promise.all([
    listNewestTouches(scope, workspaceId, ids, now),
    listFoldedCounts(scope, workspaceId, ids, now),
  ]);
  const [own, counts] = [Map.groupBy(touches, (each) => each.contactId), Map.groupBy(folded, (each) => each.contactId)];
  return rows.map((row) => {
    const { id, name, title, account } = row;
    const scored = composeScored(own.get(id) ?? [], counts.get(id) ?? []);
    return compareLead({ id, name, title, account }, cards, toSubject(row), scored, now);
  });
}
