import type { CardBody, CardClash } from '#contract/agreement.ts';
import type { Criterion } from '#contract/score.ts';
import { mergeCards } from '../../scoring/agree/merge-cards.ts';
import { qualifiedPart, thresholdParts } from '../../scoring/agree/parts.ts';
import type { LocalEdit as AnyEdit } from './agreeing.ts';

/** What a person has changed of the scorecard. */
export type LocalEdit = AnyEdit<CardBody>;

/** The card with another criterion in the place of the one with its id. */
function replace(card: CardBody, id: string, change: (criterion: Criterion) => Criterion): CardBody {
  return { ...card, criteria: card.criteria.map((each) => (each.id === id ? change(each) : each)) };
}

/** Other points for a criterion, within −100 and 100. */
export function withPoints(card: CardBody, id: string, points: number): CardBody {
  const held = Math.max(-100, Math.min(100, Math.round(points)));
  return replace(card, id, (each) => ({ ...each, points: held }));
}

/** A criterion in the place of another of its axis, which makes room; elsewhere there is no place, and the card is as it was. */
export function withPlace(card: CardBody, id: string, ofId: string): CardBody {
  const { criteria } = card;
  const [from, to] = [id, ofId].map((wanted) => criteria.findIndex((each) => each.id === wanted)) as [number, number];
  const criterion = criteria[from];
  if (!criterion || from === to || criteria[to]?.axis !== criterion.axis) return card;
  return { ...card, criteria: criteria.toSpliced(from, 1).toSpliced(to, 0, criterion) };
}

/** The criterion that stands so many places below one of its axis (above: less than 0); null: none does. */
export function neighbourOf(card: CardBody, id: string, step: -1 | 1): string | null {
  const axis = card.criteria.find((each) => each.id === id)?.axis;
  const same = card.criteria.filter((each) => each.axis === axis);
  return same[same.findIndex((each) => each.id === id) + step]?.id ?? null;
}

/** The card without a criterion. */
export function without(card: CardBody, id: string): CardBody {
  return { ...card, criteria: card.criteria.filter((each) => each.id !== id) };
}

/** What a person has changed, put onto a newer state of the draft. Their own holds where both changed the same: the store will say so when it is saved. */
export function rebase(edit: LocalEdit, draft: { revision: number; body: CardBody }): LocalEdit {
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
