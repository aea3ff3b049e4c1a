import type { DayQuantile, Funnel } from '#contract/funnel.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';
import { type FunnelModel, figuresOf, type StageFigures, writeDays } from '../../../utils/view/desk/funnel.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Few } from '../parts/Few.tsx';

/** The picture's figures as a table; the counts of who is in a stage now open the accounts behind them. */
export function StageTable({ desk, model, funnel }: { desk: Desk; model: FunnelModel; funnel: Funnel }) {
  const rows = figuresOf(funnel, model.segment.value);
  const shown = model.stage.value ?? rows[0]?.stage.name;
  // What nobody agreed on has no column.
  const hasTargets = rows.some(({ stage }) => stage.targetDays !== null);
  const hasSides = rows.some(({ stage }) => stage.side !== null);
  const columns = ['there', ...(hasTargets ? ['late'] : []), 'entered', 'went_on'];
  const dayColumns = ['median', 'p75', ...(hasTargets ? ['target'] : [])];
  return (
    <section>
      <table>
        <caption class="unseen">{word('desk_funnel_caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{word('desk_funnel_stage')}</th>
            {hasSides && <th scope="col">{word('desk_funnel_side')}</th>}
            {columns.map((each) => (
              <th key={each} scope="col" class="figure">
                {word(`desk_funnel_${each}`)}
              </th>
            ))}
            <th scope="col" class="figure">
              {word('desk_interval')}
            </th>
            {dayColumns.map((each) => (
              <th key={each} scope="col" class="figure">
                {word(`desk_funnel_${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.stage.name}
              {...row}
              desk={desk}
              hasTargets={hasTargets}
              hasSides={hasSides}
              isShown={row.stage.name === shown}
              opened={model.listedStage.value === row.stage.name ? model.only.value : null}
            />
          ))}
        </tbody>
      </table>
      <p class="small-text faint apart">{word('desk_funnel_days_text')}</p>
    </section>
  );
}

interface RowProps extends StageFigures {
  desk: Desk;
  hasTargets: boolean;
  hasSides: boolean;
  isShown: boolean;
  /** Which of its counts is open. */
  opened: 'late' | 'all' | null;
}

function Row({ stage, figures, isLast, desk, hasTargets, hasSides, isShown, opened }: RowProps) {
  const { there, late, entered, firstSeen, wentOn } = figures;
  const open = (only: 'all' | '') => desk.address.change({ in: stage.name, only, account: '' });
  const name = cleanText(stage.name);
  return (
    <tr class={opened ? 'selected' : undefined}>
      <th scope="row" title={stage.definition === null ? undefined : cleanText(stage.definition)}>
        {isLast ? (
          name
        ) : (
          <button
            type="button"
            class="count"
            aria-pressed={isShown}
            title={word('desk_funnel_select', name)}
            onClick={() => desk.address.change({ stage: stage.name })}
          >
            {name}
          </button>
        )}
      </th>
      {hasSides && <td class="soft">{stage.side && word(`desk_funnel_side_${stage.side}`)}</td>}
      <td class="figure">
        <button type="button" class="count" onClick={() => open('all')}>
          {writeCount(there)}
        </button>
      </td>
      {hasTargets && (
        <td class="figure">
          {late === null ? (
            '–'
          ) : (
            <button type="button" class={late > 0 ? 'count weak' : 'count'} onClick={() => open('')}>
              {writeCount(late)}
            </button>
          )}
        </td>
      )}
      <td class="figure">
        {writeCount(entered)}
        {firstSeen > 0 && (
          <span class="small-text faint"> {word('desk_funnel_first_seen', writeCount(firstSeen))}</span>
        )}
      </td>
      {isLast && <td class="figure faint">–</td>}
      {isLast && <td />}
      {!isLast && entered < enough && (
        <td class="figure" colSpan={2}>
          <Few count={entered} />
        </td>
      )}
      {!isLast && entered >= enough && (
        <>
          <td class="figure">
            <b>{writePercent(wentOn / entered)}</b>{' '}
            <span class="soft">{word('desk_of', writeCount(wentOn), writeCount(entered))}</span>
          </td>
          <td class="figure faint">{writeInterval(wentOn, entered)}</td>
        </>
      )}
      <Days quantile={entered < enough ? null : figures.median} />
      <Days quantile={entered < enough ? null : figures.p75} />
      {hasTargets && <td class="figure soft">{stage.targetDays ?? '–'}</td>}
    </tr>
  );
}

function Days({ quantile }: { quantile: DayQuantile | null }) {
  return <td class="figure">{quantile === null ? <span class="faint">–</span> : writeDays(quantile)}</td>;
}
