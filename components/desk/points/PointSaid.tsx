import type { TalkingPointResult } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeMoment } from '../../../utils/view/desk/figures.ts';
import type { TalkingPoints } from '../../../utils/view/desk/talking-points.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';

const first = 6;

/** What reps wrote of it, beside what came of it there. */
export function PointSaid({ model, point }: { model: TalkingPoints; point: TalkingPointResult }) {
  const rows = model.said.value.value;
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_said')}</h2>
        {point.words > 0 && <span class="faint">{point.words}</span>}
      </div>
      {point.words === 0 && <p class="soft">{word('desk_said_none')}</p>}
      {point.words > 0 && !rows && !model.said.failure.value && <Skeleton rows={2} waitsFor={word('desk_said')} />}
      <ul class="stack">
        {rows?.slice(0, first).map((row) => (
          <li key={row.id} class="quote">
            <p class="wrap">
              <InertText text={row.text} />
            </p>
            {row.quote && (
              <p class="wrap soft">
                “<InertText text={row.quote} />”
              </p>
            )}
            <p class="small-text faint">
              {row.outcome && (
                <span class={row.outcome === 'landed' ? 'strong' : 'weak'}>
                  <Glyph name={row.outcome === 'landed' ? 'check' : 'flat'} isSmall />{' '}
                  {word(`desk_said_${row.outcome}`)} ·{' '}
                </span>
              )}
              {cleanText(`${row.by} · ${row.account ?? word('desk_no_account')}`)} · {writeMoment(row.at)}
            </p>
          </li>
        ))}
      </ul>
      {rows && rows.length > first && (
        <details>
          <summary class="go small-text">{word('desk_said_more', rows.length - first)}</summary>
          <ul class="stack">
            {rows.slice(first).map((row) => (
              <li key={row.id} class="quote">
                <p class="wrap">
                  <InertText text={row.text} />
                </p>
                <p class="small-text faint">
                  {cleanText(`${row.by} · ${row.account ?? word('desk_no_account')}`)} · {writeMoment(row.at)}
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
