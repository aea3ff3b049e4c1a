import type { Columns } from '../columns.ts';
import { RowFault } from '../fault.ts';
import type { Format, ReadRow } from './format.ts';
import { bindEmployer, bindPerson } from './person.ts';

/** A table of people, by address. */
export const contactsFormat: Format = {
  id: 'contacts',
  label: 'contacts',
  knownBy: 'Email, Name',
  source: 'table',
  subjects: ['contacts'],
  recognise: (columns) =>
    columns.has('Email', 'Email Address', 'E-mail', 'Mail') &&
    columns.has('First Name', 'Last Name', 'Name', 'Full Name', 'Title', 'Job Title', 'Company', 'Account Name'),
  open,
};

function open(columns: Columns): ReadRow {
  const readPerson = bindPerson(columns, true);
  const readEmployer = bindEmployer(columns);
  return (row) => {
    const contact = readPerson(row);
    if (contact.email === null && contact.crm === null && contact.linkedin === null)
      throw new RowFault(null, 'The row names nobody: it has neither an address nor a record id nor a profile.');
    return { account: readEmployer(row), contact, campaign: null, touches: [], planned: null };
  };
}
