import { setTimeout as sleep } from 'node:timers/promises';
import type { Device } from '../e2e/harness/device.ts';
import type { RunningStore } from '../e2e/harness/store.ts';
import { withoutIndexes } from './bare-table.ts';
import { fillStays } from './desk-stays.ts';
import { fillPeople, writeId } from './store-load.ts';

/** A large company, at scale 1: ten people an account, ten touches a person. */
const full = { accounts: 100_000, verdicts: 200_000, insights: 40_000, outcomes: 60_000, handOvers: 60_000 };
const each = 10;
const campaigns = 200;
const reps = 60;
const points = 120;

/** So far back touches go, in days. */
const touchedDays = 730;
const pick = (list: readonly string[], number: string) =>
  `(array[${list.map((word) => (word === 'null' ? 'null' : `'${word}'`)).join(',')}])[1 + (${number}) % ${list.length}]`;
const segments = ['Food', 'Paper', 'Chemicals', 'Metal casting', 'Mid-market manufacturing', 'null'];
const stages = ['Aware', 'Engaged', 'Considering', 'Evaluating', 'Customer', 'null'];
const industries = [
  'Metal casting',
  'Food processing',
  'Paper mills',
  'Machine tools',
  'Chemicals',
  'Packaging',
  'null',
];
const countries = ['DE', 'FR', 'PL', 'IT', 'US', 'null'];
const technologies = ['SAP', 'SAP; Siemens Opcenter', 'Maximo; Salesforce', 'HubSpot', 'null'];
const reasons = ['wrong_person', 'no_need', 'bad_timing', 'null'];
const grades = ['A1', 'A3', 'B1', 'B2', 'C2', 'C3', 'D4'];

/**
 * A workspace for the Desk's figures, made inside the database: accounts of all segments, touches of 200 campaigns spread over two years so that some
 * accounts are active and others are not, verdicts of a year, insights, talking points with what came of them.
 */
export async function fillDesk(
  store: RunningStore,
  { marketer, rep }: { marketer: Device; rep: Device },
  scale: number,
  say: (line: string) => void,
): Promise<void> {
  const workspace = marketer.session.workspace.id;
  const of = (count: number) => Math.max(1, Math.round(count * scale));
  const accounts = Math.max(200, of(full.accounts));
  const people = accounts * each;
  const count = (number: number) => number.toLocaleString('en-US');
  say(`  filling: ${count(accounts)} accounts, ${count(people)} people, ${count(people * each)} touches`);
  await fillPeople(store, workspace, { accounts, contactsEach: each, touchesEach: each });
  const fill = (query: string, ...values: unknown[]) => store.sql(query, [workspace, ...values]);
  await fill(`insert into member (workspace_id, id, address, name, role, team)
    select $1, gen_random_uuid(), 'bench' || n || '@seller.example', 'Rep ' || n, 'rep', 'Team ' || n % 6 from generate_series(1, ${reps}) n`);
  await fill(`update account a set segment = ${pick(segments, 'm')}, tier = nullif(m % 4, 0), stage = ${pick(stages, 'm / 7')},
      industry = ${pick(industries, 'm / 3')}, country = ${pick(countries, 'm / 11')}, technologies = ${pick(technologies, 'm / 5')}, territory = 'Territory ' || m % 40, owner_address = 'bench' || 1 + m % ${reps} || '@seller.example', do_not_contact = m % 50 = 0
    from (select id, abs(hashtext(id::text)) as m from account) h where a.workspace_id = $1 and a.id = h.id`);
  await fillStays(store, workspace);
  await fill(`insert into campaign (workspace_id, id, source, external_id, name)
    select $1, ${writeId('campaign', 'n')}, 'bench', n::text, 'Campaign ' || n from generate_series(0, ${campaigns - 1}) n`);
  await withoutIndexes(store, 'touch', async () => {
    for (let round = 0; round < each; round++) {
      say(`  filling: touches, ${round + 1} of ${each}`);
      await fill(
        `insert into touch (workspace_id, id, source, external_id, contact_id, campaign_id, kind, at, is_robot)
       select $1, gen_random_uuid(), 'bench', $3::int || ' ' || n, ${writeId('contact', 'n')}, ${writeId('campaign', `(n + $3::int * 31) % ${campaigns}`)},
         ${pick(['opened', 'clicked', 'attended', 'sent'], 'n + $3::int')},
         now() - interval '1 day' * (($3::int + (n / ${each} * 7919 % 1000) / 1000.0) * ${touchedDays / each}), n % 9 = 0
       from generate_series(0, $2::int - 1) n`,
        people,
        round,
      );
    }
  });
  await fill(`insert into kept_score (workspace_id, contact_id, version, fit, tallies, grade)
    select $1, id, 1, 0, '[]', ${pick(grades, 'abs(hashtext(id::text))')} from contact where workspace_id = $1`);
  say(`  filling: ${count(of(full.verdicts))} verdicts, insights, ${points} talking points`);
  await fillWords(fill, rep, { people, accounts, of });
  await store.sql('vacuum analyze');
  await store.sql('checkpoint');
  await keepReach(store, say);
  await store.sql('vacuum analyze account_reach');
}

