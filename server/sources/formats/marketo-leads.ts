import { type Columns, foldName } from '../columns.ts';
import type { Row } from '../read-rows.ts';
import type { Format, ReadRow } from './format.ts';
import { leadNumber, readLeadId } from './marketo-id.ts';
import { bindEmployer, bindPerson } from './person.ts';

const idColumns = ['Id', 'Lead ID', 'Marketo ID', 'Marketo Lead ID', 'Person ID'];
const emailColumns = ['Email', 'Email Address'];
/** Columns that only Marketo's own exports have. */
const ofMarketo = [
  'Original Source Type',
  'Acquisition Program',
  'Acquisition Program Id',
  'Lead Partition',
  'Person Score',
  'sfdcLeadId',
  'sfdcContactId',
  'mktoName',
  'Marketo ID',
  'Marketo Lead ID',
  'Email Suspended',
  'cookies',
];
/** What an export of leads that names no more than this may be called by. */
const usual = new Set(
  [
    ...idColumns,
    ...emailColumns,
    'First Name',
    'Last Name',
    'Full Name',
    'Title',
    'Job Title',
    'Company',
    'Company Name',
    'Lead Score',
    'Lead Status',
    'Unsubscribed',
    'Website',
    'Country',
    'Phone',
    'Phone Number',
    'Created At',
    'Updated At',
    'Industry',
  ].map(foldName),
);

/**
 * Marketo's export of leads: its numbers are what activities know people by. `Id` and an address are in many tools' tables, so without a column of Marketo's own
 * it is known by having nothing else, and numbers for ids.
 */
export const marketoLeadsFormat: Format = {
  id: 'marketo_leads',
  label: "Marketo's leads",
  knownBy: 'Id, Email Address',
  source: 'marketo',
  subjects: ['contacts'],
  recognise: (columns, sample) =>
    columns.has(...idColumns) &&
    columns.has(...emailColumns) &&
    !columns.has('activityTypeId', 'Kind', 'Campaign ID', 'Status') &&
    (columns.has(...ofMarketo) || columns.names.every((name) => usual.has(foldName(name)))) &&
    hasNumbers(columns, sample),
  open: (columns) => open(columns.readBlank('null')),
};

function hasNumbers(columns: Columns, sample: readonly Row[]): boolean {
  const id = columns.readBlank('null').bind(...idColumns);
  const ids = sample.map(({ cells }) => id.text(cells, 1_000_000)).filter((text) => text !== null);
  // Some broken rows must not make another table of it.
  return ids.length > 0 && ids.filter((text) => leadNumber.test(text)).length > ids.length / 2;
}

function open(columns: Columns): ReadRow {
  const id = columns.bind(...idColumns);
  const readPerson = bindPerson(columns, true);
  const readEmployer = bindEmployer(columns);
  return (row) => {
    const crm = readLeadId(id, row);
    const contact = { ...readPerson(row), crm };
    if (contact.email === null && contact.fields.name === null)
      throw id.fault('The lead has neither an address nor a name.');
    return { account: readEmployer(row), contact, campaign: null, touches: [], planned: null };
  };
}
