import { crmObject, salesforceRecord } from '../../../utils/identity/crm.ts';
import { normalizeEmail } from '../../../utils/identity/email.ts';
import { normalizeLinkedIn } from '../../../utils/identity/linkedin.ts';
import type { Cells } from '../cells.ts';
import { type Cell, type Columns, quote } from '../columns.ts';
import { isFreemail, toRegistrable } from '../company-domain.ts';
import { type AccountFacts, type ContactFacts, noAccountFields } from '../record.ts';
import { readFlag } from '../values.ts';
import { bindHubSpotCompany, bindHubSpotId, readFirstHubSpotId, readHubSpotId } from './hubspot-id.ts';
import { readMarketoId } from './marketo-id.ts';

/** The cell's normalised address, or null when it is blank. Throws a `RowFault`. */
export function readEmail(cell: Cell, row: Cells): string | null {
  const text = cell.text(row, 500);
  if (text === null) return null;
  const email = normalizeEmail(text);
  if (email === null) throw cell.fault(`${quote(text)} is not an address.`);
  return email;
}

/**
 * The cell's Salesforce record id as an identifier, or null when it is blank. A column that does not say that its ids are Salesforce's may hold
 * another system's: then they are passed over. Throws a `RowFault`.
 */
export function readSalesforceId(
  cell: Cell,
  row: Cells,
  objects: readonly ('account' | 'contact' | 'lead')[],
  isSalesforce = /salesforce/i.test(cell.column),
): string | null {
  const text = cell.text(row);
  if (text === null) return null;
  const id = salesforceRecord(text);
  if (id !== null && objects.some((object) => object === crmObject(id))) return id;
  if (!isSalesforce) return null;
  throw cell.fault(
    `${quote(text)} is not the Salesforce record id of ${objects.map((object) => `a ${object}`.replace('a account', 'an account')).join(' or ')}.`,
  );
}

function splitDomains(cell: Cell, row: Cells): string[] {
  return (cell.text(row, 2000) ?? '').split(/[\s,;]+/).filter((part) => part !== '');
}

/** The cell's company domains, separated by blanks, commas or semicolons. Throws a `RowFault`: a mail provider's domain names no company. */
export function readDomains(cell: Cell, row: Cells): string[] {
  return splitDomains(cell, row).map((part) => {
    const domain = toRegistrable(part);
    if (domain === null) throw cell.fault(`${quote(part)} is not a domain.`);
    if (isFreemail(domain))
      throw cell.fault(`${domain} belongs to a mail provider: it cannot tell one company from another.`);
    return domain;
  });
}

/** The same in a table of people, where a cell that names no company ("n/a", gmail.com) is no reason to lose the person. */
function readEmployerDomains(cell: Cell, row: Cells): string[] {
  return splitDomains(cell, row).flatMap((part) => {
    const domain = toRegistrable(part);
    return domain === null || isFreemail(domain) ? [] : [domain];
  });
}

/** Reads one value of a row. */
type Read<T> = (row: Cells) => T;

/** Reads a person from the columns that most tables have. */
export function bindPerson(columns: Columns, isOwn: boolean): Read<ContactFacts> {
  const email = columns.bind(
    'Email',
    'Email Address',
    'E-mail',
    'Mail',
    'E-Mail-Adresse',
    'Contact Email',
    'Correo',
    'Courriel',
    'E-mailadres',
  );
  const fullName = columns.bind('Full Name', 'Name', 'Contact Name');
  const firstName = columns.bind('First Name', 'Vorname');
  const lastName = columns.bind('Last Name', 'Nachname', 'Surname');
  const title = columns.bind('Title', 'Job Title', 'Position');
  const role = columns.bind('Buying Role', 'Role', 'Contact Role');
  const country = columns.bind('Country', 'Mailing Country', 'Country/Region');
  const doNotContact = columns.bind('Do Not Contact', 'Do Not Call');
  const linkedin = columns.bind('LinkedIn URL', 'LinkedIn', 'LinkedIn Profile', 'LinkedIn Bio');
  const record = columns.bind('Salesforce Contact ID', 'Salesforce ID', 'Contact ID', 'Salesforce Lead ID', 'Lead ID');
  const hubspot = bindHubSpotId(columns, 'contact', isOwn);
  const marketo = columns.bind('Marketo Lead ID', 'Marketo ID');
  return (row) => {
    const parts = [firstName.text(row), lastName.text(row)].filter((part) => part !== null);
    const profile = linkedin.text(row, 2000);
    const slug = profile === null ? null : normalizeLinkedIn(profile);
    if (profile !== null && slug === null) throw linkedin.fault(`${quote(profile)} is not a LinkedIn profile.`);
    return {
      isOwn,
      email: readEmail(email, row),
      crm:
        readSalesforceId(record, row, ['contact', 'lead']) ??
        readHubSpotId(hubspot, row, 'contact') ??
        readMarketoId(marketo, row),
      linkedin: slug,
      fields: {
        name: fullName.text(row) ?? (parts.length > 0 ? parts.join(' ') : null),
        title: title.text(row),
        buyingRole: role.text(row, 120),
        country: country.text(row, 120),
        doNotContact: readFlag(doNotContact, row),
      },
    };
  };
}

/** Reads which account a person's row names, from the columns that most tables have. Null when it names none. */
export function bindEmployer(columns: Columns): Read<AccountFacts | null> {
  const name = columns.bind(
    'Account Name',
    'Company',
    'Company Name',
    'CompanyOrAccount',
    'Company / Account',
    'Account',
    'Primary Associated Company',
    'Associated Company',
    'Organization',
  );
  const domain = columns.bind('Account Domain', 'Company Domain', 'Domain', 'Website', 'Company Domain Name');
  const record = columns.bind('Salesforce Account ID', 'Account ID');
  const hubspot = bindHubSpotCompany(columns);
  return (row) => {
    const crm = readSalesforceId(record, row, ['account']) ?? readFirstHubSpotId(hubspot, row, 'company');
    // A record of HubSpot's that belongs to several companies names them in one cell, the primary one first.
    const isSeveral = /[;,]/.test(hubspot.text(row, 20_000) ?? '');
    const facts = {
      name: isSeveral ? (name.text(row, 20_000)?.split(';', 1)[0]?.trim().slice(0, 300) ?? null) : name.text(row),
      domains: readEmployerDomains(domain, row),
      crm,
    };
    if (facts.name === null && facts.domains.length === 0 && facts.crm === null) return null;
    return { ...facts, isOwn: false, linkedinCompany: null, fields: noAccountFields };
  };
}
