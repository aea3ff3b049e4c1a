import { scrubRows } from '../outbox/scrub.ts';
import { changeLocal } from '../settings/local-state.ts';
import type { Ground } from './ground.ts';

/**
 * Takes people who were erased out of what this browser keeps beside its copy: what its member did about them, sent or not, and whose cards were opened last.
 * To be called before the cursor moves past the word of it. A second time changes nothing.
 */
export async function forgetPeople(ground: Ground, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await scrubRows(ground.outbox, contactIds);
  await dropOpened(ground, contactIds);
}

/** Takes people out of whose cards were opened last. */
export async function dropOpened(ground: Ground, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await changeLocal(
    ground.local,
    'recent',
    (opened) => opened?.filter(({ contactId }) => contactId === null || !contactIds.includes(contactId)) ?? null,
  );
}
