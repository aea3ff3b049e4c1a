import type { ContactId } from '#contract/ids.ts';
import type { Scorecard } from '#contract/score.ts';
import type { RunningStore } from '../../test/e2e/harness/store.ts';
import { createRandom, type Random } from '../../test/fixtures/exports/random.ts';
import type { ScoredTouch } from '../../utils/scoring/engagement.ts';
import type { Subject } from '../../utils/scoring/fit.ts';
import { scoreContact } from '../../utils/scoring/score.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A contact as they are scored, with the campaigns of their touches. */
interface Scored {
  subject: Subject;
  touches: readonly (ScoredTouch & { campaignId: string | null })[];
}

/** One thing that was said about a contact. */
interface Said {
  id: string;
  contactId: ContactId;
  state?: string;
}

/**
 * What the sample's people have just done, the store keeps as of this minute: here it is laid back over the last weeks, so that there is a past to look at. What was said of a
 * lead gets the score and the campaigns of its own moment, as the store would have kept them then. The only thing in the sample that does not go through the store's doors.
 */
export async function layBack(store: RunningStore): Promise<void> {
  const now = Date.now();
  const card = await readCard(store);
  const people = await readPeople(store);
  await layBackVerdicts(store, card, people, now);
  await layBackHandOvers(store, card, people, now);
  await spreadOut(store, now);
}

async function readCard(store: RunningStore): Promise<Scorecard> {
  const [row] = await store.sql<{ card: Scorecard }>('select card from scorecard order by version desc limit 1');
  if (!row) throw new Error('The sample has no scorecard.');
  return row.card;
}

async function readPeople(store: RunningStore): Promise<Map<string, Scored>> {
  const people = new Map<string, Scored>();
  type Row = { id: string; title: string | null; country: string | null; account: Subject['account'] };
  const rows = await store.sql<Row>(
    `select c.id, c.title, c.country, case when a.id is null then null else to_jsonb(a) end as account
     from contact c left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id`,
  );
  for (const { id, title, country, account } of rows)
    people.set(id, { subject: { account, contact: { title, country } }, touches: [] });
  type Touch = ScoredTouch & { contactId: string; campaignId: string | null };
  const touches = await store.sql<Touch>(
    `select t.id, t.contact_id as "contactId", t.kind, t.at, t.detail, n.name as campaign, t.campaign_id as "campaignId", t.is_robot as "isRobot"
     from touch t left join campaign n on n.workspace_id = t.workspace_id and n.id = t.campaign_id order by t.at desc, t.kind, t.external_id`,
  );
  for (const touch of touches) (people.get(touch.contactId)?.touches as Touch[] | undefined)?.push(touch);
  return people;
}

/** A moment in the working hours of a day that is over, or the one given where it would not be. */
function atWork(moment: number, random: Random, now: number): number {
  const day = new Date(moment);
  const back = [2, 0, 0, 0, 0, 0, 1][day.getUTCDay()] ?? 0;
  const start = Date.parse(`${new Date(moment - back * dayMs).toISOString().slice(0, 10)}T07:00:00Z`);
  const found = start + random.between(0, 9 * 60) * 60_000;
  return found < now - 10 * 60_000 ? found : moment;
}

/** What the store would have kept of this person at that moment. */
function standAt(card: Scorecard, { subject, touches }: Scored, at: number) {
  const before = touches.filter((touch) => touch.at.getTime() <= at);
  const { grade, ...score } = scoreContact(card, subject, before, new Date(at));
  const campaignIds = [...new Set(before.flatMap(({ campaignId }) => campaignId ?? []))];
  return { score: { grade, ...score }, grade, campaignIds, lastCampaignId: campaignIds[0] ?? null };
}

