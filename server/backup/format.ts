import { z } from 'zod';
import { Refusal } from '../refusal.ts';

/*
 * A backup is one zstd file that `zstd -d` opens too. Three parts:
 *   a skippable frame: the header as JSON, readable without unpacking;
 *   a zstd frame: the tables, as sections of lines;
 *   a skippable frame of 40 bytes: `BATONEND` and the SHA-256 of every byte before the frame.
 * A section is a line of JSON that names table and workspace, the rows as COPY's text format writes them, a line `\.`,
 * and a line of JSON with the rows' count and SHA-256. The last line of all is {"end":true,…}.
 */

/** The format this code writes. It reads this one and none that is newer. */
export const backupFormat = 1;

const frameMagic = 0x184d2a50;
const frameHead = 8;
const endMark = Buffer.from('BATONEND');
/** How long the last frame is, in bytes. */
export const sealLength = frameHead + endMark.length + 32;

/** What a backup says of itself. `schema`: the migrations its tables have had, oldest first. */
export const backupHeaderSchema = z.object({
  baton: z.literal('backup'),
  format: z.number().int(),
  schema: z.array(z.string()).min(1),
  postgres: z.string(),
  takenAt: z.iso.datetime(),
  workspaces: z.array(z.object({ id: z.uuid(), name: z.string() })),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1) })),
});
export type BackupHeader = z.infer<typeof backupHeaderSchema>;

/** Begins a section. `workspace` null: the table is the store's own. */
export const sectionHeadSchema = z.object({ table: z.string(), workspace: z.uuid().nullable() });
export type SectionHead = z.infer<typeof sectionHeadSchema>;

/** Ends a section's rows. */
export const sectionFootSchema = z.object({ rows: z.number().int().min(0), sha256: z.hex().length(64) });
export type SectionFoot = z.infer<typeof sectionFootSchema>;

/** Ends the sections. */
export const bodyEndSchema = z.object({ end: z.literal(true), sections: z.number().int(), rows: z.number().int() });

/** Ends the rows of a section, as COPY's own format does: no row can look like it. */
export const rowsEnd = Buffer.from('\\.\n');

/** The file is not a whole, unchanged backup of this format. */
export class BrokenBackup extends Refusal {
  override name = 'BrokenBackup';
}

/** The header as the file's first frame. */
export function encodeHeader(header: BackupHeader): Buffer {
  return encodeFrame(Buffer.from(JSON.stringify(header)));
}

/** The last frame: `hash` is the SHA-256 of all that stands before it. */
export function encodeSeal(hash: Buffer): Buffer {
  return encodeFrame(Buffer.concat([endMark, hash]));
}

/** How long the first frame is, from its first 8 bytes. Throws `BrokenBackup` when it is none of ours. */
export function readFrameLength(head: Buffer): number {
  if (head.length < frameHead || head.readUInt32LE(0) !== frameMagic)
    throw new BrokenBackup('This file is no backup of Baton.');
  return frameHead + head.readUInt32LE(4);
}

/** The header of a file, from its whole first frame. Throws `BrokenBackup`, also for a format that is newer than this code. */
export function decodeHeader(frame: Buffer): BackupHeader {
  const header = backupHeaderSchema.safeParse(parseJson(frame.subarray(frameHead).toString()));
  if (!header.success) throw new BrokenBackup('This file is no backup of Baton, or its beginning was altered.');
  if (header.data.format > backupFormat)
    throw new BrokenBackup('This backup was written by a newer version of Baton: restore it with that one.');
  return header.data;
}

/** The SHA-256 that the last frame holds. Throws `BrokenBackup` when the file does not end as it should: it was cut off. */
export function decodeSeal(frame: Buffer): Buffer {
  const isSeal =
    frame.length === sealLength &&
    frame.readUInt32LE(0) === frameMagic &&
    frame.readUInt32LE(4) === sealLength - frameHead &&
    frame.subarray(frameHead, frameHead + endMark.length).equals(endMark);
  if (!isSeal) throw new BrokenBackup('This backup does not end as one should: it was cut off. Nothing was restored.');
  return frame.subarray(frameHead + endMark.length);
}

function encodeFrame(payload: Buffer): Buffer {
  const head = Buffer.alloc(frameHead);
  head.writeUInt32LE(frameMagic, 0);
  head.writeUInt32LE(payload.length, 4);
  return Buffer.concat([head, payload]);
}

/** Undefined for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
