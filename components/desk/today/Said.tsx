import { useEffect, useRef } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import { writeCount, writeMoment } from '../../../utils/view/desk/figures.ts';
import type { SaidLine } from '../../../utils/view/desk/said-since.ts';
import type { Today } from '../../../utils/view/desk/today.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';
import { VerdictTag } from '../parts/VerdictTag.tsx';

const acts = { verdict: 'desk_today_in_context', insight: 'desk_today_read', ask: 'desk_today_to_ask' } as const;

/** What reps said, newest first: how much of it since the last visit, and each line's way to where it is answered or looked into. */
export function Said({ model }: { model: Today }) {
  const said = model.said.value;
  if (!said) return null;
  const { weak, strong, insights, asks, lines, shown } = said;
  return (
    <section style={{ margin: 0 }}>
      <div class="heading">
        <h2>{word('desk_today_said')}</h2>
        {model.lastVisit && <span class="faint">{word('desk_today_since', writeMoment(model.lastVisit))}</span>}
      </div>
      {model.lastVisit && (
        <p class="soft" style={{ marginBottom: '8px' }}>
          {weak + strong + insights + asks === 0
            ? word('desk_today_since_none')
            : word(
                'desk_today_since_counts',
                writeCount(strong),
                writeCount(weak),
                writeCount(insights),
                writeCount(asks),
              )}
        </p>
      )}
      {lines.length === 0 && <p class="soft">{word('desk_today_said_none')}</p>}
      <ul style={{ display: 'grid', gap: '12px' }}>
        {shown.map((line) => (
          <Line key={line.id} line={line} isSelected={line.id === model.selectedLine.value?.id} />
        ))}
      </ul>
      {lines.length > shown.length && (
        <p class="small-text" style={{ marginTop: '12px' }}>
          <a class="go" href={`#/lead-quality?days=${model.days.value}&value=all`}>
            {word('desk_today_all_verdicts')}
          </a>
          <span class="no-print"> · </span>
          <a class="go" href={`#/insights?days=${model.days.value}`}>
            {word('desk_today_all_insights')}
          </a>
          <span class="no-print"> · </span>
          <a class="go" href="#/asks?for=marketing&state=all">
            {word('desk_today_all_asks')}
          </a>
        </p>
      )}
    </section>
  );
}

function Line({ line, isSelected }: { line: SaidLine; isSelected: boolean }) {
  const { row } = line;
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) place.current?.scrollIntoView?.({ block: 'nearest' });
  }, [isSelected]);
  return (
    <li ref={place} class="quote" aria-current={isSelected ? 'true' : undefined}>
      <p class="wrap">
        {line.kind === 'verdict' && <Judged row={line.row} />}
        {line.kind === 'insight' && <Told row={line.row} />}
        {line.kind === 'ask' && <InertText text={line.row.text} />}
      </p>
      <p class="small-text faint" style={{ marginTop: '2px' }}>
        {line.isNew && <span class="tag info">{word('desk_today_new')}</span>}{' '}
        <InertText text={row.account ?? word('desk_no_account')} />
        {line.kind !== 'verdict' && ` · ${cleanText(line.row.by)}`} · {writeMoment(line.at)}
        <span class="no-print"> · </span>
        <a class="go" href={line.hash}>
          {word(acts[line.kind])}
          {isSelected && <kbd class="no-print">Enter</kbd>}
        </a>
      </p>
    </li>
  );
}

function Judged({ row }: { row: Extract<SaidLine, { kind: 'verdict' }>['row'] }) {
  return (
    <>
      <VerdictTag value={row.value} reason={row.reason} />{' '}
      <InertText text={row.contact ?? word('desk_preview_unnamed')} />
    </>
  );
}

function Told({ row }: { row: Extract<SaidLine, { kind: 'insight' }>['row'] }) {
  return row.quote ? (
    <>
      “<InertText text={row.quote} />”
    </>
  ) : (
    <InertText text={row.text} />
  );
}
