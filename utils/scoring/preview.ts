import type { PreviewFigures, PreviewLead } from '#contract/preview.ts';
import type { Scorecard } from '#contract/score.ts';
import type { ScoredTouch } from './engagement.ts';
import type { Subject } from './fit.ts';
import { qualify } from './qualify.ts';
import { scoreOnce } from './score.ts';

const mostNamed = 10;
const named = ['leads', 'leaving', 'entering'] as const;

/** Figures of nobody. */
export const noFigures: PreviewFigures = {
  counted: 0,
  changed: 0,
  moves: [],
  leave: 0,
  stay: 0,
  enter: 0,
  leads: [],
  leaving: [],
  entering: [],
};

/** How a person stands by two cards at one moment. */
export function compareLead(
  person: Omit<PreviewLead, 'before' | 'after'>,
  cards: { before: Scorecard; after: Scorecard },
  subject: Subject,
  touches: readonly ScoredTouch[],
  now: Date,
): PreviewLead {
  const stand = (card: Scorecard): PreviewLead['before'] => {
    const score = scoreOnce(card, subject, touches, now);
    return { grade: score.grade, points: score.points, isQualified: qualify(score, card).isQualified };
  };
  return { ...person, before: stand(cards.before), after: stand(cards.after) };
}

/** What some leads come to. */
export function countLeads(leads: readonly PreviewLead[]): PreviewFigures {
  const changed = leads.filter(({ before, after }) => before.grade !== after.grade);
  const leaving = leads.filter(({ before, after }) => before.isQualified && !after.isQualified);
  const entering = leads.filter(({ before, after }) => !before.isQualified && after.isQualified);
  const moves = [...Map.groupBy(changed, ({ before, after }) => `${before.grade} ${after.grade}`).values()];
  return {
    counted: leads.length,
    changed: changed.length,
    moves: moves.map((some) => ({
      from: some[0]?.before.grade ?? '',
      to: some[0]?.after.grade ?? '',
      count: some.length,
    })),
    leave: leaving.length,
    stay: leads.filter(({ before, after }) => before.isQualified && after.isQualified).length,
    enter: entering.length,
    leads: takeFirst(leads),
    leaving: takeFirst(leaving),
    entering: takeFirst(entering),
  };
}

/** Both together, of people who are in one of them alone. In whatever order they are added, the answer is the same. */
export function addFigures(one: PreviewFigures, other: PreviewFigures): PreviewFigures {
  const sum = { ...one };
  for (const key of ['counted', 'changed', 'leave', 'stay', 'enter'] as const) sum[key] += other[key];
  for (const key of named) sum[key] = takeFirst([...one[key], ...other[key]]);
  const counts = new Map<string, PreviewFigures['moves'][number]>();
  for (const move of [...one.moves, ...other.moves]) {
    const key = `${move.from} ${move.to}`;
    counts.set(key, { ...move, count: move.count + (counts.get(key)?.count ?? 0) });
  }
  sum.moves = [...counts.values()].sort(
    (a, b) => b.count - a.count || `${a.from} ${a.to}`.localeCompare(`${b.from} ${b.to}`),
  );
  return sum;
}

const changeOf = ({ before, after }: PreviewLead): number => Math.abs(after.points - before.points);

/** Those that change most; where nothing sets them apart, who has most points; then by id. */
function takeFirst(leads: readonly PreviewLead[]): PreviewLead[] {
  return [...leads]
    .sort((a, b) => changeOf(b) - changeOf(a) || b.after.points - a.after.points || (a.id < b.id ? -1 : 1))
    .slice(0, mostNamed);
}
