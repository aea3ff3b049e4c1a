import { type Cursor, cursorSchema } from '#contract/feed.ts';

/** Takes a cursor apart. */
export function readCursor(cursor: Cursor): { seq: number; token: string } {
  const at = cursor.indexOf('.');
  return { seq: Number(cursor.slice(0, at)), token: cursor.slice(at + 1) };
}

/** Puts a cursor together. */
export function createCursor(entry: { seq: number; token: string }): Cursor {
  return cursorSchema.parse(`${entry.seq}.${entry.token}`);
}
