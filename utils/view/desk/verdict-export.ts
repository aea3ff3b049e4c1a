import { verdictExportSchema } from '#contract/desk.ts';
import type { Desk } from './desk.ts';

/**
 * Fetches the chosen verdicts as CSV page by page and hands them over as one file; `onRows` hears how many there are so far. Each page becomes the browser's before the next
 * is asked for, so that a million rows need no room in one string. Answers null once it is saved, else why not: then nothing is.
 */
export async function saveVerdicts(desk: Desk, query: string, onRows: (rows: number) => void): Promise<string | null> {
  const pages: Blob[] = [];
  let rows = 0;
  let after: string | null = null;
  do {
    const path: string = `/v1/desk/verdicts/export?${query}${after === null ? '' : `&after=${after}`}`;
    const reply = await desk.ask({ method: 'GET', path }, verdictExportSchema);
    if (!reply.ok) return reply.failure.message;
    pages.push(new Blob([reply.value.csv]));
    rows += reply.value.rows;
    onRows(rows);
    after = reply.value.next;
  } while (after !== null);
  desk.tools.save('verdicts.csv', ...pages);
  return null;
}
