import type { Change } from '#contract/feed.ts';
import type { AskId } from '#contract/ids.ts';
import { askChanges, createAsk, holdAsk, markAskRead, setAnswer, withdrawAsk } from '../../store/ask.ts';
import { hasAccount, readContact } from '../../store/contact.ts';
import { type Applier, type ApplyInput, RejectedMutation } from './applier.ts';

/** A request to marketing. One about a person belongs to that person's account too. */
export const applyRecordAsk: Applier<'recordAsk'> = async ({ scope, caller, claimedAt }, body) => {
  const { askId, ...ask } = body;
  if (body.contactId !== null) {
    const contact = await readContact(scope, caller.workspaceId, body.contactId, 'hold');
    if (!contact)
      throw new RejectedMutation('unknown-contact', 'The store does not know the person this is about (any more).');
    ask.accountId ??= contact.accountId;
  }
  if (body.accountId !== null && !(await hasAccount(scope, caller.workspaceId, body.accountId))) {
    throw new RejectedMutation('unknown-account', 'The store does not know the account this is about (any more).');
  }
  if (!(await createAsk(scope, caller, { ...ask, id: askId, toMembers: null, verdictId: null, claimedAt }))) {
    throw new RejectedMutation('id-taken', 'An ask with this id is already in the store.');
  }
  return askChanges(askId, { memberId: caller.memberId, toMembers: null });
};

/** A member takes back an ask of their own that nobody has answered yet. */
export const applyWithdrawAsk: Applier<'withdrawAsk'> = async (input, { askId }): Promise<Change[]> => {
  const ask = await hold(input, askId);
  if (ask?.memberId !== input.caller.memberId)
    throw new RejectedMutation('unknown-ask', 'The store has no such ask of yours, so there was nothing to take back.');
  if (ask.answeredAt !== null)
    throw new RejectedMutation('answered', 'It is answered already, so it stays with its answer.');
  await withdrawAsk(input.scope, input.caller, askId);
  return askChanges(askId, ask);
};

/** Whoever is asked answers, once. */
export const applyAnswerAsk: Applier<'answerAsk'> = async (input, { askId, text }): Promise<Change[]> => {
  const ask = await hold(input, askId);
  if (!ask?.toMembers?.includes(input.caller.memberId))
    throw new RejectedMutation('unknown-ask', 'Nobody asks this of you (any more).');
  if (ask.answeredAt !== null) throw new RejectedMutation('answered', 'A colleague has answered this already.');
  if (ask.closedAt !== null)
    throw new RejectedMutation('closed', 'Marketing has put this aside, and needs no answer any more.');
  await setAnswer(input.scope, input.caller, askId, { text, link: null }, input.now);
  return askChanges(askId, ask);
};

/** Who asked has read the answer: it is told on none of their devices any more. */
export const applyReadAsk: Applier<'readAsk'> = async (input, { askId }): Promise<Change[]> => {
  const ask = await hold(input, askId);
  if (ask?.memberId !== input.caller.memberId)
    throw new RejectedMutation('unknown-ask', 'The store has no such ask of yours (any more).');
  await markAskRead(input.scope, input.caller, askId, input.now);
  return [{ kind: 'ask', id: askId, memberId: input.caller.memberId }];
};

const hold = ({ scope, caller }: ApplyInput, askId: AskId) => holdAsk(scope, caller, askId);
