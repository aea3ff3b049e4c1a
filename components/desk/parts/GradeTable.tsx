import type { VNode } from 'preact';
import { Fragment } from 'preact';

const fits = ['A', 'B', 'C', 'D'];
const engagements = ['1', '2', '3', '4'];

interface GradeTableProps {
  /** What the cells tell, in a few words. */
  caption: string;
  /** The `td` of a grade. */
  children: (grade: string) => VNode;
}

/** Something told of each grade: fit down, engagement across. */
export function GradeTable({ caption, children }: GradeTableProps) {
  return (
    <table class="grades">
      <caption class="small-text soft">{caption}</caption>
      <thead>
        <tr>
          <td />
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
              <Fragment key={engagement}>{children(fit + engagement)}</Fragment>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
