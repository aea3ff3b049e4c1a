import type { Audience, AudienceCondition, Chosen, Reach } from '#contract/desk.ts';

/** Periods a person would choose, in days, shortest first. */
const ladder = [7, 14, 30, 60, 90, 180, 365];

/** The audience without one of its conditions. */
export function dropCondition(audience: Audience, condition: AudienceCondition): Audience {
  if (condition === 'active') return { ...audience, activeDays: null };
  if (condition === 'dormant') return { ...audience, dormantDays: null };
  const name = condition.replace('without_', '') as Chosen;
  return condition === name
    ? { ...audience, [name]: [] }
    : { ...audience, without: { ...audience.without, [name]: [] } };
}

/**
 * For an audience of nobody: the first condition that left nobody, and the nearest change to it that leaves somebody: a longer period of activity, or a shorter one of
 * silence, before dropping the condition. Null when the workspace has no accounts or this one change would not help.
 */
export async function findRemedy(
  steps: Reach['steps'],
  audience: Audience,
  count: (audience: Audience) => Promise<number>,
): Promise<Reach['remedy']> {
  const emptied = steps.find((step) => step.accounts === 0)?.condition;
  if (!emptied || emptied === 'all' || emptied === 'contactable') return null;
  const none = { condition: emptied, activeDays: null, dormantDays: null };
  const { activeDays, dormantDays } = audience;
  const nearer =
    emptied === 'active'
      ? ladder.filter((days) => days > (activeDays ?? 0)).map((days) => ({ activeDays: days }))
      : ladder
          .filter((days) => emptied === 'dormant' && days < (dormantDays ?? 0))
          .map((days) => ({ dormantDays: days }));
  for (const change of emptied === 'dormant' ? nearer.reverse() : nearer) {
    const accounts = await count({ ...audience, ...change });
    if (accounts > 0) return { ...none, ...change, accounts };
  }
  const accounts = await count(dropCondition(audience, emptied));
  return accounts > 0 ? { ...none, accounts } : null;
}