/** A moment some hours after one of the person's touches of the last quarter, and before what another campaign did next: that is when a rep calls. Without a touch, any. */
function afterATouch(person: Scored, keep: string | null, random: Random, now: number): number {
  const { touches } = person;
  const isRecent = ({ at, isRobot }: ScoredTouch) =>
    !isRobot && now - at.getTime() < 88 * dayMs && now - at.getTime() > 3 * dayMs;
  const ofCampaign = touches.filter((touch) => isRecent(touch) && touch.campaignId === keep);
  const recent = keep !== null && ofCampaign.length > 0 ? ofCampaign : touches.filter(isRecent);
  if (recent.length === 0) return now - random.between(24, 80 * 24) * hourMs;
  const touch = random.pick(recent);
  const place = touches.indexOf(touch);
  const next = touches.slice(0, place).findLast(({ campaignId }) => campaignId !== touch.campaignId);
  const end = Math.min(now - random.between(1, 40) * hourMs, next ? next.at.getTime() - 60_000 : Infinity);
  const start = touch.at.getTime() + 60_000;
  const drawn = Math.max(start, Math.min(touch.at.getTime() + random.between(4, 90) * hourMs, end));
  const worked = [0, 1, 2, 3].map((days) => atWork(drawn + days * dayMs, random, now));
  return worked.find((at) => at >= start && at <= end) ?? drawn;
}

/** Webinars keep what was said after them, so that there is a pattern to see. */
async function layBackVerdicts(
  store: RunningStore,
  card: Scorecard,
  people: Map<string, Scored>,
  now: number,
): Promise<void> {
  const rows = await store.sql<Said & { webinar: string | null }>(
    `select v.id, v.contact_id as "contactId", n.id as webinar from verdict v join member m on m.workspace_id = v.workspace_id and m.id = v.member_id
     join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
     left join campaign n on n.workspace_id = v.workspace_id and n.id = v.last_campaign_id and n.name ilike '%webinar%' left join account a on a.workspace_id = v.workspace_id and a.id = v.account_id order by m.name, a.name, c.name, c.title`,
  );
  const random = createRandom(11);
  const laid = rows.flatMap(({ id, contactId, webinar }) => {
    const person = people.get(contactId);
    if (!person) return [];
    const at = afterATouch(person, webinar, random, now);
    return [{ id, at: new Date(at), ...standAt(card, person, at) }];
  });
  await store.sql(
    `update verdict v set at = l.at, claimed_at = l.at, score = l.score, grade = l.grade, campaign_ids = l."campaignIds", last_campaign_id = l."lastCampaignId"
     from jsonb_to_recordset($1::jsonb) as l(id uuid, at timestamptz, score jsonb, grade text, "campaignIds" uuid[], "lastCampaignId" uuid) where v.id = l.id`,
    [JSON.stringify(laid)],
  );
}

/** Those offered by hand over the last six weeks, answered within a day most often; of those that still wait one is overdue. */
async function layBackHandOvers(
  store: RunningStore,
  card: Scorecard,
  people: Map<string, Scored>,
  now: number,
): Promise<void> {
  const rows = await store.sql<Said>(
    `select h.id, h.contact_id as "contactId", h.state from hand_over h where h.cause = 'by_hand' order by h.offered_at, h.id`,
  );
  const random = createRandom(13);
  const laid = rows.flatMap(({ id, contactId, state }, index) => {
    const person = people.get(contactId);
    if (!person) return [];
    const waits = state === 'offered';
    const aimed = waits
      ? now - (index === rows.length - 1 ? 43 : random.between(2, 20)) * hourMs
      : now - (42 - (index * 39) / rows.length) * dayMs;
    const offeredAt = waits ? aimed : atWork(aimed, random, now);
    const tookHours = random.chance(0.8) ? random.between(1, 20) : random.between(25, 60);
    const answeredAt = waits ? null : new Date(Math.min(offeredAt + tookHours * hourMs, now - hourMs));
    return [
      {
        id,
        offeredAt: new Date(offeredAt),
        dueAt: new Date(offeredAt + dayMs),
        answeredAt,
        ...standAt(card, person, offeredAt),
      },
    ];
  });
  await store.sql(
    `with l as (select * from jsonb_to_recordset($1::jsonb) as l(id uuid, "offeredAt" timestamptz, "dueAt" timestamptz, "answeredAt" timestamptz, score jsonb, grade text,
       "campaignIds" uuid[], "lastCampaignId" uuid)),
     moved as (update hand_over h set offered_at = l."offeredAt", assigned_at = l."offeredAt", due_at = l."dueAt", answered_at = l."answeredAt", claimed_at = l."answeredAt",
       score = l.score, grade = l.grade, campaign_ids = l."campaignIds", last_campaign_id = l."lastCampaignId" from l where h.id = l.id)
     update hand_over_event e set at = case when e.what in ('offered', 'assigned') then l."offeredAt" else coalesce(l."answeredAt", e.at) end from l where e.hand_over_id = l.id`,
    [JSON.stringify(laid)],
  );
}

