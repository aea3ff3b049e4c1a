import { type Cell, type Columns, quote } from '../columns.ts';

/** Columns that HubSpot's own export of records has beside "Record ID": without one of them that name may be any tool's. */
const ofHubSpot = [
  'Associated Company',
  'Associated Company IDs',
  'Associated Contact',
  'Associated Contact IDs',
  'Contact owner',
  'Company owner',
  'Marketing contact status',
];

/** The column of HubSpot's record ids. `isOwn`: the table's rows are the records themselves, so that a bare "Record ID" can be theirs. */
export function bindHubSpotId(columns: Columns, object: 'contact' | 'company', isOwn: boolean): Cell {
  const named = ['HubSpot Record ID', `HubSpot ${object} ID`, 'HubSpot ID'];
  return columns.bind(...named, ...(isOwn && columns.has(...ofHubSpot) ? ['Record ID'] : []));
}

/** The cell's HubSpot record id as an identifier; null when it is blank, or another tool's under a name that does not say HubSpot. Throws a `RowFault`. */
export function readHubSpotId(cell: Cell, row: readonly string[], object: 'contact' | 'company'): string | null {
  const text = cell.text(row);
  if (text === null) return null;
  if (/^\d{1,20}$/.test(text)) return `hubspot:${object}:${text}`;
  if (!/hubspot/i.test(cell.column)) return null;
  throw cell.fault(`${quote(text)} is not a HubSpot record id: those are whole numbers.`);
}
