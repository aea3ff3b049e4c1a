import { z } from 'zod';
import { seenSchema } from './sighting.ts';

/** The name of the port that the panel in the browser's own side opens to the reader of the tab it follows. */
export const sidePortName = 'baton-side';

/** What a reader says over that port: whom it sees (once at the beginning, then at each change), and what became of a request. */
export const readerWordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sighting'), seen: seenSchema }),
  z.object({ kind: z.literal('inserted'), id: z.number().int(), isIn: z.boolean() }),
  z.object({ kind: z.literal('selected'), id: z.number().int(), text: z.string().max(4000).nullable() }),
]);
export type ReaderWord = z.infer<typeof readerWordSchema>;

/** What the panel asks of the reader: plain text into the open draft, or the page's selected text as it is now. */
export type ReaderRequest = { kind: 'insert'; id: number; text: string } | { kind: 'select'; id: number };
