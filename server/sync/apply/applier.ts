import type { Change } from '#contract/feed.ts';
import type { MutationBody, MutationKind } from '#contract/mutation.ts';
import type { Scope } from '../../db/scope.ts';
import type { Caller } from '../../deps.ts';

/** What an applier works with. `claimedAt` is the device's clock; `now` the store's. */
export interface ApplyInput {
  scope: Scope;
  caller: Caller;
  claimedAt: string;
  now: Date;
}

/** Puts one mutation into effect inside the push's transaction. Answers what it changed, for the feed; null: nothing that any device needs to hear of. Throws `RejectedMutation` when the rules refuse it. */
export type Applier<K extends MutationKind> = (input: ApplyInput, body: MutationBody<K>) => Promise<Change[] | null>;

/** The rules refused a mutation. `code` is stable, the message is for the person who did it. */
export class RejectedMutation extends Error {
  override name = 'RejectedMutation';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The bundle of an account, or of a lone contact, has changed. */
export function bundleChange(id: string): Change {
  return { kind: 'bundle', id, memberId: null };
}
