import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { digestSchema } from '#contract/digest.ts';
import type { KeptDigestId, MemberId, WorkspaceId } from '#contract/ids.ts';
import { type DigestEdit, digestShape, type KeptDigest, type KeptDigestHead } from '#contract/kept-digest.ts';
import { daysOf } from '../../utils/platform/months.ts';
import type { Scope } from '../db/scope.ts';
import { readDigest } from './desk-digest.ts';

/** So many are listed. */
const mostListed = 240;
/** So many are kept by hand in a workspace. */
const mostByHand = 200;

/** Those of the months whose digest is not kept yet, in their order. None from before the workspace was there. */
export async function listDueMonths(
  scope: Scope,
  workspaceId: WorkspaceId,
  months: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    select m as month from unnest(${[...months]}::text[]) with ordinality as u(m, place)
    where not exists (select 1 from kept_digest k where k.workspace_id = ${workspaceId} and k.month = m)
      and exists (select 1 from workspace w where w.workspace_id = ${workspaceId}
        and to_char(w.created_at at time zone 'UTC', 'YYYY-MM') <= m)
    order by place`.execute(scope);
  return rows.map(({ month }) => month);
}

interface Keeping {
  id: KeptDigestId;
  /** Null: by hand. */
  month: string | null;
  from: string;
  until: string;
  /** Null: the store by itself. */
  madeBy: MemberId | null;
}

/** Keeps the digest of a period as the store holds it at `now`. False: it is kept already, by its id or as that month's. Whoever erases people must wait meanwhile. */
async function keep(scope: Scope, workspaceId: WorkspaceId, keeping: Keeping, now: Date): Promise<boolean> {
  const { id, month, from, until, madeBy } = keeping;
  const digest = await readDigest(scope, workspaceId, { from, until }, now);
  const heard = digest.insights + digest.verdicts.weak + digest.verdicts.strong;
  const { rows } = await sql`
    insert into kept_digest (workspace_id, id, month, from_day, until_day, shape, content, heard, made_at, made_by)
    values (${workspaceId}, ${id}, ${month}, ${from}, ${until}, ${digestShape}, ${JSON.stringify(digest)}::jsonb, ${heard}, ${now}, ${madeBy})
    on conflict do nothing returning 1`.execute(scope);
  return rows.length > 0;
}

/** Keeps a month's digest. False: another store has. */
export function keepMonth(scope: Scope, workspaceId: WorkspaceId, month: string, now: Date): Promise<boolean> {
  const keeping = { id: randomUUID() as KeptDigestId, month, ...daysOf(month), madeBy: null };
  return keep(scope, workspaceId, keeping, now);
}

/** Keeps a period's digest by hand. The same id again changes nothing. False: there are too many. */
export async function keepByHand(
  scope: Scope,
  caller: { workspaceId: WorkspaceId; memberId: MemberId },
  wanted: { id: KeptDigestId; from: string; until: string },
  now: Date,
): Promise<boolean> {
  const { workspaceId, memberId } = caller;
  const { rows } = await sql<{ others: number }>`
    select count(*)::int as others from kept_digest where workspace_id = ${workspaceId} and month is null and id <> ${wanted.id}`.execute(
    scope,
  );
  if ((rows[0]?.others ?? 0) >= mostByHand) return false;
  await keep(scope, workspaceId, { ...wanted, month: null, madeBy: memberId }, now);
  return true;
}

interface HeadRow extends Omit<KeptDigestHead, 'madeAt'> {
  madeAt: Date;
}

const head = sql`k.id, k.month, k.from_day as "from", k.until_day as until, k.made_at, m.name as made_by, k.heard`;
const withMember = sql`kept_digest k left join member m on m.workspace_id = k.workspace_id and m.id = k.made_by`;

/** What is kept, the latest period first, at most 240. */
export async function listKeptDigests(scope: Scope, workspaceId: WorkspaceId): Promise<KeptDigestHead[]> {
  const { rows } = await sql<HeadRow>`
    select ${head} from ${withMember} where k.workspace_id = ${workspaceId}
    order by k.until_day desc, k.made_at desc, k.id limit ${mostListed}`.execute(scope);
  return rows.map((row) => ({ ...row, madeAt: row.madeAt.toISOString() }));
}

/** A digest as it stood; null when there is none by that id. */
export async function readKeptDigest(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: KeptDigestId,
): Promise<KeptDigest | null> {
  const { rows } = await sql<HeadRow & { shape: number; content: unknown; edits: (DigestEdit & { byId: string })[] }>`
    select ${head}, k.shape, k.content, coalesce((
      select jsonb_agg(e.edit - 'byId' || jsonb_build_object('by', coalesce(w.name, '')) order by e.place)
      from jsonb_array_elements(k.edits) with ordinality as e(edit, place)
      left join member w on w.workspace_id = k.workspace_id and w.id = (e.edit->>'byId')::uuid), '[]'::jsonb) as edits
    from ${withMember} where k.workspace_id = ${workspaceId} and k.id = ${id}`.execute(scope);
  const [row] = rows;
  if (row === undefined) return null;
  const { content, madeAt, ...rest } = row;
  return { ...rest, madeAt: madeAt.toISOString(), digest: digestSchema.parse(content) };
}
