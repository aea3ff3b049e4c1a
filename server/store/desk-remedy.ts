import type { Audience, AudienceCondition, Reach } from '#contract/desk.ts';

/** Accounts of which each condition says the same, counted. */
export interface Group {
  /** The conditions that leave them out. */
  failed: readonly AudienceCondition[];
  /** In how many of `remedyDays` they were active, the longest first; 0 where that is not asked for. */
  active: number;
  /** Null, too, where a condition leaves them out. */
  segment: string | null;
  territory: string | null;
  accounts: number;
  /** Their people who may be contacted. */
  contacts: number;
}

/** Periods a person would choose, in days, longest first. */
export const remedyDays = [365, 180, 90, 60, 30, 14, 7];

/** Whether all conditions but these leave them in. */
export function isLeftBy({ failed }: Group, but: readonly AudienceCondition[]): boolean {
  return failed.every((condition) => but.includes(condition));
}

/** The groups' accounts or people. */
export function sum(groups: readonly Group[], of: 'accounts' | 'contacts'): number {
  return groups.reduce((total, group) => total + group[of], 0);
}

/**
 * For an audience of nobody: the first condition that left nobody, and the nearest change to it that leaves somebody: a longer period of activity, or a shorter one of
 * silence, before dropping the condition. Null when the workspace has no accounts or this one change would not help. `countAgain`: the same groups, with activity so many days back.
 */
export async function findRemedy(
  steps: Reach['steps'],
  { activeDays, dormantDays }: Audience,
  groups: readonly Group[],
  countAgain: (days: number) => Promise<readonly Group[]>,
): Promise<Reach['remedy']> {
  const emptied = steps.find((step) => step.accounts === 0)?.condition;
  if (!emptied || emptied === 'all' || emptied === 'contactable') return null;
  const none = { condition: emptied, activeDays: null, dormantDays: null };
  const known = emptied === 'active' ? await countAgain(Math.max(...remedyDays)) : groups;
  const others = known.filter((group) => isLeftBy(group, [emptied]));
  const all = sum(others, 'accounts');
  const activeIn = (days: number) =>
    sum(
      others.filter(({ active }) => active > remedyDays.indexOf(days)),
      'accounts',
    );
  const changes =
    emptied === 'active'
      ? remedyDays
          .filter((days) => days > (activeDays ?? 0))
          .map((days) => ({ activeDays: days, accounts: activeIn(days) }))
          .reverse()
      : remedyDays
          .filter((days) => emptied === 'dormant' && days < (dormantDays ?? 0))
          .map((days) => ({ dormantDays: days, accounts: all - activeIn(days) }));
  const nearest = changes.find(({ accounts }) => accounts > 0);
  if (nearest) return { ...none, ...nearest };
  return all > 0 ? { ...none, accounts: all } : null;
}
