import {
  type AgreementKind,
  type AnyBody,
  agreementSchema,
  type CardBody,
  type LanguageBody,
  type LanguageKind,
  languageAgreementSchema,
} from '#contract/agreement.ts';
import type { Segments, Stages } from '#contract/common-language.ts';
import type { Colleague, Colleagues } from './colleagues.ts';

/** So many days an account should stay in a stage at most. */
const days: Readonly<Record<string, number>> = { Inquiry: 21, MQL: 7, SAL: 14, SQL: 30, Opportunity: 60 };

const segments: Segments = {
  rulesFirst: false,
  segments: [
    {
      name: 'Mid-market manufacturing',
      definition: 'Plants of 200 to 1,000 people that make things in series, with one head of operations who decides.',
      rules: [],
    },
    {
      name: 'Enterprise process industry',
      definition: 'Groups with several plants where a stop costs a batch: chemicals, glass, paper, yards.',
      rules: [{ field: 'industry', test: { op: 'is', values: ['Chemicals', 'Glass', 'Paper', 'Shipbuilding'] } }],
    },
    {
      name: 'Food and beverage',
      definition: 'Whoever fills, bakes or brews under hygiene rules. The shift decides, the auditor matters.',
      rules: [{ field: 'industry', test: { op: 'is', values: ['Food production'] } }],
    },
    {
      name: 'Energy and utilities',
      definition: 'Networks and works with a duty to supply. Buys by tender, once in three years.',
      rules: [{ field: 'industry', test: { op: 'is', values: ['Energy', 'Utilities'] } }],
    },
    {
      name: 'Logistics and ports',
      definition: 'Cranes, belts and lifts that must not stand. Decides fast, pays by the hour saved.',
      rules: [{ field: 'industry', test: { op: 'is', values: ['Logistics'] } }],
    },
  ],
};

/** Sales and marketing agree on what words mean. Answers how many agreements are in force. */
export async function agree(people: Colleagues): Promise<number> {
  const { admin, marketer, salesLead } = people;
  const signers = { sales: [salesLead.memberId], arbiter: admin.memberId };
  await admin.call('PUT', '/v1/agreements/scorecard/signers', signers);
  const agreed: [LanguageKind, string, (body: LanguageBody) => LanguageBody][] = [
    ['stages', 'Days in a stage, as agreed in September.', (body) => setDays(body as Stages)],
    ['segments', 'What makes a segment, so that tables need not say it.', () => segments],
    [
      'qualified',
      'So that nobody has to guess what is handed over.',
      () => ({
        qualified:
          'Somebody with a say at an account that fits, who has shown interest of their own in the last month; or who asked to be called. A download alone is not enough.',
      }),
    ],
    [
      'ideal-customer',
      'Whom we want, from the last two years of wins.',
      () => ({
        idealCustomer:
          'A plant of 200 to 2,500 people where a stop is felt within the hour, and where operations and finance talk to each other.',
        traits: [
          {
            name: 'One person decides',
            definition: 'A head of operations or of maintenance with a budget of their own.',
          },
          { name: 'Stops are counted', definition: 'They can say how many hours they lost last month.' },
          { name: 'Something is ending', definition: 'A contract, a support, a generation of machines.' },
        ],
      }),
    ],
  ];
  for (const [kind, reason, change] of agreed)
    await publish(people, kind, (await draft(marketer, kind, change)).named, reason);
  return agreed.length;
}

function setDays({ stages }: Stages): Stages {
  return { stages: stages.map((stage) => ({ ...stage, targetDays: days[stage.name] ?? null })) };
}

/** What a draft of an agreement is named by when it is signed, seen or published. */
interface NamedDraft {
  draftId: string;
  revision: number;
}

/** A draft as `change` makes it, which marketing has saved and signed. Answers what it is named by, and what it holds. */
async function draft<Body extends AnyBody>(
  marketer: Colleague,
  kind: AgreementKind,
  change: (body: Body) => Body,
  note: string | null = null,
): Promise<{ named: NamedDraft; body: Body }> {
  const path = `/v1/agreements/${kind}/draft`;
  const opened = readDraft(await marketer.call('POST', path, {}), kind);
  const body = change(opened.body as Body);
  const saved = await marketer.call('PUT', path, { draftId: opened.id, revision: opened.revision, body, note });
  const named = { draftId: opened.id, revision: readDraft(saved, kind).revision };
  await marketer.call('POST', `${path}/sign`, { ...named, side: 'marketing' });
  return { named, body };
}

function readDraft(answer: unknown, kind: AgreementKind) {
  const { draft: found } = (kind === 'scorecard' ? agreementSchema : languageAgreementSchema).parse(answer);
  if (!found) throw new Error(`The sample could not open a draft of ${kind}.`);
  return found;
}

/** Sales signs what marketing has drafted, and it comes into force. */
async function publish({ marketer, salesLead }: Colleagues, kind: AgreementKind, named: NamedDraft, reason: string) {
  const path = `/v1/agreements/${kind}/draft`;
  await salesLead.call('POST', `${path}/sign`, { ...named, side: 'sales' });
  await marketer.call('POST', `${path}/publish`, { ...named, reason });
}

/** The scorecard with other points for criteria, by their id. */
const withPoints = (points: Readonly<Record<string, number>>) => (body: CardBody) => ({
  ...body,
  criteria: body.criteria.map((each) => ({ ...each, points: points[each.id] ?? each.points })),
});

/**
 * The criteria are corrected on what reps said, which they are told; and the next draft is at work: marketing has signed it, sales has seen it, proposed something and not
 * signed.
 */
export async function correctCriteria(people: Colleagues): Promise<void> {
  const { marketer, salesLead } = people;
  const path = '/v1/agreements/scorecard';
  const corrected = withPoints({ role_none: -30, no_show: -10 });
  const agreed = await draft(marketer, 'scorecard', corrected, 'Those with no say came up weak.');
  const reason = 'Reps called leads without a say weak again and again: they count less from today.';
  await publish(people, 'scorecard', agreed.named, reason);
  const { named, body } = await draft(
    marketer,
    'scorecard',
    withPoints({ attended: 25, pricing: 12, downloaded: 14 }),
    'Webinars bring many who have no say; whoever looks at prices means it.',
  );
  await salesLead.call('POST', `${path}/draft/seen`, named);
  const region = body.criteria.find(({ id }) => id === 'region');
  await salesLead.call('POST', `${path}/notes`, {
    kind: 'proposal',
    text: 'Whoever we cannot visit does not buy. Five more for the region.',
    about: 'region',
    change: region ? { ...region, points: 15 } : null,
  });
  await salesLead.call('POST', `${path}/notes`, {
    kind: 'comment',
    text: 'Webinars down is right for the reps I asked. Let me see one more week before I sign.',
  });
}
