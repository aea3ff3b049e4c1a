import type { CardBody } from '#contract/agreement.ts';
import type { Criterion, QualifiedRule } from '#contract/score.ts';

type Thresholds = CardBody['fitThresholds'];
/** What a scorecard is made of, each apart from the others: a criterion, the thresholds of an axis, the rule of who is qualified. */
export type Part = Criterion | Thresholds | QualifiedRule;

/** The names of the parts that are no criterion. No criterion's id has a colon. */
export const thresholdParts = { fit: 'thresholds:fit', engagement: 'thresholds:engagement' } as const;
export const qualifiedPart = 'rule:qualified';
const labels: Readonly<Record<string, string>> = {
  [thresholdParts.fit]: 'Thresholds of fit',
  [thresholdParts.engagement]: 'Thresholds of engagement',
  [qualifiedPart]: 'Who is qualified',
};

/** The parts by name, criteria in the card's order, the others last. */
export function listParts({ criteria, fitThresholds, engagementThresholds, qualified }: CardBody): Map<string, Part> {
  return new Map<string, Part>([
    ...criteria.map((each) => [each.id, each] as const),
    [thresholdParts.fit, fitThresholds],
    [thresholdParts.engagement, engagementThresholds],
    ...(qualified ? [[qualifiedPart, qualified] as const] : []),
  ]);
}

/** What a part is called on a screen. */
export function labelOf(name: string, part: Part | null | undefined): string {
  return labels[name] ?? (part && 'label' in part ? part.label : name);
}

/** As JSON with its keys in order: what is alike reads alike. */
function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${write(each)}`).join()}}`;
}

/** Whether two values say the same; two that are not there do. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return write(a ?? null) === write(b ?? null);
}

/** Whether two parts say the same; two that are not there do. */
export const isSamePart: (a: Part | null | undefined, b: Part | null | undefined) => boolean = isSameValue;

/** All names of both, in the order of the side that moved some; what the other one added stands behind the one that it follows there. */
export function mergeOrder(was: readonly string[], mine: readonly string[], others: readonly string[]): string[] {
  const hasMoved = others.filter((id) => was.includes(id)).join() !== was.filter((id) => others.includes(id)).join();
  const [order, added] = hasMoved ? [[...others], mine] : [[...mine], others];
  for (const [at, id] of added.entries())
    if (!order.includes(id)) order.splice(order.indexOf(added[at - 1] ?? '') + 1, 0, id);
  return order;
}
