import type { Bundle, OwnOutcome } from '#contract/bundle.ts';
import { nameWords } from '../identity/similar-name.ts';
import type { BundleRow, OutcomeRow, RemovedRow } from './database.ts';

/** A bundle as it is kept, with what it is found by. Pure. */
export function toBundleRow(bundle: Bundle): BundleRow {
  const people = bundle.contacts;
  return {
    ...bundle,
    keys: [...new Set([...(bundle.account?.keys ?? []), ...people.flatMap((each) => each.keys)])],
    contactIds: people.map((each) => each.id),
    words: nameWords(bundle.account?.name ?? null, ...people.map((each) => each.name)),
  };
}

/** What stands in the place of a row that was taken away. */
export function toRemovedRow(id: string): RemovedRow {
  return { id, isRemoved: true };
}

/** Whether a row says that there is none. */
export function isRemoved(row: object): row is RemovedRow {
  return 'isRemoved' in row;
}

/** An own outcome as it is kept, under a talking point at an account, or at nobody's. Pure. */
export function toOutcomeRow(outcome: OwnOutcome): OutcomeRow {
  return { ...outcome, id: `${outcome.talkingPointId}@${outcome.accountId ?? ''}` };
}
