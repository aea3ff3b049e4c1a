import type { Columns } from '../columns.ts';
import { FileRefusal } from '../fault.ts';
import { accountsFormat } from './accounts.ts';
import { contactsFormat } from './contacts.ts';
import type { Format } from './format.ts';
import { hubspotContactsFormat } from './hubspot-contacts.ts';
import { hubspotDealsFormat } from './hubspot-deals.ts';
import { mailchimpAudienceFormat } from './mailchimp-audience.ts';
import { marketoActivitiesFormat } from './marketo-activities.ts';
import { marketoActivityTypesFormat } from './marketo-activity-types.ts';
import { marketoLeadsFormat } from './marketo-leads.ts';
import { opportunitiesFormat, salesforceOpportunitiesFormat } from './opportunities.ts';
import { salesforceCampaignMembersFormat } from './salesforce-campaign-members.ts';
import { plannedTouchesFormat, touchesFormat } from './touches.ts';

/** The tables Baton knows, asked in this order: the most particular first. */
export const formats: readonly Format[] = [
  mailchimpAudienceFormat,
  marketoActivitiesFormat,
  marketoActivityTypesFormat,
  plannedTouchesFormat,
  touchesFormat,
  salesforceCampaignMembersFormat,
  hubspotDealsFormat,
  salesforceOpportunitiesFormat,
  opportunitiesFormat,
  hubspotContactsFormat,
  marketoLeadsFormat,
  contactsFormat,
  accountsFormat,
];

/** A refusal must fit on one screen line or four, whatever the file's header holds. */
const longestList = 120;

/** A sentence for a table that nobody knows: what was found, and what is known. */
export function refuseUnknown(columns: Columns): FileRefusal {
  const found = columns.names
    .filter((name) => name !== '')
    .join(', ')
    .replace(/\s+/g, ' ');
  const shown = found.length > longestList ? `${found.slice(0, longestList)}…` : found;
  const known = formats.map((each) => each.label).join(', ');
  return new FileRefusal(
    `Baton does not know a table with the columns ${shown}. It knows ${known}. Any other table is read through a mapping, made in the Desk under Sources.`,
  );
}
