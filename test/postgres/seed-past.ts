import { randomUUID } from 'node:crypto';
import type { WorkspaceId } from '#contract/ids.ts';
import { inWorkspace, type Scope } from '../../server/db/scope.ts';
import type { Scorecard } from '../../utils/contract/score.ts';
import { createRandom } from '../../utils/scoring/refit/random.ts';
import type { TestStore } from './store.ts';

const dayMs = 86_400_000;

/** A card whose points a hand can add up: two criteria of fit, one of engagement, one that nobody meets. */
export const pastCard: Scorecard = {
  version: 2,
  criteria: [
    {
      id: 'size',
      label: 'Size',
      points: 20,
      axis: 'fit',
      field: 'employees',
      test: { op: 'between', min: 200, max: null },
    },
    { id: 'head', label: 'Heads', points: 4, axis: 'fit', field: 'title', test: { op: 'contains', values: ['head'] } },
    // No account has any: what a card asks about a field that is gone.
    {
      id: 'gone',
      label: 'Technology',
      points: 15,
      axis: 'fit',
      field: 'technology',
      test: { op: 'is', values: ['kiln'] },
    },
    {
      id: 'webinar',
      label: 'Came to a webinar',
      points: 30,
      axis: 'engagement',
      kinds: ['attended'],
      detail: null,
      halfLifeDays: 30,
      cap: 60,
    },
  ],
  fitThresholds: [24, 20, 4],
  engagementThresholds: [40, 15, 5],
  qualified: { fit: 'B', engagement: 2, handRaise: [] },
  publishedAt: '2026-01-01T00:00:00.000Z',
  signedBy: [],
};

/** A lead whose end is known, as it is written into the tables. `at`: the moment of its label. */
export interface PastLead {
  accountId: string;
  contactId: string;
  isLarge: boolean;
  isHead: boolean;
  /** When they came to webinars, before the label. */
  came: Date[];
  label: 'won' | 'lost' | 'met' | 'strong' | 'weak';
  at: Date;
}

/** Invented leads, one a day, oldest first: heads are strong, who came to a webinar is weak more often, size says a little. */
export function inventPast(count: number, seed: number, labels: 'both' | 'wonAlone' = 'both'): PastLead[] {
  const random = createRandom(seed);
  const start = Date.parse('2026-11-01T00:00:00.000Z') - count * dayMs;
  return Array.from({ length: count }, (_, index): PastLead => {
    const at = new Date(start + index * dayMs);
    const [isLarge, isHead, hasCome] = [random() < 0.5, random() < 0.5, random() < 0.5];
    const logOdds = (isLarge ? 0.7 : -0.7) + (isHead ? 1.6 : -1.6) + (hasCome ? -0.5 : 0.3);
    const isStrong = random() < 1 / (1 + Math.exp(-logOdds));
    const came = hasCome ? [new Date(at.getTime() - Math.ceil(random() * 20) * dayMs)] : [];
    const kind = random();
    // Of ten labels one is a meeting where it is strong, four are verdicts.
    const drawn = isStrong ? (['met', 'won', 'strong'] as const) : (['lost', 'lost', 'weak'] as const);
    const label = drawn[Number(kind >= 0.1) + Number(kind > 0.6)] ?? 'won';
    return {
      accountId: randomUUID(),
      contactId: randomUUID(),
      isLarge,
      isHead,
      came,
      label: labels === 'both' ? label : 'won',
      at,
    };
  });
}

/** Writes a past into a workspace's tables, with the card that is in force. `after`: touches that those who ended weak had so long after their label, in milliseconds: who sees them sees the end. */
export async function writePast(
  store: TestStore,
  workspaceId: WorkspaceId,
  leads: readonly PastLead[],
  after: readonly number[] = [],
): Promise<void> {
  await inWorkspace(store.database.db, workspaceId, async (scope) => {
    await scope
      .insertInto('scorecard')
      .values({
        workspaceId,
        version: pastCard.version,
        card: JSON.stringify(pastCard),
        reason: null,
        publishedAt: new Date(pastCard.publishedAt),
      })
      .execute();
    for (const lead of leads)
      await writeLead(scope, workspaceId, lead, ['lost', 'weak'].includes(lead.label) ? after : []);
  });
}

async function writeLead(
  scope: Scope,
  workspaceId: WorkspaceId,
  lead: PastLead,
  after: readonly number[],
): Promise<void> {
  const { accountId, contactId, isLarge, isHead, came, label, at } = lead;
  const day = at.toISOString().slice(0, 10);
  const touches = [...came, ...after.map((ms) => new Date(at.getTime() + ms))].map((when) => ({
    kind: 'attended',
    when,
  }));
  if (label === 'met') touches.push({ kind: 'met', when: at });
  const nothing = { territory: null, ownerAddress: null, latestWin: null, tier: null, stage: null, country: null };
  await Promise.all([
    scope
      .insertInto('account')
      .values({
        workspaceId,
        id: accountId,
        name: `Lead ${contactId.slice(0, 4)}`,
        segment: 'Paper',
        industry: 'Paper',
        employees: isLarge ? 400 : 20,
        ...nothing,
      })
      .execute(),
    scope
      .insertInto('contact')
      .values({
        workspaceId,
        id: contactId,
        accountId,
        name: null,
        title: isHead ? 'Head of Plant' : 'Planner',
        buyingRole: null,
        country: null,
        addedBy: null,
      })
      .execute(),
    ...touches.map(({ kind, when }, number) =>
      scope
        .insertInto('touch')
        .values({
          workspaceId,
          id: randomUUID(),
          source: 'test',
          externalId: `${contactId} ${number}`,
          contactId,
          campaignId: null,
          kind,
          at: when,
          detail: null,
          importId: null,
        })
        .execute(),
    ),
    ...(label === 'won' || label === 'lost' ? [writeDeal(scope, workspaceId, lead, day)] : []),
    ...(label === 'strong' || label === 'weak' ? [writeVerdict(scope, workspaceId, lead, label)] : []),
  ]);
}

/** Every other deal names nobody: it is of the account's only person. */
async function writeDeal(scope: Scope, workspaceId: WorkspaceId, lead: PastLead, openedOn: string): Promise<void> {
  const { accountId, contactId, label } = lead;
  const closesOn = new Date(lead.at.getTime() + 60 * dayMs).toISOString().slice(0, 10);
  await scope
    .insertInto('opportunity')
    .values({
      workspaceId,
      id: randomUUID(),
      source: 'test',
      externalId: contactId,
      accountId,
      contactId: contactId < '8' ? contactId : null,
      campaignId: null,
      name: null,
      stage: null,
      outcome: label === 'won' ? 'won' : 'lost',
      amount: null,
      currency: null,
      closesOn,
      openedOn,
      importId: null,
    })
    .execute();
}

async function writeVerdict(
  scope: Scope,
  workspaceId: WorkspaceId,
  lead: PastLead,
  value: 'strong' | 'weak',
): Promise<void> {
  await scope
    .insertInto('verdict')
    .values({
      workspaceId,
      id: randomUUID(),
      contactId: lead.contactId,
      accountId: lead.accountId,
      memberId: randomUUID(),
      deviceId: randomUUID(),
      value,
      reason: null,
      at: lead.at,
      claimedAt: lead.at,
      shown: null,
      score: JSON.stringify({ reasons: [] }),
      grade: 'B2',
      scorecardVersion: 1,
      campaignIds: [],
      lastCampaignId: null,
      segment: 'Paper',
      tier: null,
      stage: null,
      undoneAt: null,
    })
    .execute();
}
