import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PreviewFigures, PreviewLead } from '#contract/preview.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import { createCardPreview, type Shown } from '../../../utils/view/desk/criteria-preview.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writePercent, writeSum } from '../../../utils/view/desk/figures.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { QualifiedBars } from './QualifiedBars.tsx';

const lists = ['leads', 'leaving', 'entering'] as const;

/** Whom the draft as it stands here would move: how many change grade, who comes in and goes out of "qualified", and ten of them by name. */
export function Preview({ desk, model }: { desk: Desk; model: Criteria }) {
  const preview = useMemo(() => createCardPreview(desk.ask), []);
  const body = model.body.value;
  // A draft that was only read again is the same one.
  const written = JSON.stringify([model.agreement.value.value?.inForce.version, body]);
  useEffect(() => {
    if (body) preview.show(body);
  }, [written]);
  useEffect(() => preview.rest, []);
  const shown = preview.shown.value;
  const failure = preview.failure.value;
  if (!body) return null;
  return (
    <section aria-busy={preview.isStale.value}>
      <div class="heading">
        <h2>{word('desk_preview')}</h2>
        <span class="space" />
        <AsOf at={shown && Date.parse(shown.asOf)} />
      </div>
      {failure && (
        <p class="fault row" role="alert">
          {failure}
          <button type="button" class="go small-text" onClick={() => preview.show(body)}>
            {word('desk_try_now')}
          </button>
        </p>
      )}
      {shown ? <Figures shown={shown} /> : !failure && <p class="soft">{word('desk_preview_counting')}</p>}
    </section>
  );
}

function Figures({ shown }: { shown: Shown }) {
  const { figures, version, total, isWhole } = shown;
  const [list, setList] = useState<(typeof lists)[number]>('leads');
  const { changed, counted, moves, leave, stay, enter } = figures;
  return (
    <>
      <p class="small-text">
        <b>{word('desk_preview_changed', writeCount(changed), writeCount(counted))}</b>{' '}
        {!isWhole && (
          <span class="soft" role="status">
            {word('desk_preview_so_far', writePercent(counted / Math.max(total, 1)), writeCount(total))}
          </span>
        )}
      </p>
      <QualifiedBars leave={leave} stay={stay} enter={enter} version={version} />
      {moves.length > 0 && <Moves moves={moves} />}
      <fieldset class="segments small">
        <legend class="unseen">{word('desk_preview_leads')}</legend>
        {lists.map((each) => (
          <button key={each} type="button" aria-pressed={list === each} onClick={() => setList(each)}>
            {word(`desk_preview_${each}`)}
          </button>
        ))}
      </fieldset>
      {figures[list].length === 0 ? (
        <p class="soft small-text">{word('desk_preview_nobody')}</p>
      ) : (
        <Leads leads={figures[list]} />
      )}
    </>
  );
}

function Moves({ moves }: Pick<PreviewFigures, 'moves'>) {
  return (
    <details>
      <summary class="small-text">{word('desk_preview_moves', moves.length)}</summary>
      <ul class="moves">
        {moves.map(({ from, to, count }) => (
          <li key={from + to}>
            <span class="grade">{from}</span> → <span class="grade">{to}</span> {writeCount(count)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Leads({ leads }: { leads: readonly PreviewLead[] }) {
  return (
    <table class="leads">
      <caption class="unseen">{word('desk_preview_leads')}</caption>
      <tbody>
        {leads.map(({ id, name, title, account, before, after }) => (
          <tr key={id}>
            <th scope="row" class="cut lead-name">
              <b>{name ?? word('desk_preview_unnamed')}</b>
              <br />
              <span class="small-text soft">{[title, account].filter(Boolean).join(', ')}</span>
            </th>
            <td class="figure">
              <span class="grade">{before.grade}</span> → <span class="grade">{after.grade}</span>
            </td>
            <td class="figure soft">
              {writeSum(before.points)} → {writeSum(after.points)}
              {before.isQualified !== after.isQualified && (
                <span class={`small-text moved ${after.isQualified ? 'enters' : ''}`}>
                  {word(after.isQualified ? 'desk_preview_enters' : 'desk_preview_leaves')}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
