import type { InsightKind, InsightMethod, Swot } from '#contract/insight.ts';

/** What was heard at an account: the colleague's words, the customer's (or null), and what marketing made of it. `answer`: how it thanked. */
export interface Heard {
  account: string;
  kind: InsightKind;
  method: InsightMethod;
  text: string;
  quote: string | null;
  theme: string | null;
  swot: Swot | null;
  answer: { kind: 'used' | 'thanks'; text: string } | null;
}

const used = (text: string) => ({ kind: 'used', text }) as const;
const thanks = (text: string) => ({ kind: 'thanks', text }) as const;

/** What the sample's reps heard, oldest first. */
export const heard: readonly Heard[] = [
  {
    account: 'Harrow Textiles',
    kind: 'customer',
    method: 'observation',
    text: 'The plan is printed and hangs on the wall; changes are pencilled in.',
    quote: null,
    theme: 'Shift handover',
    swot: 'opportunity',
    answer: thanks('nobody had told us that the wall is the plan.'),
  },
  {
    account: 'Lumen Glass',
    kind: 'competitor',
    method: 'observation',
    text: 'Another vendor bundles the sensors.',
    quote: 'They quoted us 30 % more for the hosted version.',
    theme: 'Price',
    swot: 'threat',
    answer: used('the comparison sheet, page 2.'),
  },
  {
    account: 'Eskdale Foods',
    kind: 'customer',
    method: 'interview',
    text: 'Anything on a phone is out of the question on the floor.',
    quote: 'My shift leads will not type on a phone with gloves on.',
    theme: 'Shift handover',
    swot: 'opportunity',
    answer: used('the talking point “Handovers without paper”.'),
  },
  {
    account: 'Corvane Chemicals',
    kind: 'market',
    method: 'market_research',
    text: 'Two insurers now ask for maintenance records before they renew a plant’s policy.',
    quote: null,
    theme: 'Insurance',
    swot: 'opportunity',
    answer: used('the talking point “Insurers ask for records”.'),
  },
  {
    account: 'Aldermoor Dairy',
    kind: 'product',
    method: 'complaint',
    text: 'Third time we hear this from a dairy.',
    quote: 'The spare-parts list is always a day behind the store room.',
    theme: 'Spare parts',
    swot: 'weakness',
    answer: null,
  },
  {
    account: 'Ashcombe Castings',
    kind: 'product',
    method: 'interview',
    text: 'Ready to be a reference for other foundries.',
    quote: 'We count stops by the week now. It used to be by feeling.',
    theme: 'References',
    swot: 'strength',
    answer: used('the case study that goes out in December.'),
  },
  {
    account: 'Gransund Marine',
    kind: 'buying_journey',
    method: 'interview',
    text: 'The yard decides in spring, the group signs in autumn.',
    quote: 'Come back before the budget is closed, not after.',
    theme: 'Budget round',
    swot: null,
    answer: thanks('the spring mailing now begins in February.'),
  },
  {
    account: 'Corvane Chemicals',
    kind: 'competitor',
    method: 'interview',
    text: 'Moving off the old system is what stops them, not the price.',
    quote: 'Nobody here has time to move eleven years of work orders.',
    theme: 'Migration effort',
    swot: 'weakness',
    answer: used('the talking point “We move the work orders”.'),
  },
  {
    account: 'Gransund Marine',
    kind: 'customer',
    method: 'interview',
    text: 'Every yard in the group keeps its own list of machines.',
    quote: 'If the move costs us a single launch date, it is dead.',
    theme: 'Migration effort',
    swot: null,
    answer: thanks('launch dates were not on our list at all.'),
  },
  {
    account: 'Aldermoor Dairy',
    kind: 'customer',
    method: 'observation',
    text: 'The day shift leaves notes on a whiteboard; the night shift photographs it.',
    quote: null,
    theme: 'Shift handover',
    swot: 'opportunity',
    answer: null,
  },
  {
    account: 'Brightforge',
    kind: 'customer',
    method: 'interview',
    text: 'Unplanned stops are a people problem for them before they are a cost.',
    quote: 'Nobody can tell me beforehand that line 3 will stop. Afterwards everybody can.',
    theme: 'Unplanned stops',
    swot: 'opportunity',
    answer: used('the opening line for Brightforge and three like it.'),
  },
  {
    account: 'Lumen Glass',
    kind: 'customer',
    method: 'complaint',
    text: 'Training is the open question for the night shift.',
    quote: 'Who shows this to the people who start at ten in the evening?',
    theme: 'Training',
    swot: 'weakness',
    answer: null,
  },
  {
    account: 'Ashcombe Castings',
    kind: 'competitor',
    method: 'observation',
    text: 'Their neighbour was offered two free years to switch away from us.',
    quote: null,
    theme: 'Price',
    swot: 'threat',
    answer: null,
  },
  {
    account: 'Eskdale Foods',
    kind: 'product',
    method: 'complaint',
    text: 'The list of parts could not be exported for the auditor.',
    quote: 'I retyped forty lines the evening before the audit.',
    theme: 'Spare parts',
    swot: 'weakness',
    answer: used('the product board; an export is planned for spring.'),
  },
  {
    account: 'Harrow Textiles',
    kind: 'market',
    method: 'observation',
    text: 'Two mills nearby closed a line because nobody could be found who repairs looms.',
    quote: null,
    theme: 'Skills',
    swot: 'opportunity',
    answer: null,
  },
  {
    account: 'Corvane Chemicals',
    kind: 'product',
    method: 'interview',
    text: 'The set-up took a day, and the works council was content.',
    quote: 'You were running before our own people had found the plugs.',
    theme: 'Set-up',
    swot: 'strength',
    answer: thanks('this is the sentence every new page now begins with.'),
  },
  {
    account: 'Brightforge',
    kind: 'buying_journey',
    method: 'interview',
    text: 'The finance director signs what operations can put a figure to.',
    quote: 'Show me what one hour costs, and I will not ask about the licence.',
    theme: 'Cost of downtime',
    swot: null,
    answer: null,
  },
  {
    account: 'Gransund Marine',
    kind: 'competitor',
    method: 'interview',
    text: 'A rival ends its support for installations of one’s own in March.',
    quote: 'They told us in a newsletter. Eleven years, and then a newsletter.',
    theme: 'Migration effort',
    swot: 'opportunity',
    answer: null,
  },
];

/** What marketing learnt itself, from many at once. */
export const learnt: readonly Omit<Heard, 'account' | 'answer'>[] = [
  {
    kind: 'customer',
    method: 'survey',
    text: 'Of 212 plant managers asked, 61 % name unplanned stops first, 22 % the search for people.',
    quote: null,
    theme: 'Unplanned stops',
    swot: 'opportunity',
  },
  {
    kind: 'customer',
    method: 'focus_group',
    text: 'Six maintenance leads would rather lose an hour a week than move their history.',
    quote: 'My work orders are my memory.',
    theme: 'Migration effort',
    swot: 'threat',
  },
];
