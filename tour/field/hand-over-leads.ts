import { randomUUID } from 'node:crypto';
import { madeHandOverSchema } from '#contract/desk-hand-over.ts';
import type { ReturnReason, ReturnWay } from '#contract/hand-over.ts';
import type { ContactId, HandOverAnswerId, HandOverId } from '#contract/ids.ts';
import { createRandom } from '../../test/fixtures/exports/random.ts';
import type { Colleague, Colleagues } from './colleagues.ts';

const returns: readonly { way: ReturnWay; reason: ReturnReason; line: string | null }[] = [
  { way: 'recycle', reason: 'bad_timing', line: 'Their budget opens in February. I call again then.' },
  { way: 'disqualify', reason: 'wrong_person', line: 'Books the rooms, has no part in buying.' },
  { way: 'recycle', reason: 'no_reply', line: null },
  { way: 'recycle', reason: 'bad_timing', line: 'A new head of maintenance starts in January.' },
  { way: 'disqualify', reason: 'not_ideal_customer', line: null },
];
const offers = 30;

/** Marketing offers the leads that look best to the reps by hand; most are answered: taken, or given back, and one of those comes again. Answers how many were offered. */
export async function handOverLeads(people: Colleagues, leaveOut: ReadonlySet<string>): Promise<number> {
  const { marketer, rep, reps } = people;
  const takers = [...reps, rep];
  const random = createRandom(7);
  const [first] = reps;
  const leads = (first?.bundles ?? [])
    .filter(({ account }) => account?.doNotContact === false)
    .flatMap(({ contacts }) => contacts)
    .filter(({ name, doNotContact, touches }) => !doNotContact && touches.length > 0 && !leaveOut.has(name ?? ''))
    .sort((one, other) => other.score.points - one.score.points);
  let made = 0;
  for (const lead of leads) {
    if (made >= offers) break;
    const taker = takers[made % takers.length];
    const id =
      taker && (await offer(marketer, lead.id, taker, made % 4 === 0 ? 'Read the comparison twice this week.' : null));
    if (!id) continue;
    made++;
    if (made > offers - 5) continue;
    const back = random.chance(0.3) ? returns[made % returns.length] : undefined;
    await answer(taker, id, lead.id, back ?? null);
    if (back?.way === 'recycle' && made === 12)
      await offer(marketer, lead.id, taker, 'They came to the webinar since.');
  }
  return made;
}

/** Null: this person is being offered already, or may not be. */
async function offer(
  marketer: Colleague,
  contactId: ContactId,
  taker: Colleague,
  note: string | null,
): Promise<HandOverId | null> {
  const body = { contactId, memberId: taker.memberId, note };
  const made = await marketer.call('POST', '/v1/desk/hand-overs', body).catch((error: Error) => {
    if (error.message.includes('offered-already') || error.message.includes('no-contact')) return null;
    throw error;
  });
  return made === null ? null : madeHandOverSchema.parse(made).id;
}

async function answer(
  taker: Colleague,
  handOverId: HandOverId,
  contactId: ContactId,
  back: (typeof returns)[number] | null,
) {
  const answerId = randomUUID() as HandOverAnswerId;
  const said = back === null ? { way: null, reason: null, line: null } : back;
  await taker.say([
    {
      kind: 'answerHandOver',
      body: { answerId, handOverId, contactId, answer: back === null ? 'accepted' : 'returned', ...said },
    },
  ]);
}
