import type { Cells } from '../cells.ts';
import { type Cell, quote } from '../columns.ts';

/** Marketo's numbers of leads. */
export const leadNumber = /^[1-9]\d{0,11}$/;

/** The identifier of Marketo's lead of this number; null when the cell is blank. Throws a `RowFault`. */
export function readMarketoId(cell: Cell, row: Cells): string | null {
  const text = cell.text(row);
  if (text === null) return null;
  if (!leadNumber.test(text))
    throw cell.fault(`${quote(text)} is not the id of a Marketo lead: those are whole numbers.`);
  return `marketo:lead:${text}`;
}

/** The same where there must be one. */
export function readLeadId(cell: Cell, row: Cells): string {
  const id = readMarketoId(cell, row);
  if (id === null) throw cell.fault('There is no lead id.');
  return id;
}
