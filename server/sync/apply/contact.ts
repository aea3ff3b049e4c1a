import type { ContactId } from '#contract/ids.ts';
import type { Clue } from '#contract/sighting.ts';
import { normalizeClue } from '../../../utils/identity/clue.ts';
import { createContact, hasAccount, listBundleIds, readContact } from '../../store/contact.ts';
import { findIdentifier, linkIdentifier, unlinkIdentifier } from '../../store/identifier.ts';
import { findSuppressed } from '../../store/suppression.ts';
import { type Applier, type ApplyInput, bundleChange, RejectedMutation } from './applier.ts';

/** A person seen on a page, added on purpose to a known account. */
export const applyAddContact: Applier<'addContact'> = async (input, body) => {
  const { scope, caller } = input;
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
  await refuseErased(input, clue);
  const contact = { id: body.contactId, accountId: body.accountId, name: body.name, addedBy: caller.memberId };
  if (!(await createContact(scope, caller.workspaceId, contact)))
    throw new RejectedMutation('id-taken', 'A person with this id is already in the store.');
  await link(input, clue, body.contactId);
  return [bundleChange(body.accountId)];
};

/** "This profile is that person", chosen by a member, for all colleagues. */
export const applyLinkIdentifier: Applier<'linkIdentifier'> = async (input, body) => {
  const { scope, caller } = input;
  const clue = normalize(body.clue);
  if (clue.kind === 'domain' || clue.kind === 'linkedinCompany') {
    throw new RejectedMutation('company-identifier', 'This identifies a company, so it cannot stand for one person.');
  }
  if (!(await readContact(scope, caller.workspaceId, body.contactId, 'hold'))) {
    throw new RejectedMutation('unknown-contact', 'The store does not know this person (any more).');
  }
  await refuseErased(input, clue);
  const earlier = await findIdentifier(scope, caller.workspaceId, clue);
  if (earlier?.linkedBy === null && earlier.contactId === body.contactId) return [];
  await link(input, clue, body.contactId);
  const touched = [body.contactId, ...(earlier?.contactId ? [earlier.contactId] : [])];
  return (await listBundleIds(scope, caller.workspaceId, touched)).map(bundleChange);
};

/** Takes such a choice back. What a source says stays. */
export const applyUnlinkIdentifier: Applier<'unlinkIdentifier'> = async ({ scope, caller }, body) => {
  const clue = normalize(body.clue);
  const earlier = await findIdentifier(scope, caller.workspaceId, clue);
  if (!earlier) return [];
  if (earlier.linkedBy === null || earlier.contactId === null) {
    throw new RejectedMutation(
      'imported',
      'This link comes from an import, not from a choice, so it cannot be taken back here.',
    );
  }
  await unlinkIdentifier(scope, caller.workspaceId, clue);
  return (await listBundleIds(scope, caller.workspaceId, [earlier.contactId])).map(bundleChange);
};

async function refuseErased({ scope, caller }: ApplyInput, clue: Clue): Promise<void> {
  if ((await findSuppressed(scope, caller.workspaceId, [clue])).length > 0) {
    throw new RejectedMutation('erased', 'This person was erased for good and is not taken in again.');
  }
}

async function link({ scope, caller }: ApplyInput, clue: Clue, contactId: ContactId): Promise<void> {
  if (!(await linkIdentifier(scope, caller.workspaceId, clue, contactId, caller.memberId))) {
    throw new RejectedMutation(
      'taken',
      'By the company’s own data this identifies somebody else. Correct it there, if that is wrong.',
    );
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
