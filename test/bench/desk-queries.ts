import type { Segments } from '#contract/common-language.ts';
import type { AudienceInput } from '#contract/desk.ts';
import type { CampaignId } from '#contract/ids.ts';
import { idOf } from './store-load.ts';

/** A call that a page of the Desk makes. With a body it is a POST. */
export interface DeskQuery {
  page: string;
  what: string;
  path: string;
  body?: unknown;
}

const audience: AudienceInput = { segments: [], tiers: [], stages: [], activeDays: null };
const reach = (what: string, chosen: Partial<AudienceInput>): DeskQuery => ({
  page: 'talking points',
  what: `reach: ${what}`,
  path: '/v1/desk/reach',
  body: { ...audience, ...chosen },
});

const segments: Segments = {
  rulesFirst: true,
  segments: [
    {
      name: 'Foundries',
      definition: '',
      rules: [{ field: 'industry', test: { op: 'is', values: ['Metal casting'] } }],
    },
    {
      name: 'Large and abroad',
      definition: '',
      rules: [
        { field: 'employees', test: { op: 'between', min: 500, max: null } },
        { field: 'country', test: { op: 'is', values: ['FR', 'PL', 'US'] } },
      ],
    },
    { name: 'Runs SAP', definition: '', rules: [{ field: 'technology', test: { op: 'contains', values: ['sap'] } }] },
    { name: 'Nothing known', definition: '', rules: [{ field: 'industry', test: { op: 'missing' } }] },
  ],
};

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** What is measured, page by page. One more is one more line. */
export const deskQueries: readonly DeskQuery[] = [
  { page: 'today', what: 'verdicts of a week', path: '/v1/desk/lead-quality?by=campaign&days=7' },
  { page: 'today', what: 'verdicts of 13 weeks', path: '/v1/desk/lead-quality?by=campaign&days=91' },
  { page: 'today', what: 'insights of a week', path: '/v1/desk/insights?days=7' },
  { page: 'today', what: 'said by day', path: '/v1/desk/said/days?zone=Europe/Berlin&days=18' },
  { page: 'today', what: 'imports', path: '/v1/imports' },
  { page: 'today', what: 'people', path: '/v1/desk/people' },
  { page: 'results', what: 'own, holding everything', path: '/v1/own-results' },
  { page: 'talking points', what: 'list with results', path: '/v1/desk/talking-points' },
  { page: 'talking points', what: 'choices of an audience', path: '/v1/desk/audience-choices' },
  reach('everybody', {}),
  reach('segment, tier and stage', { segments: ['Food', 'Paper'], tiers: [1, 2], stages: ['Evaluating'] }),
  reach('active in 30 days', { activeDays: 30 }),
  reach('active in 7 days, one segment', { segments: ['Food'], activeDays: 7 }),
  reach('dormant for 90 days', { dormantDays: 90 }),
  reach('a territory and two owners', {
    territories: ['Territory 3'],
    owners: ['bench7@seller.example', 'bench8@seller.example'],
  }),
  reach('touched by a campaign', { campaigns: [idOf('campaign', 3) as CampaignId] }),
  reach('somebody with the best score', { grades: ['A1'] }),
  reach('active, without a campaign and a segment', {
    activeDays: 60,
    without: { segments: ['Food'], campaigns: [idOf('campaign', 5) as CampaignId] },
  }),
  { page: 'talking points', what: 'accounts by name', path: '/v1/desk/accounts?search=pany%2077' },
  { page: 'talking points', what: 'history of one', path: `/v1/desk/talking-points/${idOf('point', 1)}/history` },
  { page: 'talking points', what: 'words on one', path: `/v1/desk/talking-points/${idOf('point', 1)}/words` },
  { page: 'talking points', what: 'accounts behind a reach', path: '/v1/desk/audience-accounts', body: audience },
  ...['source', 'segment', 'tier', 'band', 'criterion', 'reason', 'week'].map((by) => ({
    page: 'lead quality',
    what: `13 weeks by ${by}`,
    path: `/v1/desk/lead-quality?by=${by}&days=91`,
  })),
  { page: 'lead quality', what: 'a year by campaign', path: '/v1/desk/lead-quality?by=campaign&days=365' },
  { page: 'lead quality', what: 'weak ones', path: '/v1/desk/verdicts?by=campaign&days=91&value=weak' },
  {
    page: 'lead quality',
    what: 'against their score',
    path: '/v1/desk/verdicts?by=campaign&days=91&only=disagreements',
  },
  { page: 'lead quality', what: 'one verdict in its context', path: `/v1/desk/verdicts/${idOf('verdict', 1)}` },
  { page: 'hand-overs', what: 'a year by campaign', path: '/v1/desk/hand-overs/figures?by=campaign&days=365' },
  { page: 'hand-overs', what: '13 weeks by segment', path: '/v1/desk/hand-overs/figures?by=segment&days=91' },
  { page: 'hand-overs', what: 'what waits', path: '/v1/desk/hand-overs?view=waiting&days=91' },
  { page: 'hand-overs', what: 'all of a year', path: '/v1/desk/hand-overs?view=all&order=newest&days=365' },
  { page: 'insights', what: 'all time', path: '/v1/desk/insights' },
  { page: 'insights', what: 'by words', path: '/v1/desk/insights?search=night%20shift%20line%20777' },
  { page: 'insights', what: 'by account', path: '/v1/desk/insights?only=rows&order=account' },
  { page: 'insights', what: 'unanswered first', path: '/v1/desk/insights?only=rows&order=unanswered' },
  { page: 'insights', what: 'a digest of a month', path: `/v1/desk/digest?from=${day(35)}&until=${day(5)}` },
  { page: 'criteria', what: 'evidence of 13 weeks', path: '/v1/agreements/scorecard/evidence?days=91' },
  {
    page: 'criteria',
    what: 'verdicts and insights behind one',
    path: '/v1/agreements/scorecard/evidence/behind?days=91&criterion=met',
  },
  { page: 'insights', what: 'digests that are kept', path: '/v1/desk/kept-digests' },
  { page: 'funnel', what: '13 weeks', path: '/v1/desk/funnel?days=91' },
  { page: 'funnel', what: 'all that is known', path: '/v1/desk/funnel' },
  { page: 'funnel', what: 'accounts in a stage', path: '/v1/desk/funnel/accounts?stage=Engaged&only=all' },
  { page: 'common language', what: 'who would move segment', path: '/v1/agreements/segments/moves', body: segments },
  { page: 'criteria', what: 'who is where', path: '/v1/desk/band' },
];
