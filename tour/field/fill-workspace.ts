import { randomUUID } from 'node:crypto';
import type { RunningStore } from '../../test/e2e/harness/store.ts';
import { inventPast } from '../../test/e2e/people/past-stages.ts';
import { castContacts } from '../../test/fixtures/cast.ts';
import { agree, correctCriteria } from './agree.ts';
import { askAround } from './ask-around.ts';
import { joinEverybody } from './colleagues.ts';
import { handOverLeads } from './hand-over-leads.ts';
import { layBack } from './lay-back.ts';
import { pushPoints } from './push-points.ts';
import { sayInsights } from './say-insights.ts';
import { sayVerdicts } from './say-verdicts.ts';

const dayMs = 86_400_000;
const dayOf = (daysAgo: number) => new Date(Date.now() - daysAgo * dayMs).toISOString().slice(0, 10);

/** Lets the sample's people work for a while, so that panel and Desk have something to show. The leading cast stays unjudged. Answers what was done, in words. */
export async function fillWorkspace(store: RunningStore): Promise<string> {
  const people = await joinEverybody(store);
  const { marketer, rep, reps } = people;
  const leadingCast = new Set(castContacts.map(({ name }) => name));
  const points = await pushPoints(marketer, [...reps, rep]);
  let verdicts = 0;
  for (const [index, colleague] of [...reps, rep].entries()) {
    const said = sayVerdicts(colleague.bundles, index + 1, leadingCast);
    verdicts += said.filter(({ kind }) => kind === 'recordVerdict').length;
    await colleague.say(said);
  }
  const insights = await sayInsights([...reps, rep], marketer);
  const asks = await askAround(people);
  const handOvers = await handOverLeads(people, leadingCast);
  const agreements = await agree(people);
  await inventPast(store);
  await layBack(store);
  await correctCriteria(people);
  await marketer.call('POST', '/v1/desk/kept-digests', { id: randomUUID(), from: dayOf(45), until: dayOf(15) });
  return [
    `${reps.length + 1} reps gave ${verdicts} verdicts and were offered ${handOvers} leads; there are ${insights} insights and ${asks} asks.`,
    `Marketing pushed ${points} talking points; ${agreements} agreements on words are in force, the criteria were corrected once, and their next draft waits for sales.`,
  ].join('\n');
}
