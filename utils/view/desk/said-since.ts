import type { InsightRow, VerdictRow } from '#contract/desk.ts';

/** Something a rep said: a verdict, or an insight. `isNew`: since the last visit. */
export type SaidLine = { at: string; isNew: boolean } & (
  | { kind: 'verdict'; row: VerdictRow }
  | { kind: 'insight'; row: InsightRow }
);

/** What came since the last visit. */
export interface SaidSince {
  weak: number;
  strong: number;
  insights: number;
  /** Newest first, with what was there before. */
  lines: SaidLine[];
}

/** What reps said, newest first, and how much of it is new. `lastVisit` null: this is the first, and nothing is called new. */
export function listSaid(
  verdicts: readonly VerdictRow[],
  insights: readonly InsightRow[],
  lastVisit: string | null,
): SaidSince {
  const isNew = (at: string) => lastVisit !== null && Date.parse(at) > Date.parse(lastVisit);
  const countNew = (value: VerdictRow['value']) =>
    verdicts.filter((row) => row.value === value && isNew(row.at)).length;
  const lines: SaidLine[] = [
    ...verdicts.map((row) => ({ kind: 'verdict', row, at: row.at, isNew: isNew(row.at) }) as const),
    ...insights.map((row) => ({ kind: 'insight', row, at: row.at, isNew: isNew(row.at) }) as const),
  ];
  return {
    weak: countNew('weak'),
    strong: countNew('strong'),
    insights: insights.filter((row) => isNew(row.at)).length,
    lines: lines.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)),
  };
}
