import type { SaidDay } from '#contract/said.ts';

/** So many are drawn. */
const shownDays = 12;
/** So many days hold them, however weekends fall. */
export const askedDays = 18;

/** The last working days of these, oldest first; a Saturday or Sunday only where somebody said something on it. Pure. */
export function pickWorkingDays(days: readonly SaidDay[]): SaidDay[] {
  return days.filter((day) => isWeekday(day.day) || sumOf(day) > 0).slice(-shownDays);
}

const sumOf = ({ weak, strong, insights, asks }: SaidDay) => weak + strong + insights + asks;

function isWeekday(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`).getUTCDay();
  return at !== 0 && at !== 6;
}
