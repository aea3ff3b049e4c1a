import { listReturnReasons } from '#contract/hand-over.ts';
import { clearAnswer, holdHandOver, writeAnswer } from '../../store/hand-over/answer.ts';
import { handOverChange } from '../../store/hand-over/offer.ts';
import { type Applier, type ApplyInput, RejectedMutation } from './applier.ts';

/** A member takes a lead that was offered to them, or gives it back. Of two answers the first that comes holds; the same one again changes nothing. */
export const applyAnswerHandOver: Applier<'answerHandOver'> = async (input, body) => {
  const { scope, caller, claimedAt, now } = input;
  const held = await hold(input, body.handOverId);
  if (held.answerId === body.answerId) return [];
  if (held.state === 'withdrawn')
    throw new RejectedMutation('withdrawn', 'Marketing has called this hand-over back, so there is nothing to answer.');
  if (held.state !== 'offered')
    throw new RejectedMutation(
      'answered',
      'You have answered this hand-over before, perhaps in another browser: that answer holds.',
    );
  const told = [body.way, body.reason].filter((each) => each !== null);
  if (told.length !== (body.answer === 'returned' ? 2 : 0))
    throw new RejectedMutation('reason-missing', 'What is given back needs a reason, and what is taken has none.');
  if (body.way !== null && body.reason !== null && !listReturnReasons(body.way).includes(body.reason))
    throw new RejectedMutation('reason-mismatch', 'This reason does not go with the way it was given back.');
  await writeAnswer(scope, caller, body, { claimedAt, now });
  return handOverChange(body.handOverId, caller.memberId);
};

/** Takes that answer back, as long as nothing came after it. */
export const applyUndoHandOverAnswer: Applier<'undoHandOverAnswer'> = async (input, body) => {
  const { scope, caller, now } = input;
  const held = await hold(input, body.handOverId);
  if (held.answerId !== body.answerId || held.answeredBy !== caller.memberId)
    throw new RejectedMutation(
      'unknown-answer',
      'The store has no such answer of yours (any more), so there was nothing to take back.',
    );
  if (!(await clearAnswer(scope, caller, body.handOverId, now)))
    throw new RejectedMutation('offered-again', 'This person was offered again since, so the answer stays as it is.');
  return handOverChange(body.handOverId, caller.memberId);
};

/** The member's own hand-over, held. One that is another's now is as unknown as one that never was. */
async function hold({ scope, caller }: ApplyInput, id: Parameters<typeof holdHandOver>[2]) {
  const held = await holdHandOver(scope, caller.workspaceId, id);
  if (held?.memberId !== caller.memberId)
    throw new RejectedMutation(
      'unknown-hand-over',
      'The store has no such hand-over of yours (any more): it may have been given to somebody else.',
    );
  return held;
}
