import type { LeadQuality } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import { writePercent } from '../../../utils/view/desk/figures.ts';
import { GradeTable } from '../parts/GradeTable.tsx';

/** Weak rate by grade. Cells of fewer than 20 are hatched and tell no rate. */
export function GradeGrid({ grades }: { grades: LeadQuality['grades'] }) {
  return (
    <GradeTable caption={word('desk_quality_grades_text')}>
      {(grade) => <Cell cell={grades.find((each) => each.grade === grade)} />}
    </GradeTable>
  );
}

function Cell({ cell }: { cell: LeadQuality['grades'][number] | undefined }) {
  const count = cell ? cell.weak + cell.strong : 0;
  if (!cell || count < enough) {
    return (
      <td class="few-here">
        <span>{word('desk_of', count, enough)}</span>
      </td>
    );
  }
  const rate = cell.weak / count;
  const ground = `color-mix(in srgb, var(--weak) ${Math.round(rate * 55)}%, var(--surface))`;
  return (
    <td style={{ background: ground }}>
      {writePercent(rate)} <span style={{ fontSize: '10px' }}>{count}</span>
    </td>
  );
}
