import {
  type AgreementDraft,
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
export async function agree({ admin, marketer, salesLead }: Colleagues): Promise<number> {
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
  for (const [kind, reason, change] of agreed) await publish(marketer, salesLead, kind, reason, change);
  return agreed.length;
}

function setDays({ stages }: Stages): Stages {
  return { stages: stages.map((stage) => ({ ...stage, targetDays: days[stage.name] ?? null })) };
}

async function publish(
  marketer: Colleague,
  salesLead: Colleague,
  kind: LanguageKind,
  reason: string,
  change: (body: LanguageBody) => LanguageBody,
): Promise<void> {
  const path = `/v1/agreements/${kind}`;
  const opened = await openDraft(marketer, kind);
  const body = change(opened.body);
  const saved = await marketer.call('PUT', `${path}/draft`, { draftId: opened.id, revision: opened.revision, body });
  const { draft } = languageAgreementSchema.parse(saved);
  const named = { draftId: opened.id, revision: draft?.revision };
  await marketer.call('POST', `${path}/draft/sign`, { ...named, side: 'marketing' });
  await salesLead.call('POST', `${path}/draft/sign`, { ...named, side: 'sales' });
  await marketer.call('POST', `${path}/draft/publish`, { ...named, reason });
}

async function openDraft(marketer: Colleague, kind: LanguageKind) {
  const { draft } = languageAgreementSchema.parse(await marketer.call('POST', `/v1/agreements/${kind}/draft`, {}));
  if (!draft) throw new Error(`The sample could not open a draft of ${kind}.`);
  return draft;
}

const scorecard = '/v1/agreements/scorecard';

/** The points of criteria by their id, as a draft of the scorecard that marketing has saved, and signed. */
async function draftScorecard(
  marketer: Colleague,
  points: Readonly<Record<string, number>>,
  note: string,
): Promise<{ draftId: string; revision: number; body: CardBody }> {
  const { draft } = agreementSchema.parse(await marketer.call('POST', `${scorecard}/draft`, {}));
  const { id: draftId, revision, body: old } = draft as AgreementDraft;
  const body = { ...old, criteria: old.criteria.map((each) => ({ ...each, points: points[each.id] ?? each.points })) };
  const saved = await marketer.call('PUT', `${scorecard}/draft`, { draftId, revision, body, note });
  const named = { draftId, revision: agreementSchema.parse(saved).draft?.revision ?? revision };
  await marketer.call('POST', `${scorecard}/draft/sign`, { ...named, side: 'marketing' });
  return { ...named, body };
}

/**
 * The criteria are corrected on what reps said, which they are told; and the next draft is at work: marketing has signed it, sales has seen it, proposed something and not
 * signed.
 */
export async function correctCriteria({ marketer, salesLead }: Colleagues): Promise<void> {
  const agreed = await draftScorecard(marketer, { role_none: -30, no_show: -10 }, 'Those with no say came up weak.');
  const { body: _, ...signed } = agreed;
  await salesLead.call('POST', `${scorecard}/draft/sign`, { ...signed, side: 'sales' });
  const reason = 'Reps called leads without a say weak again and again: they count less from today.';
  await marketer.call('POST', `${scorecard}/draft/publish`, { ...signed, reason });
  const { body, ...named } = await draftScorecard(
    marketer,
    { attended: 25, pricing: 12, downloaded: 14 },
    'Webinars bring many who have no say; whoever looks at prices means it.',
  );
  await salesLead.call('POST', `${scorecard}/draft/seen`, named);
  const region = body.criteria.find(({ id }) => id === 'region');
  await salesLead.call('POST', `${scorecard}/notes`, {
    kind: 'proposal',
    text: 'Whoever we cannot visit does not buy. Five more for the region.',
    about: 'region',
    change: region ? { ...region, points: 15 } : null,
  });
  await salesLead.call('POST', `${scorecard}/notes`, {
    kind: 'comment',
    text: 'Webinars down is right for the reps I asked. Let me see one more week before I sign.',
  });
}
