import { randomUUID } from 'node:crypto';
import type { Bundle } from '#contract/bundle.ts';
import { type AudienceInput, pushedTalkingPointSchema, type TalkingPointDraft } from '#contract/desk.ts';
import type { OutcomeId, TalkingPointId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { asPost, type Device } from '../../test/e2e/harness/device.ts';
import { createRandom } from '../../test/fixtures/exports/random.ts';

type Words = Pick<TalkingPointDraft, 'title' | 'text' | 'whyNow'> & { segments: string[]; landing: number };

/** What marketing says in the sample, to which segments, and how likely it lands there. */
const points: readonly Words[] = [
  {
    title: 'Handovers without paper',
    text: 'Shift handovers on one screen: nobody types on the floor, the night shift reads what the day shift left open.',
    whyNow: 'The autumn release has it',
    segments: ['Food and beverage'],
    landing: 0.45,
  },
  {
    title: 'Insurers ask for records',
    text: 'Two insurers want maintenance records before they renew a plant’s policy. Ask who would have to produce them.',
    whyNow: 'Policies renew in January',
    segments: ['Enterprise process industry', 'Logistics and ports'],
    landing: 0.8,
  },
];

/** Pushes the sample's talking points as the marketer of `device` would. Answers their ids in order. */
export async function pushPoints(device: Device): Promise<TalkingPointId[]> {
  const ids: TalkingPointId[] = [];
  for (const { title, text, whyNow, segments } of points) {
    const audience: AudienceInput = { segments, tiers: [], stages: [], activeDays: null };
    const draft: TalkingPointDraft = {
      title,
      text,
      whyNow,
      audience,
      link: null,
      campaignId: null,
      startsOn: null,
      expiresOn: null,
    };
    const answer = await device.call('/v1/desk/talking-points', asPost(draft));
    if (!answer.ok)
      throw new Error(`The store refused a sample talking point: ${answer.status} ${await answer.text()}`);
    ids.push(pushedTalkingPointSchema.parse(await answer.json()).id);
  }
  return ids;
}

/** What became of the talking points where this colleague of so many used them: one in `count` of their accounts. */
export function sayOutcomes(
  bundles: readonly Bundle[],
  ids: readonly TalkingPointId[],
  index: number,
  count: number,
): Mutation[] {
  const random = createRandom(index + 100);
  return points.flatMap(({ segments, landing }, at) => {
    const talkingPointId = ids[at];
    if (talkingPointId === undefined) return [];
    return bundles
      .filter(({ account }) => account !== null && segments.includes(account.segment ?? ''))
      .filter((_, place) => place % count === index)
      .flatMap(({ account }): Mutation[] => {
        const where = { talkingPointId, accountId: account?.id ?? null, contactId: null };
        const outcome = random.chance(landing) ? 'landed' : 'fell_flat';
        return [
          { kind: 'recordOutcome', body: { ...where, outcomeId: randomUUID() as OutcomeId, outcome: 'copied' } },
          { kind: 'recordOutcome', body: { ...where, outcomeId: randomUUID() as OutcomeId, outcome } },
        ];
      });
  });
}
