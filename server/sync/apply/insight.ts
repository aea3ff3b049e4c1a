import type { Change } from '#contract/feed.ts';
import { hasAccount, listBundleIds, readContact } from '../../store/contact.ts';
import { createInsight, withdrawInsight } from '../../store/insight.ts';
import { type Applier, bundleChange, RejectedMutation } from './applier.ts';

/** What a customer said or did. One about a person belongs to that person's account too. */
export const applyRecordInsight: Applier<'recordInsight'> = async ({ scope, caller, claimedAt }, body) => {
  let { accountId } = body;
  if (body.contactId !== null) {
    const contact = await readContact(scope, caller.workspaceId, body.contactId, 'hold');
    if (!contact)
      throw new RejectedMutation(
        'unknown-contact',
        'The store does not know the person this insight is about (any more).',
      );
    accountId ??= contact.accountId;
  }
  if (body.accountId !== null && !(await hasAccount(scope, caller.workspaceId, body.accountId))) {
    throw new RejectedMutation(
      'unknown-account',
      'The store does not know the account this insight is about (any more).',
    );
  }
  if (!(await createInsight(scope, caller, { ...body, accountId, claimedAt }))) {
    throw new RejectedMutation('id-taken', 'An insight with this id is already in the store.');
  }
  const id = accountId ?? body.contactId;
  return id === null ? [] : [bundleChange(id)];
};

/** A member takes back an insight of their own. */
export const applyWithdrawInsight: Applier<'withdrawInsight'> = async ({ scope, caller }, body): Promise<Change[]> => {
  const place = await withdrawInsight(scope, caller, body.insightId);
  if (!place)
    throw new RejectedMutation(
      'unknown-insight',
      'The store has no such insight of yours, so there was nothing to take back.',
    );
  if (place.accountId !== null) return [bundleChange(place.accountId)];
  if (place.contactId === null) return [];
  return (await listBundleIds(scope, caller.workspaceId, [place.contactId])).map(bundleChange);
};
