import type { AskRow } from '#contract/ask.ts';
import type { InsightRow, VerdictRow } from '#contract/desk.ts';

/** Something a rep said: a verdict, an insight, an ask. `isNew`: since the last visit; `hash` leads to where it is looked into or answered. */
export type SaidLine = { id: string; at: string; isNew: boolean; hash: string } & (
  | { kind: 'verdict'; row: VerdictRow }
  | { kind: 'insight'; row: InsightRow }
  | { kind: 'ask'; row: AskRow }
);

/** What came since the last visit. */
export interface SaidSince {
  weak: number;
  strong: number;
  insights: number;
  asks: number;
  /** Newest first, with what was there before. */
  lines: SaidLine[];
}

/** What reps said, newest first, and how much of it is new. `lastVisit` null: this is the first, and nothing is called new. */
export function listSaid(
  verdicts: readonly VerdictRow[],
  insights: readonly InsightRow[],
  asks: readonly AskRow[],
  lastVisit: string | null,
): SaidSince {
  const isNew = (at: string) => lastVisit !== null && Date.parse(at) > Date.parse(lastVisit);
  const countNew = (value: VerdictRow['value']) =>
    verdicts.filter((row) => row.value === value && isNew(row.at)).length;
  const place = (kind: SaidLine['kind'], { id, at }: { id: string; at: string }, hash: string) => ({
    id: `said-${kind}-${id}`,
    at,
    isNew: isNew(at),
    hash,
  });
  const lines: SaidLine[] = [
    ...verdicts.map((row): SaidLine => {
      return { kind: 'verdict', row, ...place('verdict', row, `#/lead-quality?value=all&verdict=${row.id}`) };
    }),
    ...insights.map((row): SaidLine => {
      return { kind: 'insight', row, ...place('insight', row, `#/insights?insight=${row.id}`) };
    }),
    ...asks.map((row): SaidLine => {
      const state = row.state === 'open' ? '' : `&state=${row.state}`;
      return { kind: 'ask', row, ...place('ask', row, `#/asks?ask=${row.id}${state}`) };
    }),
  ];
  return {
    weak: countNew('weak'),
    strong: countNew('strong'),
    insights: insights.filter((row) => isNew(row.at)).length,
    asks: asks.filter((row) => isNew(row.at)).length,
    lines: lines.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)),
  };
}

const shown = 8;

/**
 * Those that stand on the first page: of the new ones where there are more than fit, else of all, the newest; but half of them say something in words, where there is as much
 * of it, as a verdict alone says little.
 */
export function pickShown(lines: readonly SaidLine[]): readonly SaidLine[] {
  const fresh = lines.filter((line) => line.isNew);
  const from = fresh.length > shown ? fresh : lines;
  const worded = from.filter(({ kind }) => kind !== 'verdict').slice(0, shown / 2);
  const picked = new Set([...new Set([...worded, ...from])].slice(0, shown));
  return from.filter((line) => picked.has(line));
}
