import type { VerdictReason } from '#contract/verdict.ts';

/** The chips under Weak, ordered to fill three lines. A list of its own, since the contract's would bring its schemas into the page. */
export const weakReasons = [
  'not_ideal_customer',
  'wrong_person',
  'no_need',
  'bad_timing',
  'bad_data',
  'not_a_buyer',
  'already_customer',
] as const satisfies readonly VerdictReason[];

/** The chips under Strong. */
export const strongReasons = [
  'right_person',
  'real_need',
  'good_timing',
  'has_budget',
  'asked_for_more',
] as const satisfies readonly VerdictReason[];
