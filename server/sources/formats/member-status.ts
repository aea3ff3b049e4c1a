import type { TouchKind } from '#contract/touch.ts';
import { foldName } from '../columns.ts';

/** Statuses of a campaign's members as companies word them, folded, and the touch each of them is. */
const kinds: readonly (readonly [TouchKind, readonly string[]])[] = [
  ['sent', ['sent', 'invited', 'mailed', 'emailed', 'targeted', 'added', 'received']],
  ['delivered', ['delivered']],
  ['opened', ['opened', 'openedemail', 'emailopened', 'viewed']],
  ['clicked', ['clicked', 'clickedlink', 'emailclicked', 'clickthrough']],
  ['replied', ['replied', 'answered']],
  ['bounced', ['bounced', 'hardbounce', 'softbounce', 'hardbounced', 'softbounced']],
  ['unsubscribed', ['unsubscribed', 'optedout', 'optout']],
  ['subscribed', ['subscribed', 'optedin']],
  ['responded', ['responded', 'engaged', 'interested']],
  ['submitted_form', ['submittedform', 'filledoutform', 'filledform', 'formsubmitted', 'converted']],
  ['downloaded', ['downloaded', 'downloadedcontent']],
  ['registered', ['registered', 'rsvp', 'accepted', 'signedup', 'rsvpyes']],
  ['attended', ['attended', 'attendedondemand', 'visited', 'visitedbooth', 'participated', 'present']],
  ['no_show', ['noshow', 'registereddidnotattend', 'didnotattend', 'absent']],
  ['visited_page', ['visitedpage', 'visitedwebsite', 'visitedwebpage']],
  ['requested_contact', ['requestedcontact', 'contactrequested', 'contactus', 'requesteddemo', 'demorequested']],
  ['met', ['met', 'meeting', 'metatbooth', 'meetingheld', 'met1on1']],
];
const byStatus = new Map(kinds.flatMap(([kind, words]) => words.map((word) => [word, kind] as const)));

/**
 * The touch that a member's status is. `isKnown` false: the company's own word, kept as the touch's detail;
 * it counts as a response only when the export says that the member responded.
 */
export function readStatus(status: string, hasResponded: boolean): { kind: TouchKind; isKnown: boolean } {
  const kind = byStatus.get(foldName(status));
  if (kind !== undefined) return { kind, isKnown: true };
  return { kind: hasResponded ? 'responded' : 'other', isKnown: false };
}
