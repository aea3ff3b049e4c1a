import { dismissReceipt } from '../../store/agreement/receipt.ts';
import { type Applier, RejectedMutation } from './applier.ts';

/** A member has read a receipt of theirs: it leaves all their devices. */
export const applyDismissReceipt: Applier<'dismissReceipt'> = async ({ scope, caller, now }, { receiptId }) => {
  if (!(await dismissReceipt(scope, caller, receiptId, now)))
    throw new RejectedMutation(
      'unknown-receipt',
      'The store has no such receipt of yours, so there was nothing to put away.',
    );
  return [{ kind: 'receipt', id: receiptId, memberId: caller.memberId }];
};
