import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import {
  type OwnInsight,
  type OwnPoint,
  type OwnResults,
  type OwnVerdictRow,
  ownResultDays,
} from '#contract/own-results.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writeDay, writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';
import type { OwnResultsModel } from '../../../utils/view/desk/own-results.ts';
import { receiptWord } from '../../panel/receipt-words.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { VerdictTag } from '../parts/VerdictTag.tsx';
import { OwnHandOvers } from './OwnHandOvers.tsx';

/** What became of what the reader said: at the accounts they hold, and of their own words alone. Nothing can be changed here. */
export function ResultsPage({ desk, model }: { desk: Desk; model: OwnResultsModel }) {
  useEffect(model.open, [desk.address.place.value.page]);
  const results = model.results.value.value;
  const failure = model.results.failure.value;
  return (
    <>
      <TitleRow title={word('desk_nav_results')}>
        <span class="faint">{countWord('desk_own_days', ownResultDays)}</span>
        <span class="space" />
        <AsOf at={model.results.asOf.value} />
      </TitleRow>
      {results ? (
        <Sections results={results} />
      ) : (
        <div class="body">
          {failure && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && <Skeleton rows={8} waitsFor={word('desk_nav_results')} />}
        </div>
      )}
    </>
  );
}

interface SectionProps {
  title: string;
  detail: string | null;
  /** What is said where there is nothing. */
  none: string | null;
  children: ComponentChildren;
}

function Section({ title, detail, none, children }: SectionProps) {
  return (
    <section>
      <div class="heading">
        <h2>{title}</h2>
        {detail !== null && none === null && <span class="faint">{detail}</span>}
      </div>
      {none === null ? children : <p class="soft">{none}</p>}
    </section>
  );
}

interface ColumnProps {
  name: string;
  isWide?: boolean;
  children: ComponentChildren;
}

/** A column that scrolls by itself. */
function Column({ name, isWide = false, children }: ColumnProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and there is nothing to press in it: whoever has no wheel scrolls it by keys
    // biome-ignore lint/a11y/useSemanticElements: a section is set apart from the one before it
    <div class={isWide ? 'column wide' : 'column'} role="region" tabIndex={0} aria-label={name}>
      {children}
    </div>
  );
}

function Sections({ results }: { results: OwnResults }) {
  const { talkingPoints, insights, verdicts, receipts, handOvers } = results;
  const waiting = handOvers?.filter(({ state }) => state === 'offered').length ?? 0;
  const given = verdicts.weak + verdicts.strong;
  return (
    <div class="columns two">
      <Column name={word('desk_nav_results')} isWide>
        {handOvers && (
          <Section
            title={word('desk_own_handed')}
            detail={countWord('desk_own_handed_wait', waiting)}
            none={handOvers.length === 0 ? word('desk_own_handed_none') : null}
          >
            <OwnHandOvers rows={handOvers} now={Date.now()} />
          </Section>
        )}
        <Section
          title={word('desk_own_points')}
          detail={word('desk_own_points_detail')}
          none={talkingPoints.length === 0 ? word('desk_own_points_none') : null}
        >
          <PointTable points={talkingPoints} />
        </Section>
        <Section
          title={word('desk_own_verdicts')}
          detail={word('desk_own_verdicts_detail', writeCount(verdicts.used), writeCount(given))}
          none={given === 0 ? word('desk_own_verdicts_none') : null}
        >
          <Changes receipts={receipts} />
          <VerdictTable rows={verdicts.rows} />
        </Section>
      </Column>
      <Column name={word('desk_own_insights')}>
        <Section
          title={word('desk_own_insights')}
          detail={word('desk_own_insights_detail', writeCount(insights.answered), writeCount(insights.count))}
          none={insights.count === 0 ? word('desk_own_insights_none') : null}
        >
          <ul class="stream">
            {insights.rows.map((row) => (
              <Insight key={row.id} row={row} />
            ))}
          </ul>
        </Section>
      </Column>
    </div>
  );
}

