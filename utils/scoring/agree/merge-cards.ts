import type { CardBody, CardClash } from '#contract/agreement.ts';
import type { Criterion, QualifiedRule } from '#contract/score.ts';
import { isSamePart, labelOf, listParts, mergeOrder, type Part, qualifiedPart, thresholdParts } from './parts.ts';

type Thresholds = CardBody['fitThresholds'];

/** A merged card, and the parts that both sides made something different of: there the card has `ours`. */
export interface MergedCard {
  body: CardBody;
  clashes: CardClash[];
}

/**
 * Puts two edits of one card together. What only one side changed is as that side has it, additions and removals among it; so two people who work on different
 * parts lose nothing. Where one side moved criteria, they stand as there; where both did, as in `theirs`.
 */
export function mergeCards(base: CardBody, ours: CardBody, theirs: CardBody): MergedCard {
  const [was, mine, others] = [listParts(base), listParts(ours), listParts(theirs)] as const;
  const clashes: CardClash[] = [];
  const pick = (part: string): Part | undefined => {
    const [from, own, other] = [was.get(part), mine.get(part), others.get(part)];
    if (isSamePart(own, other) || isSamePart(from, other)) return own;
    if (isSamePart(from, own)) return other;
    clashes.push({ part, label: labelOf(part, own ?? other), ours: own ?? null, theirs: other ?? null });
    return own;
  };
  const criteria = mergeOrder(listIds(base), listIds(ours), listIds(theirs)).flatMap(
    (id) => (pick(id) as Criterion | undefined) ?? [],
  );
  const fitThresholds = pick(thresholdParts.fit) as Thresholds;
  const engagementThresholds = pick(thresholdParts.engagement) as Thresholds;
  const qualified = pick(qualifiedPart) as QualifiedRule | undefined;
  const body = { criteria, fitThresholds, engagementThresholds, ...(qualified && { qualified }) };
  return { body, clashes };
}

const listIds = ({ criteria }: CardBody): string[] => criteria.map(({ id }) => id);
