import type { Bundle, BundleContact, WorkspaceFacts } from '#contract/bundle.ts';
import { scoreContact } from '../scoring/score.ts';

/** A bundle under the scorecard in force. `isBehind`: of somebody in it the store alone can make the score, which stands as it came until then. */
export interface Rescored<B extends Bundle> {
  bundle: B;
  isBehind: boolean;
}

/** Whether all that a score is made of is here: of many touches only the newest are, and an older store told less of the person. */
function isWholeHere({ touches, touchCount, country }: BundleContact): boolean {
  return touchCount <= touches.length && country !== undefined;
}

function rescoreContact(
  { account }: Bundle,
  contact: BundleContact,
  scorecard: NonNullable<WorkspaceFacts['scorecard']>,
): BundleContact {
  const { title, country = null } = contact;
  const touches = contact.touches.map((touch) => ({ ...touch, at: new Date(touch.at) }));
  // As of when the store looked: from then on it fades like any other score.
  const asOf = new Date(contact.score.asOf);
  return { ...contact, score: scoreContact(scorecard, { account, contact: { title, country } }, touches, asOf) };
}

/**
 * Brings the scores of a bundle under the card in force where they were made by an earlier one: what the store would have answered when the bundle was read, had this
 * card been in force. Pure. A score by a newer card than `facts` tell of stays as it is.
 */
export function rescoreBundle<B extends Bundle>(bundle: B, facts: WorkspaceFacts): Rescored<B> {
  const isOld = ({ score }: BundleContact) => score.scorecardVersion < facts.scorecardVersion;
  if (!bundle.contacts.some(isOld)) return { bundle, isBehind: false };
  const { scorecard } = facts;
  if (scorecard === undefined) return { bundle, isBehind: true };
  const contacts = bundle.contacts.map((each) =>
    isOld(each) && isWholeHere(each) ? rescoreContact(bundle, each, scorecard) : each,
  );
  return { bundle: { ...bundle, contacts }, isBehind: contacts.some(isOld) };
}
