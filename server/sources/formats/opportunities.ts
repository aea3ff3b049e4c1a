import { salesforceRecord } from '../../../utils/identity/crm.ts';
import type { Columns } from '../columns.ts';
import type { Row } from '../read-rows.ts';
import { type ContactFacts, noContactFields } from '../record.ts';
import type { Format, ReadRow } from './format.ts';
import { bindOpportunity, bindSourceCampaign, type OpportunityColumns } from './opportunity.ts';
import { bindEmployer, readEmail, readSalesforceId } from './person.ts';

const plainNames: OpportunityColumns = {
  id: ['Opportunity ID', 'Deal ID', 'Event ID', 'Id'],
  name: ['Opportunity Name', 'Opportunity', 'Deal Name', 'Deal', 'Name'],
  stage: ['Opportunity Stage', 'Stage', 'Stage Name', 'Deal Stage'],
};
const isAbout = (columns: Columns, names: OpportunityColumns) => columns.has(...names.stage) || columns.has('Outcome');

/** A plain table of deals: one a row. */
export const opportunitiesFormat: Format = {
  id: 'opportunities',
  label: 'opportunities',
  knownBy: 'Opportunity Name, Account Name, Stage, Amount',
  source: 'table',
  subjects: ['opportunities'],
  recognise: (columns) =>
    columns.has('Opportunity ID', 'Opportunity Name', 'Opportunity', 'Deal ID', 'Deal Name', 'Deal') &&
    isAbout(columns, plainNames) &&
    columns.has('Amount', 'Value', 'Deal Value', 'Close Date', 'Closes On', 'Outcome'),
  open: (columns) => open(columns, plainNames),
};

const salesforceNames: OpportunityColumns = {
  id: ['Opportunity ID', 'Id'],
  name: ['Opportunity Name', 'Name'],
  stage: ['Stage Name', 'Stage'],
  isSalesforce: true,
};
/** Columns of Salesforce's reports that other tools do not call so. */
const ofSalesforce = [
  'Primary Campaign Source',
  'Opportunity Owner',
  'Fiscal Period',
  'Fiscal Quarter',
  'Owner Role',
  'IsWon',
  'CurrencyIsoCode',
];

function hasSalesforceIds(columns: Columns, sample: readonly Row[]): boolean {
  const id = columns.bind(...salesforceNames.id);
  const first = sample.map(({ cells }) => id.text(cells, 1_000_000)).find((text) => text !== null);
  return first !== undefined && (salesforceRecord(first ?? '')?.includes(':opportunity:') ?? false);
}

/** Salesforce's Opportunity, as the API names its columns (`StageName`) or as reports label them (`Stage`). */
export const salesforceOpportunitiesFormat: Format = {
  id: 'salesforce_opportunities',
  label: "Salesforce's opportunities",
  knownBy: 'Opportunity ID or Name, Stage, Close Date',
  source: 'salesforce',
  subjects: ['opportunities'],
  recognise: (columns, sample) =>
    columns.has(...salesforceNames.stage) &&
    columns.has('Close Date') &&
    columns.has(...salesforceNames.name) &&
    (columns.has('Stage Name') || columns.has(...ofSalesforce) || hasSalesforceIds(columns, sample)),
  open: (columns) => open(columns, salesforceNames),
};

function open(columns: Columns, names: OpportunityColumns): ReadRow {
  const readEmployer = bindEmployer(columns);
  const readDeal = bindOpportunity(columns, names);
  const readCampaign = bindSourceCampaign(columns);
  const email = columns.bind('Email', 'Contact Email', 'Primary Contact Email');
  const person = columns.bind('Salesforce Contact ID', 'Contact ID', 'Primary Contact ID');
  return (row) => {
    const account = readEmployer(row);
    const known = {
      email: readEmail(email, row),
      crm: readSalesforceId(person, row, ['contact', 'lead']),
      linkedin: null,
    };
    const contact: ContactFacts | null =
      known.email === null && known.crm === null ? null : { isOwn: false, ...known, fields: noContactFields };
    const opportunity = readDeal(row, account);
    return { account, contact, campaign: readCampaign(row), touches: [], planned: null, opportunity };
  };
}
