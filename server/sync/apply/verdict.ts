import type { Change } from '#contract/feed.ts';
import { isReasonFor } from '#contract/verdict.ts';
import { scoreContact } from '../../../utils/scoring/score.ts';
import { toSubject } from '../../store/contact.ts';
import { createVerdict, findVerdict, setReason, undoVerdict } from '../../store/verdict.ts';
import { holdVerdictGround } from '../../store/verdict-ground.ts';
import { type Applier, type ApplyInput, RejectedMutation } from './applier.ts';

/** A verdict is kept with the store's own score, scorecard version, campaigns and account facts of this moment; what the device showed is kept as a claim. */
export const applyRecordVerdict: Applier<'recordVerdict'> = async (input, body) => {
  const { scope, caller, claimedAt, now } = input;
  const ground = await holdVerdictGround(scope, caller.workspaceId, body.contactId, now);
  if (!ground)
    throw new RejectedMutation(
      'unknown-contact',
      'The store does not know this person (any more), so the verdict could not be kept.',
    );
  const { contact, touches, scorecard, campaigns } = ground;
  const score = scoreContact(scorecard, toSubject(contact), touches, now);
  const verdict = { id: body.verdictId, contact, value: body.value, claimedAt, shown: body.shown, score, campaigns };
  if (!(await createVerdict(scope, caller, verdict)))
    throw new RejectedMutation('id-taken', 'A verdict with this id is already in the store.');
  return [verdictChange(input, body.verdictId)];
};

/** The one-tap reason, or null for taking it back. It must fit the verdict: a weak lead has a weak reason. */
export const applySetVerdictReason: Applier<'setVerdictReason'> = async (input, body) => {
  const verdict = await findOwn(input, body.verdictId);
  if (body.reason !== null && !isReasonFor(verdict.value, body.reason)) {
    throw new RejectedMutation('reason-mismatch', `This reason does not go with a ${verdict.value} verdict.`);
  }
  await setReason(input.scope, input.caller.workspaceId, body.verdictId, body.reason);
  return [verdictChange(input, body.verdictId)];
};

/** Takes a verdict back everywhere. What stood before it stands again. */
export const applyUndoVerdict: Applier<'undoVerdict'> = async (input, body) => {
  await findOwn(input, body.verdictId);
  await undoVerdict(input.scope, input.caller.workspaceId, body.verdictId);
  return [verdictChange(input, body.verdictId)];
};

async function findOwn(input: ApplyInput, id: Parameters<typeof findVerdict>[2]) {
  const verdict = await findVerdict(input.scope, input.caller, id);
  if (!verdict)
    throw new RejectedMutation(
      'unknown-verdict',
      'The store has no such verdict of yours, so there was nothing to change.',
    );
  return verdict;
}

function verdictChange({ caller }: ApplyInput, id: string): Change {
  return { kind: 'verdict', id, memberId: caller.memberId };
}
