import type { LeadQuality } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import { writePercent } from '../../../utils/view/desk/figures.ts';

const fits = ['A', 'B', 'C', 'D'];
const engagements = ['1', '2', '3', '4'];

/** Weak rate by grade: fit down, engagement across. Cells of fewer than 20 are hatched and tell no rate. */
export function GradeGrid({ grades }: { grades: LeadQuality['grades'] }) {
  return (
    <table class="grades">
      <caption class="small-text soft" style={{ paddingBottom: '4px' }}>
        {word('desk_quality_grades_text')}
      </caption>
      <thead>
        <tr>
          <td style={{ width: '20px', height: 'auto' }} />
          {engagements.map((engagement) => (
            <th key={engagement} scope="col">
              {engagement}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fits.map((fit) => (
          <tr key={fit}>
            <th scope="row">{fit}</th>
            {engagements.map((engagement) => (
              <Cell key={engagement} cell={grades.find((each) => each.grade === fit + engagement)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
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
