import type { Change } from '#contract/feed.ts';
import { hasAccount, readContact } from '../../store/contact.ts';
import { countSeen, createOutcome, hasTalkingPoint, undoOutcome } from '../../store/talking-point.ts';
import { type Applier, type ApplyInput, RejectedMutation } from './applier.ts';

/** A use of a talking point, or what came of it. */
export const applyRecordOutcome: Applier<'recordOutcome'> = async (input, body) => {
  const { scope, caller, claimedAt } = input;
  await refuseUnknownPoint(input, body.talkingPointId);
  if (body.accountId !== null && !(await hasAccount(scope, caller.workspaceId, body.accountId))) {
    throw new RejectedMutation(
      'unknown-account',
      'The store does not know the account (any more) where this was said.',
    );
  }
  if (body.contactId !== null && !(await readContact(scope, caller.workspaceId, body.contactId, 'hold'))) {
    throw new RejectedMutation(
      'unknown-contact',
      'The store does not know the person (any more) to whom this was said.',
    );
  }
  if (!(await createOutcome(scope, caller, { ...body, claimedAt }))) {
    throw new RejectedMutation('id-taken', 'An outcome with this id is already in the store.');
  }
  return [outcomeChange(input, body.outcomeId)];
};

/** Takes an outcome back. */
export const applyUndoOutcome: Applier<'undoOutcome'> = async (input, body) => {
  if (!(await undoOutcome(input.scope, input.caller, body.outcomeId))) {
    throw new RejectedMutation(
      'unknown-outcome',
      'The store has no such outcome of yours, so there was nothing to take back.',
    );
  }
  return [outcomeChange(input, body.outcomeId)];
};

const dayMs = 86_400_000;

/** One more view that day. A device whose clock is far off counts for the store's day. No device needs to hear of it. */
export const applyCountSeen: Applier<'countSeen'> = async (input, body) => {
  await refuseUnknownPoint(input, body.talkingPointId);
  const behindMs = input.now.getTime() - Date.parse(body.day);
  const isPlausible = behindMs > -2 * dayMs && behindMs < 31 * dayMs;
  await countSeen(
    input.scope,
    input.caller.workspaceId,
    body.talkingPointId,
    isPlausible ? body.day : input.now.toISOString().slice(0, 10),
  );
  return null;
};

async function refuseUnknownPoint(
  { scope, caller }: ApplyInput,
  id: Parameters<typeof hasTalkingPoint>[2],
): Promise<void> {
  if (!(await hasTalkingPoint(scope, caller.workspaceId, id))) {
    throw new RejectedMutation('unknown-talking-point', 'The store does not know this talking point (any more).');
  }
}

function outcomeChange({ caller }: ApplyInput, id: string): Change {
  return { kind: 'outcome', id, memberId: caller.memberId };
}
