import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Agreement } from '#contract/agreement.ts';
import type { Hindsight } from '#contract/hindsight.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import { writeCount, writeDay } from '../../../utils/view/desk/figures.ts';
import { nameCard } from '../../../utils/view/desk/hindsight.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { CurveChart, CurveTable } from './CurveChart.tsx';
import { MeasureChart, MeasureTable } from './MeasureChart.tsx';
import { QualifiedChart, QualifiedTable } from './QualifiedChart.tsx';
import type { NamedCard } from './tried-card.ts';

/** How what is in force, the suggestion and the draft would have done on the later part of the past, side by side. */
export function BackTest({
  agreement,
  hindsight,
  isCurrent,
}: {
  agreement: Agreement;
  hindsight: Hindsight;
  isCurrent: boolean;
}) {
  const { testedOn } = hindsight;
  const cards = hindsight.cards.map((each): NamedCard => ({ ...each, name: nameCard(each.card, agreement) }));
  const isEnough = testedOn.outcomes >= enough;
  return (
    <section aria-labelledby="back-test">
      <div class="heading">
        <h2 id="back-test">{word('desk_back_test')}</h2>
        {testedOn.from && testedOn.to && (
          <span class="small-text faint">
            {word(
              'desk_back_test_ground',
              writeDay(testedOn.from),
              writeDay(testedOn.to),
              writeCount(testedOn.outcomes),
              writeCount(testedOn.verdicts),
            )}
          </span>
        )}
        <AsOf at={Date.parse(hindsight.asOf)} />
      </div>
      {!isCurrent && (
        <p class="small-text soft" role="status">
          {word('desk_hindsight_anew')}
        </p>
      )}
      {!isEnough && <p class="small-text soft">{word('desk_back_test_few', testedOn.outcomes, enough)}</p>}
      {isEnough && (
        <>
          <Figure name={word('desk_measures')} table={<MeasureTable cards={cards} />}>
            <MeasureChart cards={cards} />
          </Figure>
          <Figure name={word('desk_curve')} table={<CurveTable cards={cards} />}>
            <CurveChart cards={cards} />
          </Figure>
          <Figure name={word('desk_qualified')} table={<QualifiedTable cards={cards} />}>
            <QualifiedChart cards={cards} />
          </Figure>
        </>
      )}
    </section>
  );
}

/** A chart, or the same figures as a table. */
function Figure({ name, table, children }: { name: string; table: ComponentChildren; children: ComponentChildren }) {
  const [isTable, setTable] = useState(false);
  return (
    <div class="figure-block">
      <div class="row">
        <h3>{name}</h3>
        <span class="space" />
        <button
          type="button"
          class="go small-text"
          aria-pressed={isTable}
          aria-label={word('desk_table_of', name)}
          onClick={() => setTable(!isTable)}
        >
          <Glyph name="table" isSmall /> {word('desk_table')}
        </button>
      </div>
      {isTable ? table : children}
    </div>
  );
}
