import type { Cells } from '../cells.ts';
import type { Columns } from '../columns.ts';
import { foldName, quote } from '../columns.ts';
import { RowFault } from '../fault.ts';
import type { CampaignFacts, ContactFacts, TouchFacts } from '../record.ts';
import { readFlag, readMoment } from '../values.ts';
import type { Format, ReadRow } from './format.ts';
import { readStatus } from './member-status.ts';
import { bindEmployer, bindPerson, readSalesforceId } from './person.ts';
import { remember } from './remember.ts';

const campaignColumns = ['Campaign ID', 'Campaign Name', 'Campaign'];
/** The last are those of a history: each row is one change. */
const statusColumns = ['Member Status', 'Status', 'Campaign Member Status', 'New Status', 'New Value'];
/** When the member came to its status, the nearest first: exports seldom tell it exactly. */
const changeColumns = [
  'Edit Date',
  'Status Changed Date',
  'Status Changed',
  'Member Status Updated',
  'Created Date',
  'Member Created Date',
  'Member First Associated Date',
  'Last Modified Date',
  'Campaign Start Date',
  'Start Date',
];

/**
 * Salesforce's CampaignMember, as the API names its columns (`FirstRespondedDate`) or as reports label them (`First Responded Date`).
 * A row tells one status that a member stands at: that is a touch. Exports over time add the statuses a member went through.
 */
export const salesforceCampaignMembersFormat: Format = {
  id: 'salesforce_campaign_members',
  label: "Salesforce's campaign members",
  knownBy: 'Campaign ID or Name, Status, Contact ID or Email',
  source: 'salesforce',
  subjects: ['touches'],
  recognise: (columns) =>
    columns.has(...campaignColumns) &&
    columns.has(...statusColumns) &&
    columns.has('Contact ID', 'Lead ID', 'Email', 'Record ID', 'Lead or Contact ID') &&
    // Planned touches have a campaign and a status as well.
    !columns.has('Planned For', 'Planned At', 'Kind'),
  open,
};

type Read<T> = (row: Cells) => T;

function bindCampaign(columns: Columns): Read<CampaignFacts> {
  const id = columns.bind('Campaign ID');
  const name = columns.bind('Campaign Name', 'Campaign');
  const channel = columns.bind('Campaign Type', 'Type');
  return (row) => {
    const text = id.text(row, 60);
    if (text !== null && !/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(text))
      throw id.fault(`${quote(text)} is not a Salesforce campaign id.`);
    // The last three of 18 characters only check the case of the others.
    const campaign = { externalId: text?.slice(0, 15) ?? null, name: name.text(row), channel: channel.text(row, 120) };
    if (campaign.externalId === null && campaign.name === null) throw id.fault('The member belongs to no campaign.');
    return campaign;
  };
}

/** What a status says, with and without a response. */
interface Status {
  word: string;
  mark: string;
  hasResponded: boolean | null;
  asResponse: ReturnType<typeof readStatus>;
  otherwise: ReturnType<typeof readStatus>;
}

function bindStatus(columns: Columns): Read<Status> {
  const status = columns.bind(...statusColumns);
  const responded = columns.bind('Has Responded', 'Responded');
  return (row) => {
    const word = status.text(row, 120);
    if (word === null) throw status.fault('The member has no status.');
    const hasResponded = readFlag(responded, row);
    return {
      word,
      mark: foldName(word),
      hasResponded,
      asResponse: readStatus(word, true),
      otherwise: readStatus(word, false),
    };
  };
}

function bindTouch(columns: Columns): Read<TouchFacts> {
  const readWord = remember(columns, () => bindStatus(columns));
  const respondedAt = columns.bind('First Responded Date', 'Member First Responded Date', 'Responded Date');
  const changedAt = columns.bind(...changeColumns);
  return (row) => {
    const status = readWord(row);
    const firstResponse = readMoment(respondedAt, row);
    const { kind, isKnown } = (status.hasResponded ?? firstResponse !== null) ? status.asResponse : status.otherwise;
    const at = firstResponse ?? readMoment(changedAt, row);
    if (at === null) throw (respondedAt.isThere ? respondedAt : changedAt).fault('There is no date.');
    return { externalId: null, mark: status.mark, kind, at, detail: isKnown ? null : status.word, isRobot: false };
  };
}

function bindMember(columns: Columns): Read<ContactFacts> {
  const contactId = columns.bind('Contact ID', 'Lead or Contact ID', 'Record ID');
  const leadId = columns.bind('Lead ID');
  const readPerson = bindPerson(columns, false);
  return (row) => {
    const crm =
      readSalesforceId(contactId, row, ['contact', 'lead'], true) ?? readSalesforceId(leadId, row, ['lead'], true);
    const contact = { ...readPerson(row), crm };
    if (contact.email === null && crm === null)
      throw new RowFault(null, 'The row names nobody: it has neither an address nor a record id.');
    return contact;
  };
}

function open(columns: Columns): ReadRow {
  const readMember = remember(columns, () => bindMember(columns));
  const readCampaign = remember(columns, () => bindCampaign(columns));
  const readTouch = bindTouch(columns);
  const readEmployer = remember(columns, () => bindEmployer(columns));
  return (row) => {
    const contact = readMember(row);
    return {
      account: readEmployer(row),
      contact,
      campaign: readCampaign(row),
      touches: [readTouch(row)],
      planned: null,
    };
  };
}
