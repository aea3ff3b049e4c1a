import type { Change } from '#contract/feed.ts';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import type { Clue } from '#contract/sighting.ts';
import { normalizeClue } from '../../../utils/identity/clue.ts';
import { isOwnClue } from '../../../utils/identity/terms.ts';
import type { Scope } from '../../db/scope.ts';
import { createContact, hasAccount, listBundleIds, readContact } from '../../store/contact.ts';
import { findIdentifier, linkIdentifier, unlinkIdentifier } from '../../store/identifier.ts';
import { findSuppressed } from '../../store/suppression.ts';
import { type Applier, bundleChange, RejectedMutation } from './applier.ts';

/** A person seen on a page, added on purpose to a known account. */
export const applyAddContact: Applier<'addContact'> = async ({ scope, caller }, body) => {
  const clue = normalize({ kind: 'email', value: body.address });
  if (!(await hasAccount(scope, caller.workspaceId, body.accountId))) {
    throw new RejectedMutation(
      'unknown-account',
      'The store does not know the account (any more) to which this person was to be added.',
    );
  }
  if (await findIdentifier(scope, caller.workspaceId, clue)) {
    throw new RejectedMutation(
      'known',
      'Somebody with this address is already in the store: a colleague may have added them just now.',
    );
  }
  await refuseErased(scope, caller.workspaceId, clue);
  const contact = { id: body.contactId, accountId: body.accountId, name: body.name, addedBy: caller.memberId };
  if (!(await createContact(scope, caller.workspaceId, contact)))
    throw new RejectedMutation('id-taken', 'A person with this id is already in the store.');
  await linkIdentifier(scope, caller.workspaceId, clue, body.contactId, caller.memberId);
  return [bundleChange(body.accountId)];
};

/** "This profile is that person", chosen by a member, for all colleagues. Against a source's word it stands beside it. */
export const applyLinkIdentifier: Applier<'linkIdentifier'> = async ({ scope, caller }, body) => {
  const { workspaceId, memberId } = caller;
  const clue = normalize(body.clue);
  if (!isOwnClue(clue, false)) {
    throw new RejectedMutation('company-identifier', 'This identifies a company, so it cannot stand for one person.');
  }
  if (!(await readContact(scope, workspaceId, body.contactId, 'hold'))) {
    throw new RejectedMutation('unknown-contact', 'The store does not know this person (any more).');
  }
  await refuseErased(scope, workspaceId, clue);
  const earlier = await findIdentifier(scope, workspaceId, clue);
  // Where a source says so by itself, choosing it is taking back what was chosen against it.
  if (earlier && !earlier.isChosen && earlier.contactId === body.contactId) {
    if (earlier.choice === null) return [];
    await unlinkIdentifier(scope, workspaceId, clue);
  } else await linkIdentifier(scope, workspaceId, clue, body.contactId, memberId);
  return changesOf(scope, workspaceId, [body.contactId, earlier?.contactId, earlier?.choice]);
};

/** Takes such a choice back, whoever made it. What a source says stays. */
export const applyUnlinkIdentifier: Applier<'unlinkIdentifier'> = async ({ scope, caller }, body) => {
  const clue = normalize(body.clue);
  const earlier = await findIdentifier(scope, caller.workspaceId, clue);
  if (!earlier) return [];
  if (!earlier.isChosen && earlier.choice === null) {
    throw new RejectedMutation(
      'imported',
      'This comes from the company’s own data and not from a choice, so it cannot be taken back here.',
    );
  }
  await unlinkIdentifier(scope, caller.workspaceId, clue);
  return changesOf(scope, caller.workspaceId, [earlier.contactId, earlier.choice]);
};

/** The bundles of these contacts have changed; null stands for nobody. */
async function changesOf(
  scope: Scope,
  workspaceId: WorkspaceId,
  contacts: readonly (ContactId | null | undefined)[],
): Promise<Change[]> {
  const touched = contacts.filter((each) => each !== null && each !== undefined);
  return (await listBundleIds(scope, workspaceId, touched)).map(bundleChange);
}

async function refuseErased(scope: Scope, workspaceId: WorkspaceId, clue: Clue): Promise<void> {
  if ((await findSuppressed(scope, workspaceId, [clue])).length > 0) {
    throw new RejectedMutation('erased', 'This person was erased for good and is not taken in again.');
  }
}

function normalize(clue: Clue): Clue {
  const normal = normalizeClue(clue);
  if (!normal)
    throw new RejectedMutation(
      'invalid',
      `"${clue.value}" is not a readable ${clue.kind === 'email' ? 'address' : 'identifier'}.`,
    );
  return normal;
}