/** What has an order and no score: the first of a list the longest ago, the last one lately, in working hours of working days; answers within a day. */
async function spreadOut(store: RunningStore, now: number): Promise<void> {
  const random = createRandom(17);
  const spread = async (table: 'insight' | 'ask', where: string, days: number) => {
    const rows = await store.sql<{ id: string }>(`select id from ${table} where ${where} order by at, id`);
    const laid = rows.map(({ id }, index) => {
      const at = atWork(now - days * (rows.length - index - 0.8) * (dayMs / rows.length), random, now);
      return {
        id,
        at: new Date(at),
        answeredAt: new Date(Math.min(at + random.between(1, 22) * hourMs, now - 60_000)),
      };
    });
    await store.sql(
      `update ${table} t set at = l.at, claimed_at = l.at, answered_at = case when t.answered_at is null then null else l."answeredAt" end
       from jsonb_to_recordset($1::jsonb) as l(id uuid, at timestamptz, "answeredAt" timestamptz) where t.id = l.id`,
      [JSON.stringify(laid)],
    );
  };
  await spread('insight', 'talking_point_id is null', 58);
  await spread('ask', 'true', 17);
  const statements = [
    `update talking_point p set pushed_at = date_trunc('day', now()) - (52 - 51 * o.place / greatest(o.total - 1, 1)) * interval '1 day' + interval '9 hours 12 minutes',
       ended_at = case when ended_at is null then null else date_trunc('day', now()) - interval '29 days' + interval '16 hours' end
     from (select id, (row_number() over (order by pushed_at, id) - 1)::float8 as place, count(*) over () as total from talking_point) o where o.id = p.id`,
    `update talking_point_outcome u set at = p.pushed_at + (coalesce(p.ended_at, now()) - p.pushed_at) * o.share,
       claimed_at = p.pushed_at + (coalesce(p.ended_at, now()) - p.pushed_at) * o.share
     from (select id, talking_point_id, row_number() over (partition by talking_point_id order by at, id)::float8 / (count(*) over (partition by talking_point_id) + 1) as share
       from talking_point_outcome) o join talking_point p on p.id = o.talking_point_id where o.id = u.id`,
    // What was said of a talking point, some days after it was pushed.
    `update insight i set at = p.pushed_at + o.place * interval '45 hours', claimed_at = p.pushed_at + o.place * interval '45 hours'
     from (select id, talking_point_id, row_number() over (partition by talking_point_id order by at, id) as place from insight) o
     join talking_point p on p.id = o.talking_point_id where o.id = i.id and p.pushed_at + o.place * interval '45 hours' < now()`,
    `update member set joined_at = now() - interval '71 days'`,
    `update device set created_at = now() - interval '71 days'`,
    `update invite set created_at = now() - interval '71 days', used_at = now() - interval '71 days', expires_at = now() - interval '70 days' where used_at is not null`,
    `update scorecard set published_at = now() - interval '80 days'`,
    `update agreement_version set published_at = now() - case when version = 1 then interval '80 days' else interval '64 days' end`,
  ];
  for (const statement of statements) await store.sql(statement);
}
