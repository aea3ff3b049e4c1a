import type { Change } from '#contract/feed.ts';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { appendChanges } from '../store/change.ts';
import { listPersonalIdentifiers } from '../store/person.ts';
import {
  findSuppressed,
  readSuppressionList,
  replaceSuppressionList,
  type SuppressionList,
} from '../store/suppression.ts';
import { eraseContact } from './erase-person.ts';

const identifiersAtOnce = 5000;

/**
 * Takes people out of restored rows who were erased since the backup was taken, by the list that the store had kept beside it (null: there is none, and the
 * backup's own holds). Must be the last thing of its transaction but for other announcements. Answers how many.
 */
export async function removeErased(
  scope: Scope,
  workspaceId: WorkspaceId,
  list: SuppressionList | null,
): Promise<number> {
  if (list !== null) {
    const own = await readSuppressionList(scope, workspaceId);
    // A backup of before the key was made got another one: then it holds no digests either.
    const digests = own.key.equals(list.key) ? [...list.digests, ...own.digests] : list.digests;
    await replaceSuppressionList(scope, workspaceId, { key: list.key, digests });
  }
  const found = new Set<ContactId>();
  for (let after = { kind: '', value: '' }; ; ) {
    const page = await listPersonalIdentifiers(scope, workspaceId, after, identifiersAtOnce);
    for (const { contactId } of await findSuppressed(scope, workspaceId, page)) found.add(contactId);
    const last = page.at(-1);
    if (last === undefined || page.length < identifiersAtOnce) break;
    after = last;
  }
  const changes: Change[] = [];
  for (const contactId of found) {
    const erased = await eraseContact(scope, workspaceId, contactId, null);
    if (erased === null) continue;
    changes.push(...erased.changes);
  }
  if (changes.length > 0) await appendChanges(scope, workspaceId, changes);
  return found.size;
}
