import type { CardBody, CardDifference } from '#contract/agreement.ts';
import { isSamePart, labelOf, listParts } from './parts.ts';

/** How one card differs from another, part by part: in the order of the later card, what is gone last. The order of criteria alone is no difference. */
export function compareCards(before: CardBody, after: CardBody): CardDifference[] {
  const [old, now] = [listParts(before), listParts(after)];
  const gone = [...old.keys()].filter((name) => !now.has(name));
  return [...now.keys(), ...gone].flatMap((part) => {
    const [was, is] = [old.get(part) ?? null, now.get(part) ?? null];
    return isSamePart(was, is) ? [] : [{ part, label: labelOf(part, is ?? was), before: was, after: is }];
  });
}
