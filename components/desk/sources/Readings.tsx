import type { ImportPreview } from '#contract/import.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import { Glyph } from '../parts/Glyph.tsx';

/** What the first rows would mean as things stand, and which would not go in. */
export function Readings({ preview }: { preview: ImportPreview }) {
  const { readings } = preview;
  if (readings.length === 0) return null;
  const fit = readings.filter(({ fault }) => fault === null).length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section class="readings" tabIndex={0} aria-label={word('desk_readings')}>
      <div class="heading">
        <h3>{word('desk_readings')}</h3>
        <span class="small-text soft" role="status">
          {word('desk_readings_fit', fit, readings.length)}
        </span>
      </div>
      <ol>
        {readings.map(({ line, text, fault }) => (
          <li key={line} class="reading">
            <span class={fault ? 'weak' : 'strong'}>
              <Glyph name={fault ? 'warning' : 'check'} isSmall />
            </span>
            <span class="faint whole">{word('desk_reading_line', writeCount(line))}</span>
            <span class={fault ? 'wrap soft' : 'wrap'}>
              {fault ? (
                <>
                  <span class="unseen">{word('desk_reading_out')} </span>
                  {fault.column && <b>{fault.column}: </b>}
                  {fault.reason}
                </>
              ) : (
                text
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
