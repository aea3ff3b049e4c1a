import { normalizeEmail } from '../../../utils/identity/email.ts';
import { normalizeLinkedInCompany } from '../../../utils/identity/linkedin.ts';
import type { Cells } from '../cells.ts';
import { type Cell, type Columns, quote } from '../columns.ts';
import { readFlag, readWhole } from '../values.ts';
import type { Format, ReadRow } from './format.ts';
import { bindHubSpotId, readHubSpotId } from './hubspot-id.ts';
import { readDomains, readSalesforceId } from './person.ts';

const nameColumns = ['Account Name', 'Company Name', 'Company', 'Account', 'Name', 'Firma'];
const domainColumns = ['Domain', 'Website', 'Company Domain Name', 'Account Domain', 'URL', 'Web Site'];

/** A table of accounts: who the customer companies are, by name and domain. */
export const accountsFormat: Format = {
  id: 'accounts',
  label: 'accounts',
  knownBy: 'Account Name, Website',
  source: 'table',
  subjects: ['accounts'],
  recognise: (columns) =>
    columns.has(...nameColumns) &&
    columns.has(...domainColumns, 'Segment', 'Tier') &&
    !columns.has('Email', 'Email Address'),
  open,
};

/** Several names in one cell, each once, with semicolons between them. */
function readNames(cell: Cell, row: Cells): string | null {
  const names = (cell.text(row, 2000) ?? '').split(/[;,|\n]/).map((name) => name.trim());
  return [...new Set(names)].filter(Boolean).join('; ') || null;
}

function open(columns: Columns): ReadRow {
  const name = columns.bind(...nameColumns);
  const domain = columns.bind(...domainColumns);
  const otherDomains = columns.bind('Other Domains', 'Domains', 'Additional Domains', 'Email Domains');
  const record = columns.bind('Salesforce Account ID', 'Account ID', 'Salesforce ID', 'Id');
  const hubspot = bindHubSpotId(columns, 'company', true);
  const linkedin = columns.bind(
    'LinkedIn Company URL',
    'LinkedIn Company',
    'LinkedIn URL',
    'LinkedIn',
    'LinkedIn Company Page',
  );
  const owner = columns.bind('Account Owner', 'Owner', 'Owner Email', 'Account Owner Email');
  const segment = columns.bind('Segment', 'Market Segment');
  const tier = columns.bind('Tier', 'Account Tier', 'Target Account Tier');
  const stage = columns.bind('Stage', 'Funnel Stage', 'Lifecycle Stage');
  const industry = columns.bind('Industry', 'Branche');
  const employees = columns.bind('Employees', 'Number of Employees', 'Employee Count', 'Company Size');
  const country = columns.bind('Country', 'Billing Country', 'Country/Region');
  const territory = columns.bind('Territory', 'Region');
  const doNotContact = columns.bind('Do Not Contact');
  const latestWin = columns.bind('Latest Win', 'Last Win');
  const technologies = columns.bind('Technologies', 'Technology', 'Web Technologies', 'Tech Stack');

  return (row) => {
    const called = name.text(row);
    if (called === null) throw name.fault('The account has no name.');
    const page = linkedin.text(row, 2000);
    const slug = page === null ? null : normalizeLinkedInCompany(page);
    if (page !== null && slug === null) throw linkedin.fault(`${quote(page)} is not a LinkedIn company page.`);
    const level = tier.text(row)?.replace(/^tier\s*/i, '') ?? null;
    if (level !== null && !/^[1-9]$/.test(level))
      throw tier.fault(`${quote(level)} is no tier: it takes 1 to 9, 1 being the best.`);
    const account = {
      isOwn: true,
      name: called,
      domains: [...new Set([...readDomains(domain, row), ...readDomains(otherDomains, row)])],
      crm: readSalesforceId(record, row, ['account']) ?? readHubSpotId(hubspot, row, 'company'),
      linkedinCompany: slug,
      fields: {
        segment: segment.text(row, 120),
        tier: level === null ? null : Number(level),
        stage: stage.text(row, 120),
        industry: industry.text(row, 200),
        employees: readWhole(employees, row, 10_000_000),
        country: country.text(row, 120),
        territory: territory.text(row, 120),
        // Many exports name the owner only by name: then nobody can be told by it.
        ownerAddress: normalizeEmail(owner.text(row) ?? ''),
        doNotContact: readFlag(doNotContact, row),
        latestWin: latestWin.text(row, 500),
        technologies: readNames(technologies, row),
      },
    };
    return { account, contact: null, campaign: null, touches: [], planned: null };
  };
}
