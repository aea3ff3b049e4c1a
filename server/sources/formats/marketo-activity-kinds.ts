import type { TouchKind } from '#contract/touch.ts';
import { readStatus } from './member-status.ts';

/** Numbers from here on are types that a company made itself. */
export const firstCustomType = 100_001;

/** One of Marketo's own activity types. `kind` null: a change of data or a step of a flow, which nobody did and which is no touch; `status`: the kind is in the attributes. */
interface StandardType {
  name: string;
  kind: TouchKind | 'status' | null;
}

/** Marketo's own activity types by their numbers, as its API names them. */
export const standardTypes: ReadonlyMap<string, StandardType> = new Map(
  (
    [
      [1, 'Visit Webpage', 'visited_page'],
      [2, 'Fill Out Form', 'submitted_form'],
      [3, 'Click Link', 'clicked'],
      [6, 'Send Email', 'sent'],
      [7, 'Email Delivered', 'delivered'],
      [8, 'Email Bounced', 'bounced'],
      [9, 'Unsubscribe Email', 'unsubscribed'],
      [10, 'Open Email', 'opened'],
      [11, 'Click Email', 'clicked'],
      [12, 'New Lead', null],
      [13, 'Change Data Value', null],
      [19, 'Sync Lead to SFDC', null],
      [21, 'Convert Lead', null],
      [22, 'Change Score', null],
      [23, 'Change Owner', null],
      [24, 'Add to List', null],
      [25, 'Remove from List', null],
      [26, 'SFDC Activity', null],
      [27, 'Email Bounced Soft', 'bounced'],
      [29, 'Delete Lead from SFDC', null],
      [30, 'SFDC Activity Updated', null],
      [32, 'Merge Leads', null],
      [34, 'Add to Opportunity', null],
      [35, 'Remove from Opportunity', null],
      [36, 'Update Opportunity', null],
      [37, 'Delete Lead', null],
      [38, 'Send Alert', null],
      [39, 'Send Sales Email', 'sent'],
      [40, 'Open Sales Email', 'opened'],
      [41, 'Click Sales Email', 'clicked'],
      [42, 'Add to SFDC Campaign', null],
      [43, 'Remove from SFDC Campaign', null],
      [44, 'Change Status in SFDC Campaign', null],
      [45, 'Receive Sales Email', 'replied'],
      [46, 'Interesting Moment', 'other'],
      [47, 'Request Campaign', null],
      [48, 'Sales Email Bounced', 'bounced'],
      [100, 'Change Lead Partition', null],
      [101, 'Change Revenue Stage', null],
      [102, 'Change Revenue Stage Manually', null],
      [104, 'Change Status in Progression', 'status'],
      [106, 'Enrich with Data.com', null],
      [108, 'Change Segment', null],
      [110, 'Call Webhook', null],
      [111, 'Sent Forward to Friend Email', 'other'],
      [112, 'Received Forward to Friend Email', 'other'],
      [113, 'Add to Nurture', null],
      [114, 'Change Nurture Track', null],
      [115, 'Change Nurture Cadence', null],
      [145, 'Push Lead to Marketo', null],
      [400, 'Share Content', 'other'],
      [401, 'Vote in Poll', 'other'],
      [402, 'Sign Up for Referral Offer', 'registered'],
      [405, 'Click Shared Link', 'clicked'],
    ] as const
  ).map(([id, name, kind]) => [String(id), { name, kind }]),
);

/** What an activity of a source's own type is: the kind that its name or its first words say (`Attended booth`), else any other; the name stays to be seen. */
export function describeActivity(name: string, value: string | null): { kind: TouchKind; detail: string } {
  const words = name.split(/\s+/);
  const known = [name, words.slice(0, 2).join(' '), words[0] ?? '']
    .map((part) => readStatus(part, false))
    .find((each) => each.isKnown);
  return { kind: known?.kind ?? 'other', detail: (value === null ? name : `${name}: ${value}`).slice(0, 500) };
}
