import type { Agreement, CardBody, CardClash } from '#contract/agreement.ts';
import type { Criterion } from '#contract/score.ts';
import { mergeCards } from '../../scoring/agree/merge-cards.ts';
import { qualifiedPart, thresholdParts } from '../../scoring/agree/parts.ts';

/** What a person has changed and the store has not confirmed. `base`: the state of the draft that it was changed from, by its revision. */
export interface LocalEdit {
  revision: number;
  base: CardBody;
  body: CardBody;
}

/** The card with another criterion in the place of the one with its id. */
function replace(card: CardBody, id: string, change: (criterion: Criterion) => Criterion): CardBody {
  return { ...card, criteria: card.criteria.map((each) => (each.id === id ? change(each) : each)) };
}

/** Other points for a criterion, within −100 and 100. */
export function withPoints(card: CardBody, id: string, points: number): CardBody {
  const held = Math.max(-100, Math.min(100, Math.round(points)));
  return replace(card, id, (each) => ({ ...each, points: held }));
}

/** A criterion one place up (−1) or down (1) among those of its axis; where there is no place, the card as it is. */
export function withMove(card: CardBody, id: string, step: -1 | 1): CardBody {
  const from = card.criteria.findIndex((each) => each.id === id);
  const axis = card.criteria[from]?.axis;
  const same = card.criteria.flatMap((each, at) => (each.axis === axis ? [at] : []));
  const to = same[same.indexOf(from) + step];
  if (from === -1 || to === undefined) return card;
  const criteria = card.criteria.toSpliced(from, 1);
  criteria.splice(to, 0, card.criteria[from] as Criterion);
  return { ...card, criteria };
}

/** The card without a criterion. */
export function without(card: CardBody, id: string): CardBody {
  return { ...card, criteria: card.criteria.filter((each) => each.id !== id) };
}

/** What a person has changed, put onto a newer state of the draft. Their own holds where both changed the same: the store will say so when it is saved. */
export function rebase(edit: LocalEdit, draft: NonNullable<Agreement['draft']>): LocalEdit {
  if (edit.revision === draft.revision) return edit;
  const { body } = mergeCards(edit.base, edit.body, draft.body);
  return { revision: draft.revision, base: draft.body, body };
}

/** Settles clashes on top of the state that was saved meanwhile: `mine` names the parts where one's own holds. */
export function settleClashes(
  edit: LocalEdit,
  saved: { revision: number; body: CardBody },
  clashes: readonly CardClash[],
  mine: ReadonlySet<string>,
): LocalEdit {
  const merged = mergeCards(edit.base, edit.body, saved.body).body;
  const theirs = new Map(clashes.filter(({ part }) => !mine.has(part)).map(({ part, theirs: value }) => [part, value]));
  const kept = merged.criteria.filter(({ id }) => theirs.get(id) !== null);
  const taken = kept.map((each) => (theirs.get(each.id) as Criterion | undefined) ?? each);
  const there = new Set(taken.map(({ id }) => id));
  // One's own took it away, and the other's holds.
  const back = saved.body.criteria.filter(({ id }) => theirs.has(id) && !there.has(id));
  const thresholds = <K extends 'fit' | 'engagement'>(axis: K) =>
    (theirs.get(thresholdParts[axis]) as CardBody['fitThresholds'] | undefined) ?? merged[`${axis}Thresholds`];
  const isTheirRule = theirs.has(qualifiedPart);
  const { qualified } = isTheirRule ? saved.body : merged;
  return {
    revision: saved.revision,
    base: saved.body,
    body: {
      criteria: [...taken, ...back],
      fitThresholds: thresholds('fit'),
      engagementThresholds: thresholds('engagement'),
      ...(qualified && { qualified }),
    },
  };
}
