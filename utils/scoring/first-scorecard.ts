import type { EngagementCriterion, FitCriterion, Scorecard } from '#contract/score.ts';

type Kind = EngagementCriterion['kinds'][number];

function fitBand(id: string, label: string, points: number, min: number, max: number | null): FitCriterion {
  return { id, label, points, axis: 'fit', field: 'employees', test: { op: 'between', min, max } };
}

function fitWords(
  id: string,
  label: string,
  points: number,
  field: FitCriterion['field'],
  values: string[],
): FitCriterion {
  return { id, label, points, axis: 'fit', field, test: { op: 'contains', values } };
}

function did(
  id: string,
  label: string,
  kinds: Kind[],
  worth: { points: number; halfLifeDays: number; cap: number },
  detail: string | null = null,
): EngagementCriterion {
  return { id, label, axis: 'engagement', kinds, detail, ...worth };
}

const industries = [
  'manufacturing',
  'machinery',
  'metal',
  'casting',
  'glass',
  'chemicals',
  'shipbuilding',
  'automotive',
];
const nearIndustries = ['food', 'textiles', 'paper', 'packaging', 'energy', 'logistics', 'construction'];
const deciders = [
  'head of operations',
  'operations director',
  'chief operating officer',
  'coo',
  'head of maintenance',
  'vp operations',
];
const users = [
  'plant manager',
  'maintenance manager',
  'reliability engineer',
  'production manager',
  'line engineer',
  'process engineer',
];
const signers = ['finance director', 'chief financial officer', 'cfo', 'procurement manager', 'managing director'];
const regions = [
  'Portugal',
  'Spain',
  'France',
  'Germany',
  'Italy',
  'Belgium',
  'Netherlands',
  'Norway',
  'Sweden',
  'Denmark',
  'United Kingdom',
  'Ireland',
  'Austria',
  'Switzerland',
  'Poland',
];

const fitCriteria: FitCriterion[] = [
  fitBand('size_core', 'Size: 200 to 500 people', 30, 200, 500),
  fitBand('size_large', 'Size: 501 to 2,500 people', 24, 501, 2500),
  fitBand('size_very_large', 'Size: more than 2,500 people', 16, 2501, null),
  fitBand('size_small', 'Size: 50 to 199 people', 10, 50, 199),
  fitWords('industry_core', 'Industry: manufacturing', 24, 'industry', industries),
  fitWords('industry_near', 'Industry: one we also serve', 10, 'industry', nearIndustries),
  fitWords('role_decides', 'Role: runs operations', 20, 'title', deciders),
  fitWords('role_uses', 'Role: works with it', 12, 'title', users),
  fitWords('role_signs', 'Role: signs or buys', 10, 'title', signers),
  fitWords('role_none', 'Role: no say in it', -20, 'title', ['intern', 'student', 'trainee', 'working student']),
  {
    id: 'region',
    label: 'Region: one we serve',
    points: 10,
    axis: 'fit',
    field: 'country',
    test: { op: 'is', values: regions },
  },
];

const engagementCriteria: EngagementCriterion[] = [
  did('requested_contact', 'Asked to be contacted', ['requested_contact'], { points: 45, halfLifeDays: 30, cap: 60 }),
  did('met', 'Met us', ['met'], { points: 35, halfLifeDays: 45, cap: 60 }),
  did('attended', 'Attended', ['attended'], { points: 35, halfLifeDays: 45, cap: 60 }),
  did('form', 'Filled in a form', ['submitted_form'], { points: 25, halfLifeDays: 30, cap: 40 }),
  did('replied', 'Replied', ['replied'], { points: 25, halfLifeDays: 30, cap: 50 }),
  did('downloaded', 'Downloaded', ['downloaded'], { points: 18, halfLifeDays: 30, cap: 36 }),
  did('responded', 'Responded', ['responded'], { points: 15, halfLifeDays: 30, cap: 30 }),
  did('clicked', 'Clicked', ['clicked'], { points: 12, halfLifeDays: 30, cap: 36 }),
  did('registered', 'Registered', ['registered'], { points: 10, halfLifeDays: 30, cap: 20 }),
  did('pricing', 'Visited pricing', ['visited_page'], { points: 8, halfLifeDays: 21, cap: 24 }, 'pricing'),
  did('careers', 'Looked for a job', ['visited_page'], { points: -10, halfLifeDays: 30, cap: 20 }, 'careers'),
  did('visited', 'Visited the website', ['visited_page'], { points: 2, halfLifeDays: 14, cap: 8 }),
  did('opened', 'Opened mails', ['opened'], { points: 1, halfLifeDays: 14, cap: 6 }),
  did('subscribed', 'Subscribed', ['subscribed'], { points: 5, halfLifeDays: 60, cap: 5 }),
  did('no_show', 'Registered and did not come', ['no_show'], { points: -5, halfLifeDays: 30, cap: 10 }),
  did('bounced', 'Mail bounced', ['bounced'], { points: -15, halfLifeDays: 90, cap: 15 }),
  did('unsubscribed', 'Unsubscribed', ['unsubscribed'], { points: -40, halfLifeDays: 180, cap: 40 }),
];

/**
 * The scorecard that a new workspace begins with: an outline for selling to industry, meant to be corrected on evidence.
 * Signed by nobody yet. Of one size, industry or role group at most one row is likely to hold, so fit stays readable as a short list.
 */
export function firstScorecard(publishedAt: string): Scorecard {
  return {
    version: 1,
    criteria: [...fitCriteria, ...engagementCriteria],
    fitThresholds: [80, 60, 40],
    engagementThresholds: [80, 60, 30],
    qualified: { fit: 'B', engagement: 2, handRaise: ['requested_contact'] },
    publishedAt,
    signedBy: [],
  };
}
