import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import { writeCount, writeDecimal, writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';
import { Chart } from '../parts/Chart.tsx';
import { Few } from '../parts/Few.tsx';
import type { NamedCard } from './tried-card.ts';

const plot = { left: 74, right: 236, width: 312, row: 26 };

/** How many leads a week each card would have called qualified, and how many of them were strong (the part in green; of too few no share is told). */
export function QualifiedChart({ cards }: { cards: readonly NamedCard[] }) {
  const most = Math.max(1e-9, ...cards.map(({ qualifiedPerWeek }) => qualifiedPerWeek));
  const height = cards.length * plot.row;
  return (
    <Chart width={plot.width} height={height} name={cards.map(describe).join('; ')}>
      {cards.map((card, index) => (
        <Bar key={card.card} card={card} y={index * plot.row} scale={(plot.right - plot.left) / most} />
      ))}
    </Chart>
  );
}

function Bar({ card, y, scale }: { card: NamedCard; y: number; scale: number }) {
  const { name, qualified, qualifiedPerWeek } = card;
  const whole = qualifiedPerWeek * scale;
  const share = qualified.count < enough ? null : qualified.strong / qualified.count;
  return (
    <g>
      <text x="0" y={y + 14} class="middle">
        {name}
      </text>
      <rect class="bar" x={plot.left} y={y + 2} width={whole} height="16" rx="2" />
      {share !== null && <rect class="bar good" x={plot.left} y={y + 2} width={whole * share} height="16" rx="2" />}
      <text x={plot.left + whole + 8} y={y + 14} class="main">
        {word('desk_qualified_bar', writeDecimal(qualifiedPerWeek, 1))}
      </text>
    </g>
  );
}

function describe({ name, qualified, qualifiedPerWeek }: NamedCard): string {
  const { strong, count } = qualified;
  return word('desk_qualified_name', name, writeDecimal(qualifiedPerWeek, 1), writeCount(strong), writeCount(count));
}

/** The same figures as a table, with the share of strong ones and its interval. */
export function QualifiedTable({ cards }: { cards: readonly NamedCard[] }) {
  return (
    <table class="small-text">
      <caption class="unseen">{word('desk_qualified')}</caption>
      <thead>
        <tr>
          <th scope="col">{word('desk_card')}</th>
          <th scope="col" class="figure">
            {word('desk_qualified')}
          </th>
          <th scope="col" class="figure">
            {word('desk_qualified_strong')}
          </th>
        </tr>
      </thead>
      <tbody>
        {cards.map(({ card, name, qualified: { strong, count }, qualifiedPerWeek }) => (
          <tr key={card}>
            <th scope="row">{name}</th>
            <td class="figure">{writeDecimal(qualifiedPerWeek, 1)}</td>
            <td class="figure">
              {count < enough ? (
                <Few count={count} />
              ) : (
                <>
                  {writePercent(strong / count)} <span class="faint">{writeInterval(strong, count)}</span>
                  <br />
                  <span class="faint">{word('desk_of', writeCount(strong), writeCount(count))}</span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
