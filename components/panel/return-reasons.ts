import type { ReturnReason, ReturnWay } from '#contract/hand-over.ts';

/** The contract's reasons by the way back, in the order in which they are shown. A page script may not bring the contract itself along; a test holds the two together. */
export const returnReasons: readonly (readonly [ReturnWay, readonly ReturnReason[]])[] = [
  ['recycle', ['bad_timing', 'no_reply', 'only_looking', 'in_talks_already']],
  ['disqualify', ['not_ideal_customer', 'wrong_person', 'no_need', 'bad_data', 'already_customer', 'not_a_buyer']],
];
