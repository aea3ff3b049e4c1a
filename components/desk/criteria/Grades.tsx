import { useEffect } from 'preact/hooks';
import type { Band } from '#contract/band.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import { GradeTable } from '../parts/GradeTable.tsx';

/** So long until it is asked again how far scoring everybody has come, in milliseconds: the answer counts everybody. */
const askAgainMs = 10_000;

/** How many contacts each grade has by the card in force; and, while they are being scored by it, how many are. */
export function Grades({ model, version }: { model: Criteria; version: number }) {
  const band = model.band.value.value;
  useEffect(() => {
    model.openBand();
    return () => model.band.rest();
  }, [version]);
  useEffect(() => {
    if (!band || (band.rescored === null && band.scorecardVersion === version)) return;
    const timer = setTimeout(() => void model.band.reload(), askAgainMs);
    return () => clearTimeout(timer);
  }, [band, version]);
  if (!band) return null;
  const all = band.grades.reduce((sum, { contacts }) => sum + contacts, 0);
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_grades')}</h2>
        <span class="faint">{word('desk_grades_of', writeCount(all), band.scorecardVersion)}</span>
      </div>
      {band.rescored !== null && <Rescoring band={band} scored={band.rescored} all={all} />}
      <GradeTable caption={word('desk_grades_text')}>
        {(grade) => <Cell contacts={band.grades.find((each) => each.grade === grade)?.contacts ?? 0} all={all} />}
      </GradeTable>
    </section>
  );
}

function Rescoring({ band, scored, all }: { band: Band; scored: number; all: number }) {
  const said = word('desk_grades_rescored', writeCount(scored), writeCount(all), band.scorecardVersion);
  return (
    <>
      <p class="small-text soft" role="status">
        {said}
      </p>
      <progress class="progress" max={Math.max(all, 1)} value={Math.min(scored, all)} aria-label={said} />
    </>
  );
}

/** The more of all contacts, the fuller its ground. */
function Cell({ contacts, all }: { contacts: number; all: number }) {
  const share = contacts / Math.max(all, 1);
  const ground = `color-mix(in srgb, var(--accent) ${Math.round(Math.sqrt(share) * 60)}%, var(--surface))`;
  return (
    <td class={contacts === 0 ? 'faint' : ''} style={{ background: ground }}>
      {writeCount(contacts)}
    </td>
  );
}
