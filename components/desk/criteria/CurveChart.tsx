import { word } from '../../../utils/platform/words.ts';
import { writeCount, writePercent } from '../../../utils/view/desk/figures.ts';
import { Chart } from '../parts/Chart.tsx';
import { looks, type NamedCard } from './tried-card.ts';

type Point = NamedCard['curve'][number];

const size = 180;
const margin = { left: 34, right: 90, bottom: 30 };
const xOf = (share: number) => margin.left + share * size;
const yOf = (share: number) => size * (1 - share) + 4;
const rateOf = (point: Point) => point.observed.value ?? 0;

/** What each card predicted against what came: on the dotted line a card is right about its chances. */
export function CurveChart({ cards }: { cards: readonly NamedCard[] }) {
  const width = margin.left + size + margin.right;
  return (
    <Chart width={width} height={size + margin.bottom + 4} name={cards.map(describe).join('; ')}>
      <path class="axis" fill="none" d={`M${xOf(0)} ${yOf(1)}H${xOf(1)}V${yOf(0)}H${xOf(0)}Z`} />
      <path class="reference" d={`M${xOf(0)} ${yOf(0)}L${xOf(1)} ${yOf(1)}`} />
      {cards.map((card, index) => (
        <Curve key={card.card} card={card} labelY={yOf(1) + 12 + index * 15} />
      ))}
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <text x={xOf(share)} y={yOf(0) + 13} text-anchor="middle">
            {writePercent(share)}
          </text>
          <text x={xOf(0) - 4} y={yOf(share) + 4} text-anchor="end">
            {share * 100}
          </text>
        </g>
      ))}
      <text x={xOf(0.5)} y={yOf(0) + 26} text-anchor="middle" class="middle">
        {word('desk_curve_predicted')}
      </text>
      <text transform={`translate(8 ${yOf(0.5)}) rotate(-90)`} text-anchor="middle" class="middle">
        {word('desk_curve_observed')}
      </text>
    </Chart>
  );
}

/** The line of a card with a dot for each group, and its name at the side, behind the same mark. */
function Curve({ card, labelY }: { card: NamedCard; labelY: number }) {
  const { tone, dot } = looks[card.card];
  const dash = card.card === 'suggestion' ? '4 3' : undefined;
  const points = card.curve.map((each) => `${xOf(each.predicted)},${yOf(rateOf(each))}`);
  return (
    <g class={`tone-${tone}`}>
      <polyline class="whisker" stroke-dasharray={dash} points={points.join(' ')} />
      {card.curve.map((each) => (
        <circle key={each.predicted} class={dot} cx={xOf(each.predicted)} cy={yOf(rateOf(each))} r="3" />
      ))}
      <path class="whisker" stroke-dasharray={dash} d={`M${xOf(1) + 6} ${labelY - 4}h14`} />
      <circle class={dot} cx={xOf(1) + 13} cy={labelY - 4} r="3" />
      <text x={xOf(1) + 25} y={labelY} class="middle">
        {card.name}
      </text>
    </g>
  );
}

function describe({ name, curve }: NamedCard): string {
  const pairs = curve.map((each) => `${writePercent(each.predicted)} → ${writePercent(rateOf(each))}`);
  return word('desk_curve_name', name, pairs.join(', ') || '–');
}

/** The same figures as a table, with the interval of what came and of how many. */
export function CurveTable({ cards }: { cards: readonly NamedCard[] }) {
  return (
    <table class="small-text">
      <caption class="unseen">{word('desk_curve')}</caption>
      <thead>
        <tr>
          <th scope="col">{word('desk_card')}</th>
          <th scope="col" class="figure">
            {word('desk_curve_predicted')}
          </th>
          <th scope="col" class="figure">
            {word('desk_curve_observed')}
          </th>
          <th scope="col" class="figure">
            {word('desk_curve_of')}
          </th>
        </tr>
      </thead>
      <tbody>
        {cards.flatMap(({ card, name, curve }) =>
          curve.map((each) => (
            <tr key={`${card} ${each.predicted}`}>
              <th scope="row">{name}</th>
              <td class="figure">{writePercent(each.predicted)}</td>
              <td class="figure">
                {writePercent(rateOf(each))}{' '}
                <span class="faint">
                  {Math.round((each.observed.low ?? 0) * 100)}–{Math.round((each.observed.high ?? 1) * 100)}
                </span>
              </td>
              <td class="figure">{writeCount(each.count)}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}
