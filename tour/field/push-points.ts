import { randomUUID } from 'node:crypto';
import { pushedTalkingPointSchema, type TalkingPointDraft } from '#contract/desk.ts';
import type { InsightId, OutcomeId, TalkingPointId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { createRandom } from '../../test/fixtures/exports/random.ts';
import type { Colleague } from './colleagues.ts';

/**
 * What marketing says in the sample. `startsIn`, `endsIn`: days from today; null: at once, open. `landing`: how likely it lands where it is used; null: nobody has used it.
 * `words`: what reps said of it.
 */
interface Point {
  title: string;
  text: string;
  whyNow: string | null;
  segments: string[];
  startsIn: number | null;
  endsIn: number | null;
  isPaused?: true;
  landing: number | null;
  words: readonly string[];
}

const points: readonly Point[] = [
  {
    title: 'Autumn onboarding offer',
    text: 'Whoever signs before the clocks change gets the first plant set up for nothing. Ask which plant they would begin with.',
    whyNow: 'Until the end of October',
    segments: ['Energy and utilities', 'Logistics and ports'],
    startsIn: null,
    endsIn: null,
    isPaused: true,
    landing: 0.5,
    words: [],
  },
  {
    title: 'Handovers without paper',
    text: 'Shift handovers on one screen: nobody types on the floor, the night shift reads what the day shift left open.',
    whyNow: 'The autumn release has it',
    segments: ['Food and beverage', 'Mid-market manufacturing'],
    startsIn: null,
    endsIn: null,
    landing: 0.28,
    words: ['They have tablets already.', 'The night shift was not in the room.', 'Asked for a plant that does it.'],
  },
  {
    title: 'Insurers ask for records',
    text: 'Two insurers want maintenance records before they renew a plant’s policy. Ask who would have to produce them.',
    whyNow: 'Policies renew in January',
    segments: ['Enterprise process industry', 'Logistics and ports'],
    startsIn: null,
    endsIn: 3,
    landing: 0.8,
    words: ['She had the letter of the insurer on her desk.', 'Opened the door to finance.'],
  },
  {
    title: 'We move the work orders',
    text: 'Eleven years of work orders move in two weeks, while the team keeps working. Ask who would move them, and when.',
    whyNow: 'A rival ends its support in March',
    segments: ['Enterprise process industry', 'Energy and utilities', 'Mid-market manufacturing'],
    startsIn: null,
    endsIn: 120,
    landing: 0.7,
    words: ['They wanted the two weeks in writing.', 'Works best when maintenance is on the call.'],
  },
  {
    title: 'The export for auditors is coming',
    text: 'From spring the list of parts goes to the auditor as a file. Ask when their next audit is.',
    whyNow: 'The release is dated',
    segments: ['Food and beverage'],
    startsIn: 9,
    endsIn: 200,
    landing: null,
    words: [],
  },
];

const inDays = (days: number | null) =>
  days === null ? null : new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Pushes the sample's talking points as the marketer would, and lets the reps use them: each at every so-manieth account, with a word about some. Answers how many there are. */
export async function pushPoints(marketer: Colleague, reps: readonly Colleague[]): Promise<number> {
  for (const [at, point] of points.entries()) {
    const { title, text, whyNow, segments } = point;
    const draft: TalkingPointDraft = {
      title,
      text,
      whyNow,
      audience: { segments, tiers: [], stages: [], activeDays: null },
      link: null,
      campaignId: null,
      startsOn: inDays(point.startsIn),
      expiresOn: inDays(point.endsIn),
    };
    const { id } = pushedTalkingPointSchema.parse(await marketer.call('POST', '/v1/desk/talking-points', draft));
    if (point.landing !== null)
      for (const [index, rep] of reps.entries()) await rep.say(carryPoint(point, id, rep, index, reps.length, at));
    if (point.isPaused) await marketer.call('POST', `/v1/desk/talking-points/${id}/end`);
  }
  return points.length;
}

/** What became of a talking point where this rep of so many used it; at one in twelve accounts nobody has said yet. */
function carryPoint(
  { segments, landing, words }: Point,
  talkingPointId: TalkingPointId,
  rep: Colleague,
  index: number,
  count: number,
  seed: number,
): Mutation[] {
  const random = createRandom(100 * (seed + 1) + index);
  const day = new Date().toISOString().slice(0, 10);
  const accounts = rep.bundles.flatMap(({ account }) =>
    account && segments.includes(account.segment ?? '') ? [account.id] : [],
  );
  const mine = accounts.filter((_, place) => place % count === index);
  const used = mine.flatMap((accountId): Mutation[] => {
    const where = { talkingPointId, accountId, contactId: null };
    const outcome = random.chance(landing ?? 0) ? 'landed' : 'fell_flat';
    const isUsed: Mutation = {
      kind: 'recordOutcome',
      body: { ...where, outcomeId: randomUUID() as OutcomeId, outcome: random.chance(0.6) ? 'inserted' : 'copied' },
    };
    if (random.chance(1 / 12)) return [isUsed];
    return [isUsed, { kind: 'recordOutcome', body: { ...where, outcomeId: randomUUID() as OutcomeId, outcome } }];
  });
  const said = words[index];
  const accountId = mine[0];
  const word: Mutation[] =
    said === undefined || accountId === undefined
      ? []
      : [
          {
            kind: 'recordInsight',
            body: {
              insightId: randomUUID() as InsightId,
              accountId,
              contactId: null,
              text: said,
              quote: null,
              kind: 'customer',
              method: 'observation',
              talkingPointId,
            },
          },
        ];
  return [{ kind: 'countSeen', body: { talkingPointId, day } }, ...used, ...word];
}
