import type { MutationKind } from '#contract/mutation.ts';
import type { Applier } from './applier.ts';
import { applyAnswerAsk, applyReadAsk, applyRecordAsk, applyWithdrawAsk } from './ask.ts';
import { applyAddContact, applyLinkIdentifier, applyUnlinkIdentifier } from './contact.ts';
import { applyAnswerHandOver, applyUndoHandOverAnswer } from './hand-over.ts';
import { applyRecordInsight, applyWithdrawInsight } from './insight.ts';
import { applyDismissReceipt } from './receipt.ts';
import { applyCountSeen, applyRecordOutcome, applyUndoOutcome } from './talking-point.ts';
import { applyRecordVerdict, applySetVerdictReason, applyUndoVerdict } from './verdict.ts';

/** What puts each kind of mutation into effect. */
export const appliers: { readonly [K in MutationKind]: Applier<K> } = {
  recordVerdict: applyRecordVerdict,
  setVerdictReason: applySetVerdictReason,
  undoVerdict: applyUndoVerdict,
  recordInsight: applyRecordInsight,
  withdrawInsight: applyWithdrawInsight,
  recordOutcome: applyRecordOutcome,
  undoOutcome: applyUndoOutcome,
  countSeen: applyCountSeen,
  dismissReceipt: applyDismissReceipt,
  recordAsk: applyRecordAsk,
  withdrawAsk: applyWithdrawAsk,
  answerAsk: applyAnswerAsk,
  readAsk: applyReadAsk,
  answerHandOver: applyAnswerHandOver,
  undoHandOverAnswer: applyUndoHandOverAnswer,
  addContact: applyAddContact,
  linkIdentifier: applyLinkIdentifier,
  unlinkIdentifier: applyUnlinkIdentifier,
};
