import { randomUUID } from 'node:crypto';
import type { AskKind } from '#contract/ask.ts';
import type { AccountId, AskId } from '#contract/ids.ts';
import type { Colleague, Colleagues } from './colleagues.ts';

/** What a rep asks of marketing: at which account, which rep (by number; -1: the one whose mailbox is shown), and what marketing answered, or null. */
interface Asked {
  account: string;
  by: number;
  kind: AskKind;
  text: string;
  answer: { text: string; link: string | null } | null;
}

const asked: readonly Asked[] = [
  {
    account: 'Gransund Marine',
    by: 0,
    kind: 'material',
    text: 'Is there a page on how a yard moved its work orders?',
    answer: { text: 'Two pages, with the weeks it took and what went wrong.', link: 'https://kestrel.example/yards' },
  },
  {
    account: 'Ashcombe Castings',
    by: -1,
    kind: 'material',
    text: 'Marek Bielik wants the reference list of foundries.',
    answer: {
      text: 'Here it is. Please ask before you name the second one.',
      link: 'https://kestrel.example/foundries',
    },
  },
  {
    account: 'Lumen Glass',
    by: 1,
    kind: 'context',
    text: 'Why did four people there open the newsletter at three in the morning?',
    answer: { text: 'Their mail filter opens links. They are marked as robots now.', link: null },
  },
  {
    account: 'Corvane Chemicals',
    by: 2,
    kind: 'introduction',
    text: 'A product manager on the call with their works council, please.',
    answer: null,
  },
  {
    account: 'Aldermoor Dairy',
    by: 3,
    kind: 'correction',
    text: 'Jonas Reuter has moved to the plant in Kiel; the card still says Lübeck.',
    answer: { text: 'Put right at the source; the next table brings it.', link: null },
  },
  {
    account: 'Gransund Marine',
    by: -1,
    kind: 'material',
    text: 'A price sheet for three yards: their board meets on Thursday.',
    answer: null,
  },
  {
    account: 'Harrow Textiles',
    by: 4,
    kind: 'other',
    text: 'May I take somebody from marketing along to the mill next week?',
    answer: null,
  },
];

/** The sample's reps ask marketing, and marketing asks them; some of it is answered. Answers how many asks there are. */
export async function askAround({ marketer, rep, reps }: Colleagues): Promise<number> {
  for (const { account, by, kind, text, answer } of asked) {
    const who = by < 0 ? rep : reps[by % reps.length];
    if (who === undefined) throw new Error('Nobody of the sample is there to ask.');
    const askId = randomUUID() as AskId;
    await who.say([
      { kind: 'recordAsk', body: { askId, accountId: accountOf(who, account), contactId: null, kind, text } },
    ]);
    if (answer) await marketer.call('PUT', `/v1/desk/asks/${askId}/answer`, answer);
  }
  await askSales(marketer, rep, 'Ashcombe Castings', 'Who besides Marek Bielik was at the fair?', null);
  await askSales(
    marketer,
    rep,
    'Harrow Textiles',
    'Did the case study reach the mill’s owner?',
    'He read it on the train, she says.',
  );
  return asked.length + 2;
}

async function askSales(marketer: Colleague, rep: Colleague, account: string, text: string, answer: string | null) {
  const askId = randomUUID() as AskId;
  await marketer.call('POST', '/v1/desk/asks', {
    id: askId,
    kind: 'context',
    text,
    accountId: accountOf(rep, account),
    verdictId: null,
  });
  if (answer !== null) await rep.say([{ kind: 'answerAsk', body: { askId, text: answer } }]);
}

function accountOf({ bundles }: Colleague, name: string): AccountId {
  const found = bundles.find(({ account }) => account?.name === name)?.account;
  if (!found) throw new Error(`The sample has no account ${name} to ask about.`);
  return found.id;
}
