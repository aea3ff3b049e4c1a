import { sql } from 'kysely';
import { mostOwnHandOvers, type OwnHandOver, ownHandOverSchema } from '#contract/hand-over.ts';
import type { Scope } from '../../db/scope.ts';
import type { Caller } from '../../deps.ts';
import { writeInstant } from '../instant.ts';

/** For so many days a hand-over that was answered stays with its member. */
const shownDays = 14;

/** In SQL of the hand-over `e` that came back, with who gave it back as `em`: what the next one tells of it; null where there is none. */
export const earlierJson = sql`case when e.id is null then null else jsonb_build_object(
  'at', ${writeInstant('e.answered_at')}, 'by', em.name, 'way', e.way, 'reason', e.reason, 'line', e.line) end`;

type Row = Omit<OwnHandOver, 'offeredAt' | 'dueAt' | 'answer'> & {
  offeredAt: Date;
  dueAt: Date;
  answerId: string | null;
  answeredAt: Date | null;
  way: string | null;
  reason: string | null;
  line: string | null;
};

/** The hand-overs of one member: what waits, the first due first, then what they answered lately, the newest first. Nobody else's. */
export async function listOwnHandOvers(
  scope: Scope,
  { workspaceId, memberId }: Pick<Caller, 'workspaceId' | 'memberId'>,
  now: Date,
): Promise<OwnHandOver[]> {
  const since = new Date(now.getTime() - shownDays * 86_400_000);
  const { rows } = await sql<Row>`
    select h.id, h.contact_id, h.account_id, c.name, a.name as account, h.grade, h.cause, b.name as by, h.note, h.state, h.offered_at, h.due_at,
      h.answer_id, h.answered_at, h.way, h.reason, h.line, ${earlierJson} as earlier
    from hand_over h
    join contact c on c.workspace_id = h.workspace_id and c.id = h.contact_id
    left join account a on a.workspace_id = h.workspace_id and a.id = c.account_id
    left join member b on b.workspace_id = h.workspace_id and b.id = h.offered_by
    left join hand_over e on e.workspace_id = h.workspace_id and e.id = h.earlier_id
    left join member em on em.workspace_id = h.workspace_id and em.id = e.answered_by
    where h.workspace_id = ${workspaceId} and h.member_id = ${memberId}
      and (h.state = 'offered' or (h.state in ('accepted','returned') and h.answered_at >= ${since}))
    order by h.state <> 'offered', case when h.state = 'offered' then h.due_at end, h.answered_at desc, h.id
    limit ${mostOwnHandOvers}`.execute(scope);
  return rows.map(({ answerId, answeredAt, way, reason, line, offeredAt, dueAt, ...row }) =>
    ownHandOverSchema.parse({
      ...row,
      offeredAt: offeredAt.toISOString(),
      dueAt: dueAt.toISOString(),
      answer:
        answerId === null || answeredAt === null ? null : { answerId, at: answeredAt.toISOString(), way, reason, line },
    }),
  );
}
