import type { Cells } from '../cells.ts';
import { type Cell, type Columns, quote } from '../columns.ts';

/** Columns that HubSpot's own export of records has beside "Record ID": without one of them that name may be any tool's. */
const ofHubSpot = [
  'Associated Company',
  'Associated Company IDs',
  'Associated Contact',
  'Associated Contact IDs',
  'Primary Associated Company ID',
  'Primary Associated Company',
  'Contact owner',
  'Company owner',
  'Deal owner',
  'Marketing contact status',
  'hs_object_id',
  'hs_lead_status',
];
/** What HubSpot calls a record's own id, in its languages and by its inner name. */
const recordIds = [
  'Record ID',
  'hs_object_id',
  'Datensatz-ID',
  'ID de registro',
  'ID de fiche',
  'ID registro',
  'Record-ID',
];

/** Whether the table has columns by which HubSpot's own exports are known. */
export function isHubSpotExport(columns: Columns): boolean {
  return columns.has(...recordIds) && columns.has(...ofHubSpot);
}

/** The column of HubSpot's record ids. `isOwn`: the table's rows are the records themselves, so that a bare "Record ID" can be theirs. */
export function bindHubSpotId(columns: Columns, object: 'contact' | 'company' | 'deal', isOwn: boolean): Cell {
  const named = ['HubSpot Record ID', `HubSpot ${object} ID`, 'HubSpot ID'];
  return columns.bind(...named, ...(isOwn && columns.has(...ofHubSpot) ? recordIds : []));
}

/** The column of the company that a record of HubSpot's belongs to. A cell may name several: the first is the primary one. */
export function bindHubSpotCompany(columns: Columns): Cell {
  return columns.bind(
    'HubSpot Company ID',
    'Primary Associated Company ID',
    'associatedcompanyid',
    'Associated Company IDs',
    'Associated Company ID',
  );
}

/** The cell's HubSpot record id as an identifier; null when it is blank, or another tool's under a name that does not say HubSpot. Throws a `RowFault`. */
export function readHubSpotId(cell: Cell, row: Cells, object: 'contact' | 'company'): string | null {
  const text = cell.text(row);
  if (text === null) return null;
  const id = toHubSpotNumber(text);
  if (id !== null) return `hubspot:${object}:${id}`;
  if (!/hubspot/i.test(cell.column)) return null;
  throw cell.fault(`${quote(text)} is not a HubSpot record id: those are whole numbers.`);
}

/** A record's number; a spreadsheet may have made `151.0` of it. Null when it is none. */
export function toHubSpotNumber(text: string): string | null {
  return /^(\d{1,20})(\.0+)?$/.exec(text)?.[1] ?? null;
}

/** The first of the cell's record ids, separated by semicolons or commas; null when there is none. */
export function readFirstHubSpotId(cell: Cell, row: Cells, object: 'contact' | 'company'): string | null {
  const [first = ''] = (cell.text(row, 20_000) ?? '').split(/[;,]/, 1);
  const id = toHubSpotNumber(first.trim());
  return id === null ? null : `hubspot:${object}:${id}`;
}
