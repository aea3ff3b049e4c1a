import { randomUUID } from 'node:crypto';
import type { Bundle } from '#contract/bundle.ts';
import type { InsightId } from '#contract/ids.ts';
import type { InsightKind, InsightMethod } from '#contract/insight.ts';
import type { Mutation } from '#contract/mutation.ts';

/** What was heard where: account, kind, method, the colleague's words, the customer's (or null). */
type Heard = [account: string, kind: InsightKind, method: InsightMethod, text: string, quote: string | null];

const heard: readonly Heard[] = [
  [
    'Brightforge',
    'customer',
    'interview',
    'Unplanned stops are a people problem for them before they are a cost.',
    'Nobody can tell me beforehand that line 3 will stop. Afterwards everybody can.',
  ],
  [
    'Lumen Glass',
    'competitor',
    'observation',
    'Another vendor bundles the sensors.',
    'They quoted us 30 % more for the hosted version.',
  ],
  [
    'Aldermoor Dairy',
    'product',
    'complaint',
    'Third time we hear this from a dairy.',
    'The spare-parts list is always a day behind the store room.',
  ],
  [
    'Eskdale Foods',
    'customer',
    'interview',
    'Anything on a phone is out of the question on the floor.',
    'My shift leads will not type on a phone with gloves on.',
  ],
  [
    'Corvane Chemicals',
    'market',
    'market_research',
    'Two insurers now ask for maintenance records before they renew a plant’s policy.',
    null,
  ],
  [
    'Gransund Marine',
    'buying_journey',
    'interview',
    'The yard decides in spring, the group signs in autumn.',
    'Come back before the budget is closed, not after.',
  ],
  [
    'Harrow Textiles',
    'customer',
    'observation',
    'The plan is printed and hangs on the wall; changes are pencilled in.',
    null,
  ],
  [
    'Ashcombe Castings',
    'product',
    'interview',
    'Ready to be a reference for other foundries.',
    'We count stops by the week now. It used to be by feeling.',
  ],
  [
    'Corvane Chemicals',
    'competitor',
    'interview',
    'Moving off the old system is what stops them, not the price.',
    'Nobody here has time to move eleven years of work orders.',
  ],
  [
    'Lumen Glass',
    'customer',
    'complaint',
    'Training is the open question for the night shift.',
    'Who shows this to the people who start at ten in the evening?',
  ],
];

/** Every `count`-th insight beginning with the `index`-th: what this colleague of so many heard. Accounts that the workspace does not know are left out. */
export function sayInsights(bundles: readonly Bundle[], index: number, count: number): Mutation[] {
  return heard
    .filter((_, at) => at % count === index)
    .flatMap(([name, kind, method, text, quote]): Mutation[] => {
      const bundle = bundles.find(({ account }) => account?.name === name);
      if (!bundle?.account) return [];
      const contactId = quote === null ? null : (bundle.contacts[0]?.id ?? null);
      const insightId = randomUUID() as InsightId;
      const body = { insightId, accountId: bundle.account.id, contactId, text, quote, kind, method };
      return [{ kind: 'recordInsight', body }];
    });
}
