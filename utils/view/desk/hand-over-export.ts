import { z } from 'zod';
import { listedRows } from '#contract/desk.ts';
import { type HandOverRow, handOverRowSchema } from '#contract/desk-hand-over.ts';
import { utf8Mark, writeRows } from '../../platform/csv.ts';
import type { Desk } from './desk.ts';

const header = [
  'offered_at',
  'contact',
  'account',
  'grade',
  'cause',
  'campaign',
  'segment',
  'with',
  'state',
  'due_at',
  'agreed_hours',
  'answered_at',
  'way',
  'reason',
  'came_back',
];

const toCells = (row: HandOverRow): string[] => [
  row.offeredAt,
  row.contact ?? '',
  row.account ?? '',
  row.grade,
  row.cause,
  row.campaign ?? '',
  row.segment ?? '',
  row.member ?? '',
  row.state,
  row.dueAt ?? '',
  String(row.agreedHours),
  row.answeredAt ?? '',
  row.way ?? '',
  row.reason ?? '',
  row.isBack ? 'yes' : 'no',
];

/** Fetches all hand-overs of a list page by page and hands them over as one file. Answers null once it is saved, else why not: then nothing is. */
export async function saveHandOvers(desk: Desk, query: string): Promise<string | null> {
  const pages = [utf8Mark + writeRows([header])];
  for (let after = ''; ; ) {
    const path = `/v1/desk/hand-overs?${query}${after}`;
    const reply = await desk.ask({ method: 'GET', path }, z.array(handOverRowSchema));
    if (!reply.ok) return reply.failure.message;
    pages.push(writeRows(reply.value.map(toCells)));
    const last = reply.value.at(-1);
    if (last === undefined || reply.value.length < listedRows) break;
    after = `&after=${last.id}`;
  }
  desk.tools.save('hand-overs.csv', ...pages);
  return null;
}
