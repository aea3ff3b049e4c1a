import type { AudienceCondition, Reach } from '#contract/desk.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';

/** How many are left after a condition, as a bar. All accounts may be so many more than the rest that the bar is cut, and shows the cut. */
export function StepBar({
  reach,
  condition,
  previous,
}: {
  reach: Reach | null;
  condition: AudienceCondition;
  previous: AudienceCondition | undefined;
}) {
  const countOf = (name: AudienceCondition) => reach?.steps.find((step) => step.condition === name)?.accounts;
  if (!reach) return <span class="skeleton" style={{ width: '140px', marginLeft: 'auto' }} />;
  const left = countOf(condition);
  // A condition that was only just added is not counted yet; one that the store does not know never is.
  if (left === undefined) return <span class="faint">–</span>;
  const all = countOf('all') ?? 0;
  const second = Math.max(1, ...reach.steps.slice(1).map((step) => step.accounts));
  const isCut = condition === 'all' && all > second * 1.25;
  const full = all > second * 1.25 ? second : Math.max(1, all);
  const isWithout = condition === 'contactable' || condition.startsWith('without_');
  const lost = previous ? (countOf(previous) ?? left) - left : 0;
  const width = Math.max(left > 0 ? 2 : 0, Math.min(1, left / full) * 96);
  return (
    <span class="row" style={{ justifyContent: 'flex-end' }}>
      <svg class="chart" width="96" height="10" aria-hidden="true">
        <rect y="1" width={width} height="8" rx="1.5" class={isWithout ? 'bar' : 'bar step'} />
        {isCut && <path d="M78 11l4 -12M83 11l4 -12" stroke="var(--surface)" stroke-width="2" />}
      </svg>
      {isWithout && lost > 0 && <span class="faint small-text">−{writeCount(lost)}</span>}
      <span style={{ minWidth: '44px' }}>{writeCount(left)}</span>
    </span>
  );
}
