import type { AgreedBodies, LanguageKind } from '#contract/agreement.ts';
import type { Responsible, Stage } from '#contract/common-language.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import { firstDefinitions } from '../first-definitions.ts';

/** Who looks after the stages that a workspace comes with; of another one both do. */
const firstSides: Readonly<Record<string, Responsible>> = {
  Inquiry: 'marketing',
  MQL: 'marketing',
  SAL: 'sales',
  SQL: 'sales',
  Opportunity: 'sales',
  Customer: 'both',
  Recycled: 'marketing',
};

const placeOf = (term: string): number => {
  const at = firstDefinitions.findIndex((each) => each.term === term);
  return at < 0 ? firstDefinitions.length : at;
};

/** What the workspace's words mean before anybody agreed on anything: its first definitions, in their order, and no rules. */
export async function readFirstWords<Kind extends LanguageKind>(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: Kind,
): Promise<AgreedBodies[Kind]> {
  const rows = await scope
    .selectFrom('definition')
    .select(['kind', 'term', 'text'])
    .where('workspaceId', '=', workspaceId)
    .orderBy('term')
    .execute();
  const list = (wanted: string) =>
    rows
      .filter((row) => row.kind === wanted)
      .toSorted((a, b) => placeOf(a.term) - placeOf(b.term))
      .map(({ term, text }) => ({ name: term, definition: text }));
  const bodies: FirstBodies = {
    stages: () => ({
      stages: list('stage').map(
        (each): Stage => ({ ...each, side: firstSides[each.name] ?? 'both', targetDays: null }),
      ),
    }),
    tiers: () => ({ tiers: list('tier').filter(({ name }) => /^[1-9]$/.test(name)) }),
    segments: () => ({ segments: list('segment').map((each) => ({ ...each, rules: [] })), rulesFirst: false }),
    qualified: () => ({ qualified: '' }),
    'ideal-customer': () => ({ idealCustomer: '', traits: [] }),
  };
  return bodies[kind]() as AgreedBodies[Kind];
}

type FirstBodies = { [Kind in LanguageKind]: () => AgreedBodies[Kind] };
