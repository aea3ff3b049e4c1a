import type { Columns } from '../columns.ts';
import { type ContactFacts, noContactFields } from '../record.ts';
import { identifierMark } from '../resolve-known.ts';
import type { Format, ReadRow } from './format.ts';
import { readFirstHubSpotId, toHubSpotNumber } from './hubspot-id.ts';
import { bindOpportunity, bindSourceCampaign } from './opportunity.ts';
import { bindEmployer } from './person.ts';

/** HubSpot's export of deals, by its labels or its inner names. A deal that names only a contact waits until that contact is known. */
export const hubspotDealsFormat: Format = {
  id: 'hubspot_deals',
  label: "HubSpot's deals",
  knownBy: 'Record ID, Deal Name, Deal Stage',
  source: 'hubspot',
  subjects: ['opportunities'],
  recognise: (columns) =>
    columns.has('Deal Name', 'dealname') &&
    columns.has('Deal Stage', 'dealstage') &&
    columns.has('Record ID', 'hs_object_id', 'Deal ID'),
  open,
};

function open(columns: Columns): ReadRow {
  const record = columns.bind('Record ID', 'hs_object_id', 'Deal ID');
  const people = columns.bind('Associated Contact IDs', 'Associated Contact ID', 'Primary Associated Contact ID');
  const readEmployer = bindEmployer(columns);
  const readCampaign = bindSourceCampaign(columns);
  const readDeal = bindOpportunity(columns, {
    id: ['Record ID', 'hs_object_id', 'Deal ID'],
    name: ['Deal Name', 'dealname'],
    stage: ['Deal Stage', 'dealstage'],
  });
  return (row) => {
    const id = record.text(row, 200);
    if (id === null) throw record.fault('There is no record id.');
    if (toHubSpotNumber(id) === null)
      throw record.fault(`"${id.slice(0, 60)}" is not a HubSpot record id: those are whole numbers.`);
    const account = readEmployer(row);
    const crm = readFirstHubSpotId(people, row, 'contact');
    const contact: ContactFacts | null =
      crm === null ? null : { isOwn: false, email: null, crm, linkedin: null, fields: noContactFields };
    const awaits = account === null && crm !== null ? [identifierMark({ kind: 'crm', value: crm })] : null;
    const opportunity = readDeal(row, account);
    return { account, contact, campaign: readCampaign(row), touches: [], planned: null, opportunity, awaits };
  };
}
