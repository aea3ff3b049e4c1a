/** The row so many places from the one with this id, no further than the list goes; from a row that is not there, the first. Undefined: the list is empty. */
export function rowBeside<Row extends { id: string }>(
  rows: readonly Row[],
  id: string | undefined,
  step: number,
): Row | undefined {
  const at = rows.findIndex((row) => row.id === id);
  return rows[at === -1 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))];
}