function PointTable({ points }: { points: readonly OwnPoint[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{word('desk_own_point')}</th>
          <th scope="col" class="figure">
            {word('desk_own_accounts')}
          </th>
          <th scope="col" class="figure">
            {word('desk_own_used')}
          </th>
          <th scope="col" class="figure">
            {word('desk_own_said')}
          </th>
          <th scope="col" class="figure">
            {word('desk_own_all')}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.id}>
            <th scope="row" class="wrap">
              {cleanText(point.title)} {!point.isLive && <span class="faint">{word('desk_own_over')}</span>}
            </th>
            <td class="figure">{writeCount(point.accounts)}</td>
            <td class="figure">{writeCount(point.ownUsed)}</td>
            <td class="figure whole">{word('desk_own_landed_flat', point.ownLanded, point.ownFellFlat)}</td>
            <td class="figure whole">
              <Landed point={point} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How it landed at the reader's accounts, whoever said so; no rate of too few. */
function Landed({ point: { landed, fellFlat } }: { point: OwnPoint }) {
  const told = landed + fellFlat;
  if (told === 0) return <span class="faint">{word('desk_own_no_word')}</span>;
  if (told < enough) return <span class="faint">{word('desk_points_landed', landed, told)}</span>;
  return (
    <>
      <b>{writePercent(landed / told)}</b>{' '}
      <span class="faint">
        {writeInterval(landed, told)} · {word('desk_points_landed', writeCount(landed), writeCount(told))}
      </span>
    </>
  );
}

function Insight({ row }: { row: OwnInsight }) {
  const { answer } = row;
  const key = answer && `panel_answer_${answer.kind}`;
  const said = key && answer ? word(key, cleanText(answer.by), cleanText(answer.text)) : null;
  return (
    <li class="insight">
      <div class="row small-text line">
        <b>{row.account === null ? word('desk_no_account') : cleanText(row.account)}</b>
        <span class="space" />
        <span class="faint whole">{writeDay(row.at)}</span>
      </div>
      <p class="said wrap">
        <InertText text={row.quote ?? row.text} />
      </p>
      {answer && (
        <p class="answered small-text wrap">
          {said === key ? word('panel_answer_other', cleanText(answer.by), cleanText(answer.text)) : said}
        </p>
      )}
      {!answer && <p class="small-text faint">{word('desk_own_no_answer')}</p>}
    </li>
  );
}

/** Each change of the criteria in which the reader's verdicts had part. */
function Changes({ receipts }: Pick<OwnResults, 'receipts'>) {
  if (receipts.length === 0) return null;
  return (
    <ul style={{ display: 'grid', gap: '8px', marginBottom: '12px' }}>
      {receipts.map(({ version, at, why, lines }) => (
        <li key={version} class="quote">
          <p>
            <Glyph name="check" isSmall /> <b>{word('desk_own_version', version)}</b>{' '}
            <span class="faint">{writeDay(at)}</span>
          </p>
          <p class="small-text wrap">{lines.map(receiptWord).join(' ')}</p>
          {why !== null && (
            <p class="small-text soft wrap">
              <InertText text={why} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function VerdictTable({ rows }: { rows: readonly OwnVerdictRow[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{word('desk_verdict')}</th>
          <th scope="col">{word('desk_lead')}</th>
          <th scope="col">{word('desk_own_became')}</th>
          <th scope="col" class="figure">
            {word('desk_given')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <VerdictTag value={row.value} reason={row.reason} />
            </td>
            <td class="named">
              <b>{row.contact === null ? word('desk_nameless') : cleanText(row.contact)}</b>{' '}
              <span class="soft">{cleanText(row.account ?? '')}</span>
            </td>
            <td class="soft">{becameWord(row)}</td>
            <td class="figure faint">{writeDay(row.at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function becameWord({ usedIn, isSettled }: OwnVerdictRow): string {
  const versions = usedIn.map((version) => word('desk_own_used_in', version));
  return [...versions, ...(isSettled ? [word('desk_own_settled')] : [])].join(', ');
}
