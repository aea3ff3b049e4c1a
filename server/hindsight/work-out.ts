import type { Kysely } from 'kysely';
import {
  type Hindsight,
  type HindsightGround,
  type MeasuredFigure,
  type PointSuggestion,
  type Tried,
  type TriedCard,
  triedCardSchema,
} from '#contract/hindsight.ts';
import type { DraftId, WorkspaceId } from '#contract/ids.ts';
import type { Criterion, Scorecard } from '#contract/score.ts';
import { type BackTested, compareScored, type ScoredCase, scoreCase } from '../../utils/scoring/refit/back-test.ts';
import { type LabelledCase, toLabelledLead } from '../../utils/scoring/refit/labelled-case.ts';
import type { Measured } from '../../utils/scoring/refit/metrics.ts';
import {
  type Ground,
  isOutcome,
  type LabelledLead,
  mostStep,
  type Suggestion,
  suggestPoints,
} from '../../utils/scoring/refit/suggest.ts';
import type { Schema } from '../db/schema.ts';
import { inFrozenWorkspace } from '../db/scope.ts';
import { type Label, listLabels } from '../store/label.ts';
import { readCases } from '../store/labelled-case.ts';

/** Which cards are held against the past of which workspace. `draft` null: none is open, or it changes nothing. */
export interface HindsightOrder {
  workspaceId: WorkspaceId;
  inForce: Scorecard;
  draft: { id: DraftId; revision: number; card: Scorecard } | null;
}

/** So many labelled leads are held with their touches at a time. */
const casesAtOnce = 500;

/**
 * What the workspace's past says of the cards, as it stands at one moment. The past is walked through in one frozen transaction, lead by lead, once, and once more where a
 * suggestion came of it; what is held of each lead is a few numbers.
 */
export async function workOut(db: Kysely<Schema>, order: HindsightOrder, now: Date): Promise<Hindsight> {
  const { workspaceId, inForce, draft } = order;
  const criteria = listCriteria(inForce, draft?.card ?? null);
  return inFrozenWorkspace(db, workspaceId, async (scope) => {
    const { labels, leftOut } = await listLabels(scope, workspaceId, now);
    const walk = async (look: (labelled: LabelledCase) => void) => {
      for (let from = 0; from < labels.length; from += casesAtOnce)
        for (const each of await readCases(scope, workspaceId, labels.slice(from, from + casesAtOnce))) look(each);
    };
    const leads: LabelledLead[] = [];
    const cards = new Map<TriedCard, Scorecard>([['inForce', inForce]]);
    if (draft) cards.set('draft', draft.card);
    const scored = new Map([...cards.keys()].map((card): [TriedCard, ScoredCase[]] => [card, []]));
    await walk((each) => {
      leads.push(toLabelledLead({ criteria }, each));
      for (const [name, card] of cards) scored.get(name)?.push(scoreCase(card, each));
    });
    const published = criteria.map(({ id }) => inForce.criteria.find((each) => each.id === id)?.points ?? 0);
    const found = suggestPoints(published, leads);
    if (found.kind === 'offered') {
      const suggested = {
        ...inForce,
        criteria: criteria.map((each, at) => ({ ...each, points: found.points[at] ?? 0 })),
      };
      const cases: ScoredCase[] = [];
      await walk((each) => cases.push(scoreCase(suggested, each)));
      scored.set('suggestion', cases);
    }
    const tested = compareScored<TriedCard>(Object.fromEntries(scored) as Record<TriedCard, ScoredCase[]>);
    return {
      asOf: now.toISOString(),
      version: inForce.version,
      draft: draft && { id: draft.id, revision: draft.revision },
      labels: describeLabels(labels, leftOut),
      unmet: listUnmet(criteria, leads),
      suggestion: describeSuggestion(found, criteria),
      testedOn: {
        outcomes: tested.outcomes,
        verdicts: tested.verdicts,
        from: tested.from?.toISOString() ?? null,
        to: tested.to?.toISOString() ?? null,
      },
      cards: triedCardSchema.options
        .filter((card) => scored.has(card))
        .map((card) => describeCard(card, tested.cards[card])),
    };
  });
}

/** The criteria in force, and those that the draft adds: of these nothing is in force, and the labels say what they would be worth. */
function listCriteria(inForce: Scorecard, draft: Scorecard | null): Criterion[] {
  const known = new Set(inForce.criteria.map(({ id }) => id));
  return [...inForce.criteria, ...(draft?.criteria.filter(({ id }) => !known.has(id)) ?? [])];
}

function describeLabels(labels: readonly Label[], leftOut: number): Hindsight['labels'] {
  const outcomes = labels.filter(isOutcome);
  return {
    outcomes: outcomes.length,
    strongOutcomes: outcomes.filter(({ isStrong }) => isStrong).length,
    verdicts: labels.length - outcomes.length,
    from: labels[0]?.at.toISOString() ?? null,
    to: labels.at(-1)?.at.toISOString() ?? null,
    leftOut,
  };
}

function listUnmet(criteria: readonly Criterion[], leads: readonly LabelledLead[]): string[] {
  const met = new Set(leads.flatMap(({ values }) => values.map(([criterion]) => criterion)));
  return criteria.filter((_, at) => !met.has(at)).map(({ id }) => id);
}

function describeSuggestion(found: Suggestion, criteria: readonly Criterion[]): PointSuggestion {
  if (found.kind === 'notYet')
    return {
      kind: 'notYet',
      missing: found.missing.map((each) =>
        each.what === 'improvement'
          ? { what: each.what, inForce: describeFigure(each.published), suggested: describeFigure(each.suggested) }
          : each,
      ),
    };
  return {
    kind: 'offered',
    changes: found.changes.map((each) => ({ ...each, criterion: criteria[each.criterion]?.id ?? '' })),
    mostStep,
    fittedOn: describeGround(found.fittedOn),
    testedOn: describeGround(found.testedOn),
    gain: describeFigure(found.gain),
  };
}

function describeGround({ outcomes, verdicts, from, to }: Ground): HindsightGround {
  return { outcomes, verdicts, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

function describeCard(card: TriedCard, tried: BackTested): Tried {
  const { auc, logLoss, ece, lift, curve, qualifiedPerWeek, qualified } = tried;
  return {
    card,
    auc: describeFigure(auc),
    logLoss: describeFigure(logLoss),
    ece: describeFigure(ece),
    lift: describeFigure(lift),
    curve: curve.map((each) => ({ ...each, observed: describeFigure(each.observed) })),
    qualifiedPerWeek,
    qualified: { strong: qualified.strong, count: qualified.count },
  };
}

/** JSON has no word for what cannot be told, and none for an end that is open. */
function describeFigure({ value, low, high }: Measured): MeasuredFigure {
  const told = (figure: number) => (Number.isFinite(figure) ? figure : null);
  return { value: told(value), low: told(low), high: told(high) };
}
