import type { Audience, Reach } from '#contract/desk.ts';

/** Periods a person would choose, in days, shortest first. */
const ladder = [7, 14, 30, 60, 90, 180, 365];

/**
 * For an audience of nobody: the first condition that left nobody, and the nearest change to it that leaves somebody: a longer period before
 * dropping the condition. Null when the workspace has no accounts or this one change would not help.
 */
export async function findRemedy(
  steps: Reach['steps'],
  audience: Audience,
  count: (audience: Audience) => Promise<number>,
): Promise<Reach['remedy']> {
  const emptied = steps.find((step) => step.accounts === 0)?.condition;
  if (!emptied || emptied === 'all' || emptied === 'contactable') return null;
  if (emptied === 'active') {
    for (const activeDays of ladder.filter((days) => days > (audience.activeDays ?? 0))) {
      const accounts = await count({ ...audience, activeDays });
      if (accounts > 0) return { condition: emptied, activeDays, accounts };
    }
  }
  const accounts = await count(
    emptied === 'active' ? { ...audience, activeDays: null } : { ...audience, [emptied]: [] },
  );
  return accounts > 0 ? { condition: emptied, activeDays: null, accounts } : null;
}
