import type { CardBody } from '#contract/agreement.ts';
import type { ReceiptLine } from '#contract/receipt.ts';
import type { Criterion } from '#contract/score.ts';
import type { VerdictReason, VerdictValue } from '#contract/verdict.ts';

const mostLines = 3;

/** A criterion whose points change. `before` or `after` null: it is new, or goes. */
export interface PointChange {
  criterion: Criterion;
  before: number | null;
  after: number | null;
}

/** A verdict, and the changed criteria that its lead met. */
export interface JudgedLead {
  value: VerdictValue;
  reason: VerdictReason | null;
  met: ReadonlySet<string>;
}

/** The criteria whose points are others in the later card. */
export function listPointChanges(before: CardBody, after: CardBody): PointChange[] {
  const [old, now] = [before, after].map(({ criteria }) => new Map(criteria.map((each) => [each.id, each])));
  return [...new Map([...(old ?? []), ...(now ?? [])]).values()].flatMap((criterion) => {
    const was = old?.get(criterion.id)?.points ?? null;
    const is = now?.get(criterion.id)?.points ?? null;
    return was === is ? [] : [{ criterion, before: was, after: is }];
  });
}

/**
 * What one member's verdicts had part in: a verdict speaks for a change that goes its way (weak for fewer points, strong for more) on a lead that met the criterion. None where they
 * said nothing that bears on what changed.
 */
export function listReceiptLines(changes: readonly PointChange[], leads: readonly JudgedLead[]): ReceiptLine[] {
  return changes
    .flatMap(({ criterion, before, after }) => {
      const value = (after ?? 0) < (before ?? 0) ? 'weak' : 'strong';
      const speaking = leads.filter((each) => each.value === value && each.met.has(criterion.id));
      const [most] = [...Map.groupBy(speaking, ({ reason }) => reason)].sort(
        ([a, one], [b, other]) => other.length - one.length || Number(a === null) - Number(b === null),
      );
      if (!most) return [];
      const [reason, those] = most;
      const { id, label } = criterion;
      return [{ criterion: id, label, before, after, value, reason, count: those.length } satisfies ReceiptLine];
    })
    .sort((a, b) => b.count - a.count)
    .slice(0, mostLines);
}
