import { type Kysely, sql } from 'kysely';
import type { ContactId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Schema } from '../../server/db/schema.ts';
import type { Reading } from '../../utils/replica/reader.ts';

/** What a member's copy must hold of one account, or of a person without one: as the store's tables have it. */
export interface Held {
  id: string;
  account: string | null;
  people: { id: string; name: string | null; title: string | null; touches: number; verdict: string | null }[];
  /** Newest first, ten at most. */
  insights: string[];
  /** What was pushed to the account, in the order of ids. */
  points: string[];
}

/** The whole of it by one query, which shares nothing with the store's own. In the order of ids. */
export async function readWanted(owner: Kysely<Schema>, workspaceId: WorkspaceId, memberId: MemberId): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select b.id, b.account,
      (select coalesce(json_agg(json_build_object(
          'id', c.id, 'name', c.name, 'title', c.title,
          'touches', (select count(*) from touch t where t.workspace_id = c.workspace_id and t.contact_id = c.id),
          'verdict', (select v.id || ' ' || v.value || coalesce(' ' || v.reason, '') from verdict v
            where v.workspace_id = c.workspace_id and v.contact_id = c.id and v.member_id = ${memberId} and v.undone_at is null
            order by v.at desc limit 1)) order by c.id), '[]')
        from contact c where c.workspace_id = ${workspaceId} and coalesce(c.account_id, c.id) = b.id) as people,
      array(select i.id::text from insight i
        left join contact c on c.workspace_id = i.workspace_id and c.id = i.contact_id
        where i.workspace_id = ${workspaceId} and i.withdrawn_at is null and coalesce(i.account_id, c.account_id, c.id) = b.id
        order by i.at desc, i.id limit 10) as insights,
      array(select a.talking_point_id::text from talking_point_account a
        join talking_point p on p.workspace_id = a.workspace_id and p.id = a.talking_point_id and p.ended_at is null
        where a.workspace_id = ${workspaceId} and a.account_id = b.id order by a.talking_point_id) as points
    from (
      select id, name as account from account where workspace_id = ${workspaceId}
      union all select id, null from contact where workspace_id = ${workspaceId} and account_id is null
    ) b order by b.id`.execute(owner);
  return rows;
}

/** The same as a device's copy has it, for these ids; those that it does not hold are left out. */
export async function readHeld(reading: Reading, ids: readonly string[]): Promise<Held[]> {
  const held: Held[] = [];
  for (const id of ids) {
    const bundle = await reading.bundleById(id);
    if (bundle === null) continue;
    const people = bundle.contacts.map(async (contact) => ({
      id: contact.id,
      name: contact.name,
      title: contact.title,
      touches: contact.touchCount,
      verdict: await describeVerdict(reading, contact.id),
    }));
    const points = await reading.talkingPointsAt(id);
    held.push({
      id,
      account: bundle.account?.name ?? null,
      people: (await Promise.all(people)).sort((one, other) => (one.id < other.id ? -1 : 1)),
      insights: bundle.insights.map((insight) => insight.id),
      points: points.map((point) => point.id).sort(),
    });
  }
  return held;
}

async function describeVerdict(reading: Reading, contactId: ContactId): Promise<string | null> {
  const own = await reading.verdictOn(contactId);
  if (own === null || own.undone) return null;
  return [own.verdictId, own.value, own.reason].filter((word) => word !== null).join(' ');
}
