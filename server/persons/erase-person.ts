import type { Kysely } from 'kysely';
import type { Change } from '#contract/feed.ts';
import type { ContactId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { ErasedPerson } from '#contract/person.ts';
import type { Clue } from '#contract/sighting.ts';
import { outlast } from '../db/outlast.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { appendChanges } from '../store/change.ts';
import { lockImports } from '../store/import-run.ts';
import { rewriteKeptDigests } from '../store/kept-digest-edit.ts';
import {
  deletePerson,
  findPerson,
  forgetInImports,
  holdPerson,
  noteErased,
  type PersonOnRecord,
  rewriteAsks,
  rewriteHandOvers,
  rewriteInsights,
} from '../store/person.ts';
import { suppressIdentifiers } from '../store/suppression.ts';
import { namesOf, redact } from './redact.ts';

/** Takes one contact out of everything, but for the feed, and answers what that must say. Null when there is no such contact. */
export async function eraseContact(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  byMember: MemberId | null,
): Promise<{ person: PersonOnRecord; touches: number; changes: Change[] } | null> {
  const person = await holdPerson(scope, workspaceId, contactId);
  if (person === undefined) return null;
  const words = { about: namesOf(person, true), beside: namesOf(person, false) };
  // 1. Who they were is remembered by digests alone, so that no import brings them back.
  await suppressIdentifiers(scope, workspaceId, person.identifiers);
  // 2. What others wrote stays, without them. 3. What waits to go in, or to be undone, goes.
  const rewrite = (text: string, isAbout: boolean) => redact(text, isAbout ? words.about : words.beside);
  await rewriteKeptDigests(scope, workspaceId, contactId, rewrite);
  await rewriteInsights(scope, workspaceId, person, rewrite);
  const askers = await rewriteAsks(scope, workspaceId, person, rewrite);
  await rewriteHandOvers(scope, workspaceId, person, (text) => redact(text, words.beside));
  await forgetInImports(scope, workspaceId, person, (text) => redact(text, words.beside));
  // 4. What is theirs goes. 5. Devices will be told.
  const touches = await deletePerson(scope, workspaceId, person);
  await noteErased(scope, workspaceId, contactId, byMember);
  const changes: Change[] = [
    { kind: 'bundle', id: person.accountId ?? contactId, memberId: null },
    { kind: 'erased', id: contactId, memberId: null },
    ...askers.map((memberId): Change => ({ kind: 'ask', id: null, memberId })),
  ];
  return { person, touches, changes };
}

/**
 * Erases the person of a normalised identifier for good; the identifier itself, and all that led to the same person, are kept out from now on, also where the store
 * held nobody by it. Cannot be undone. A transaction of its own.
 */
export function erasePerson(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  clue: Clue,
  byMember: MemberId | null,
): Promise<ErasedPerson> {
  // A push that is about them may hold what must go, and wait for them.
  return outlast(() => inWorkspace(db, workspaceId, (scope) => eraseByClue(scope, workspaceId, clue, byMember)));
}

async function eraseByClue(
  scope: Scope,
  workspaceId: WorkspaceId,
  clue: Clue,
  byMember: MemberId | null,
): Promise<ErasedPerson> {
  // No batch of an import may be half in: it has looked people up already.
  await lockImports(scope, workspaceId);
  await suppressIdentifiers(scope, workspaceId, [clue]);
  const contactId = await findPerson(scope, workspaceId, clue);
  const erased = contactId === null ? null : await eraseContact(scope, workspaceId, contactId, byMember);
  if (contactId === null || erased === null) return { wasKnown: false, touches: 0 };
  await appendChanges(scope, workspaceId, erased.changes);
  return { wasKnown: true, touches: erased.touches };
}
