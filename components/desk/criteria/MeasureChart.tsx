import type { MeasuredFigure } from '#contract/hindsight.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeFigure, writeReach } from '../../../utils/view/desk/hindsight.ts';
import { Chart } from '../parts/Chart.tsx';
import { looks, type NamedCard } from './tried-card.ts';

/** A measure of all cards on one axis from 0. `to`: where the axis ends at least; `chance`: what a card has that knows nothing. */
interface Measure {
  key: 'auc' | 'logLoss' | 'ece' | 'lift';
  digits: number;
  to: number;
  chance: number | null;
}

const measures: readonly Measure[] = [
  { key: 'auc', digits: 3, to: 1, chance: 0.5 },
  { key: 'logLoss', digits: 3, to: 1, chance: Math.LN2 },
  { key: 'lift', digits: 1, to: 2, chance: 1 },
  { key: 'ece', digits: 3, to: 0.2, chance: null },
];

const plot = { left: 74, right: 258, width: 312, row: 18 };

/** AUC, log-loss, lift and calibration error of each card as dots on their intervals. */
export function MeasureChart({ cards }: { cards: readonly NamedCard[] }) {
  return (
    <>
      {measures.map((measure) => (
        <MeasureRows key={measure.key} measure={measure} cards={cards} />
      ))}
    </>
  );
}

function MeasureRows({ measure, cards }: { measure: Measure; cards: readonly NamedCard[] }) {
  const { key, chance } = measure;
  const ends = cards.map((card) => card[key].high ?? card[key].value ?? 0);
  const to = Math.max(measure.to, ...ends);
  const xOf = (value: number) => plot.left + (Math.min(value, to) / to) * (plot.right - plot.left);
  const height = cards.length * plot.row + 14;
  return (
    <div class="measure">
      <p class="small-text">
        <b>{word(`desk_measure_${key}`)}</b> <span class="faint">{word(`desk_measure_${key}_text`)}</span>
      </p>
      <Chart width={plot.width} height={height} name={cards.map((card) => describe(card, measure)).join('; ')}>
        {chance !== null && <path class="reference" d={`M${xOf(chance)} 0V${height - 12}`} />}
        {cards.map((card, index) => (
          <Row key={card.card} card={card} figure={card[key]} measure={measure} y={index * plot.row + 9} xOf={xOf} />
        ))}
        <text x={plot.left} y={height - 1} text-anchor="middle">
          0
        </text>
        <text x={plot.right} y={height - 1} text-anchor="middle">
          {Number(to.toFixed(1))}
        </text>
      </Chart>
    </div>
  );
}

interface RowProps {
  card: NamedCard;
  figure: MeasuredFigure;
  measure: Measure;
  y: number;
  xOf: (value: number) => number;
}

function Row({ card, figure, measure, y, xOf }: RowProps) {
  const { tone, dot } = looks[card.card];
  const { value, low, high } = figure;
  return (
    <g class={`tone-${tone}`}>
      <text x="0" y={y + 4} class="middle">
        {card.name}
      </text>
      <path class="axis" d={`M${plot.left} ${y}H${plot.right}`} />
      {value !== null && (
        <>
          {low !== null && high !== null && <path class="whisker" d={`M${xOf(Math.max(0, low))} ${y}H${xOf(high)}`} />}
          <circle class={dot} cx={xOf(value)} cy={y} r="3.5" />
        </>
      )}
      <text x={plot.width} y={y + 4} text-anchor="end" class="main">
        {writeFigure(figure, measure.digits)}
      </text>
    </g>
  );
}

function describe(card: NamedCard, { key, digits }: Measure): string {
  const name = `${card.name}, ${word(`desk_measure_${key}`)}`;
  return word('desk_measure_name', name, writeFigure(card[key], digits), writeReach(card[key], digits));
}

/** The same figures as a table. */
export function MeasureTable({ cards }: { cards: readonly NamedCard[] }) {
  return (
    <table class="small-text">
      <caption class="unseen">{word('desk_measures')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">{word('desk_measures')}</span>
          </th>
          {cards.map(({ card, name }) => (
            <th key={card} scope="col" class="figure">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {measures.map(({ key, digits }) => (
          <tr key={key}>
            <th scope="row">{word(`desk_measure_${key}`)}</th>
            {cards.map((card) => (
              <td key={card.card} class="figure">
                {writeFigure(card[key], digits)}
                <br />
                <span class="faint">{writeReach(card[key], digits)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