/** What is kept of touches is made anew by the store, as after a large file; nobody told it of these. */
async function keepReach(store: RunningStore, say: (line: string) => void): Promise<void> {
  say('  waiting for what is kept of touches');
  await store.sql('delete from reach_progress');
  const startedAt = performance.now();
  for (;;) {
    const [progress] = await store.sql<{ isDone: boolean }>('select as_of is not null as "isDone" from reach_progress');
    if (progress?.isDone) break;
    if (performance.now() - startedAt > 3_600_000) throw new Error('What is kept of touches was not made in an hour.');
    await sleep(500);
  }
  say(`  it took ${((performance.now() - startedAt) / 1000).toFixed(0)} s, up to 30 of them until the store looked`);
}

type Fill = (query: string, ...values: unknown[]) => Promise<unknown>;

async function fillWords(
  fill: Fill,
  rep: Device,
  size: { people: number; accounts: number; of: (count: number) => number },
): Promise<void> {
  const { people, accounts, of } = size;
  const device = rep.session.device.id;
  const member = (number: string) =>
    `(select array_agg(id order by id) from member where workspace_id = $1 and role = 'rep')[1 + (${number}) % ${reps}]`;
  const contact = writeId('contact', `(n * 104729::bigint) % ${people}`);
  const account = writeId('account', `((n * 104729::bigint) % ${people}) / ${each}`);
  const grade = pick(grades, 'n / 3');
  await fill(
    `insert into verdict (workspace_id, id, contact_id, account_id, member_id, device_id, value, reason, at, claimed_at, score, grade, scorecard_version, campaign_ids,
       last_campaign_id, segment, tier, stage, undone_at)
     select v.*, a.segment, a.tier, a.stage, case when get_byte(uuid_send(v.id), 15) % 25 = 0 then now() end from (
       select $1::uuid, ${writeId('verdict', 'n')}, ${contact}, ${account}, ${member('n')}, $2::uuid,
         case when n % 5 < 2 then 'weak' else 'strong' end, case when n % 5 < 2 then ${pick(reasons, 'n / 5')} end,
         now() - interval '1 minute' * (n * 7 % 525600), now(),
         jsonb_build_object('fit', 40, 'engagement', 20, 'grade', ${grade}, 'points', 60, 'trend', '[]'::jsonb, 'scorecardVersion', 1, 'asOf', '2026-11-01T00:00:00.000Z',
           'reasons', (select jsonb_agg(jsonb_build_object('axis', 'fit', 'criterion', c, 'label', c, 'points', 5, 'at', null, 'touchId', null, 'count', 1, 'halfLifeDays', null))
             from unnest(array['size_core', 'industry_core', 'region', 'role_decides', 'met', 'opened', 'clicked', 'attended']) with ordinality u(c, o) where (n + o) % 3 > 0)), ${grade}, 1, array[${writeId('campaign', `n % ${campaigns}`)}], ${writeId('campaign', `n % ${campaigns}`)}
       from generate_series(0, $3::int - 1) n) v (w, id, contact, account, member, device, value, reason, at, claimed, score, grade, version, campaigns, campaign)
     left join account a on a.workspace_id = v.w and a.id = v.account`,
    device,
    of(full.verdicts),
  );
  await fill(
    `insert into insight (workspace_id, id, account_id, contact_id, member_id, device_id, text, quote, kind, method, at, claimed_at, talking_point_id)
     select $1, ${writeId('insight', 'n')}, ${account}, ${contact}, ${member('n')}, $2, 'They lose the night shift when line ' || n || ' stops.', 'We cannot stop again.',
       ${pick(['customer', 'competitor', 'product', 'market'], 'n')}, ${pick(['interview', 'observation', 'complaint'], 'n / 4')},
       now() - interval '1 minute' * (n * 13 % 525600), now(), case when n % 20 = 0 then ${writeId('point', `n / 20 % ${points}`)} end from generate_series(0, $3::int - 1) n`,
    device,
    of(full.insights),
  );
  await fill(
    `insert into hand_over (workspace_id, id, contact_id, account_id, member_id, state, cause, offered_at, assigned_at, agreed_hours, due_at, answered_at, answered_by, way, reason,
       score, grade, scorecard_version, campaign_ids, last_campaign_id, segment, tier, stage)
     select h.w, gen_random_uuid(), h.contact, h.account, h.member, h.state, 'grade', h.at, h.at, 24, h.at + interval '1 day', case when h.state in ('accepted', 'returned') then h.at + interval '1 hour' * (n % 40) end,
       case when h.state in ('accepted', 'returned') then h.member end, case when h.state = 'returned' then ${pick(['recycle', 'disqualify'], 'n / 4')} end, case when h.state = 'returned' then ${pick(['no_need', 'bad_timing', 'wrong_person'], 'n / 8')} end,
       v.score, v.grade, 1, v.campaign_ids, v.last_campaign_id, v.segment, v.tier, v.stage
     from (select n, $1::uuid as w, ${contact} as contact, ${account} as account, ${member('n')} as member, now() - interval '1 minute' * (n::bigint * 17 % 525600) as at,
         case when n % 50 = 0 then 'offered' when n % 97 = 0 then 'withdrawn' else (array['accepted', 'returned'])[1 + (n % 4) / 3] end as state, ${writeId('verdict', 'n')} as verdict
       from generate_series(0, $2::int - 1) n) h
     join verdict v on v.workspace_id = h.w and v.id = h.verdict`,
    of(full.handOvers),
  );
  await fill(
    `insert into talking_point (workspace_id, id, title, text, owner_id, starts_on, expires_on, audience, pushed_at, ended_at)
     select $1, ${writeId('point', 'n')}, 'Point ' || n, 'Ask who moves their work orders, line ' || n, $2,
       null, case when n % 3 = 0 then current_date + (n % 40) end, '{"segments":[],"tiers":[],"stages":[],"activeDays":null}',
       now() - interval '3 days' * n, case when n % 4 = 3 then now() end from generate_series(0, ${points - 1}) n`,
    rep.session.member.id,
  );
  await fill(
    `insert into talking_point_account select $1, ${writeId('point', 'p')}, ${writeId('account', `(p * 577 + n * 31) % ${accounts}`)}
     from generate_series(0, ${points - 1}) p, generate_series(0, $2::int - 1) n on conflict do nothing`,
    Math.round(accounts / 10),
  );
  await fill(`update talking_point p set accounts = x.accounts
    from (select talking_point_id, count(*)::int as accounts from talking_point_account where workspace_id = $1 group by 1) x
    where p.workspace_id = $1 and p.id = x.talking_point_id`);
  await fill(
    `insert into talking_point_outcome (workspace_id, id, talking_point_id, account_id, member_id, outcome, at, claimed_at)
     select $1, gen_random_uuid(), ${writeId('point', `n % ${points}`)}, ${writeId('account', `((n % ${points}) * 577 + (n / ${points}) / 2 % ${Math.round(accounts / 10)} * 31) % ${accounts}`)},
       ${member('n')}, ${pick(['copied', 'inserted', 'landed', 'landed', 'fell_flat'], 'n / 7')}, now() - interval '1 minute' * (n * 11 % 129600), now()
     from generate_series(0, $2::int - 1) n`,
    of(full.outcomes),
  );
  await fill(
    `insert into talking_point_seen select $1, ${writeId('point', 'p')}, current_date - d, 20 + d from generate_series(0, ${points - 1}) p, generate_series(0, 60) d`,
  );
}
