import { z } from 'zod';
import { ownAskSchema } from './ask.ts';
import { bundleSchema, ownOutcomeSchema, ownVerdictSchema, workspaceFactsSchema } from './bundle.ts';
import { cursorSchema, deviceProgressSchema } from './feed.ts';
import { ownHandOverSchema } from './hand-over.ts';
import { contactIdSchema, instantSchema } from './ids.ts';
import { kept } from './kept.ts';
import { receiptSchema } from './receipt.ts';

/** How many shards an index is cut into: by the first byte of what is looked up. */
export const indexShards = 256;
/** How many shards the index of words is cut into: by the first letter. */
export const wordShards = 64;
/** A workspace of which a member holds more people than that is not held whole, unless the store was told another number. */
export const mostPackedContacts = 100_000;
/** Bundles are numbered from 0 in the order of the file; their ids stand in tables of so many. */
export const idsATable = 4096;

/**
 * Where a section lies: its first byte, counted from the file's beginning, its length, and the SHA-256 of its bytes as they lie there (base64url).
 * Empty sections (`bytes` 0) are listed like any other.
 */
export const sectionSchema = z.object({
  at: z.number().int().min(0),
  bytes: z.number().int().min(0),
  hash: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type Section = z.infer<typeof sectionSchema>;

const keyIdSchema = z.string().regex(/^[a-z0-9]{1,16}$/);

/**
 * What a packed snapshot says of itself, first thing. `keyId`: the hash key of all its keys. `scope`: whose accounts it holds, opaque to the device.
 * `bundles`, `contacts`: how many there are. Sections lie in the order of this list, without gaps:
 *
 * - `keys`: `indexShards` shards of the index from identifier keys to bundle numbers (utils/identity/packed-index.ts);
 * - `ids`: as many, from the ids of accounts and contacts to bundle numbers;
 * - `words`: `wordShards` shards from the words of names to bundle numbers, gzip;
 * - `tables`: the bundles' own ids, 16 bytes each, `idsATable` a table;
 * - `talkingPoints`: all of them, a JSON array, gzip;
 * - `blocks`: the bundles themselves, a JSON array a block, gzip; `first` is the number of its first bundle. Empty for a workspace that is too large to be
 *   held whole (`mostPackedContacts`): an account's bundle is then fetched when it is first in view.
 */
export const packedHeadSchema = kept({
  format: z.literal(1),
  cursor: cursorSchema,
  keyId: keyIdSchema,
  scope: z.string().max(100),
  storeTime: instantSchema,
  bundles: z.number().int().min(0),
  contacts: z.number().int().min(0),
  workspace: workspaceFactsSchema,
  sections: kept({
    keys: z.array(sectionSchema).length(indexShards),
    ids: z.array(sectionSchema).length(indexShards),
    words: z.array(sectionSchema).length(wordShards),
    tables: z.array(sectionSchema),
    talkingPoints: sectionSchema,
    blocks: z.array(sectionSchema.extend({ first: z.number().int().min(0) })),
  }),
});
export type PackedHead = z.infer<typeof packedHeadSchema>;

/** The query of `GET /v1/snapshot/packed`. `keyId`: the hash key that the file's keys are to be of; absent: the workspace's newest. */
export const packedQuerySchema = z.object({ keyId: keyIdSchema.optional() });

/**
 * `GET /v1/snapshot/packed` answers `application/vnd.baton.packed`: the length of the head in bytes (32 bits, little-endian), the head as JSON in UTF-8, then the
 * sections. A section's `at` counts from the file's beginning, the four bytes included. It carries a strong `ETag`, takes `Range: bytes=<from>-` with `If-Range`,
 * and is the same bytes for everybody of the same scope for as long as the store keeps it.
 * While it is still being made the answer is 202 with `Retry-After` and this.
 */
export const packingSchema = kept({ packed: z.number().int().min(0), of: z.number().int().min(0) });
export type Packing = z.infer<typeof packingSchema>;

/**
 * `GET /v1/snapshot/mine`: this member's own part, as it stands now, which may be later than the packed snapshot's cursor. Of the bundles a device may only take as
 * covered what a pull has told it since. `erasedContacts`: as in a pull, all of them.
 */
export const ownPartSchema = z.object({
  verdicts: z.array(ownVerdictSchema),
  outcomes: z.array(ownOutcomeSchema),
  erasedContacts: z.array(contactIdSchema),
  /** As in a pull; absent from a store that sends none. */
  receipts: z.array(receiptSchema).optional(),
  /** Open ones, and those answered or put aside within the last 90 days, newest first, 100 at most; absent from a store that has none. */
  asks: z.array(ownAskSchema).optional(),
  /** As in a pull; absent from a store that makes none. */
  handOvers: z.array(ownHandOverSchema).optional(),
  device: deviceProgressSchema,
});
export type OwnPart = z.infer<typeof ownPartSchema>;

/**
 * `POST /v1/bundles`: bundles of which a device knows the ids from the store and no more (a workspace too large to be held whole). Those that are not there, or
 * that this member does not hold, are left out of the answer. Order: as asked. `keyId`: the hash key of the device's copy; absent: the workspace's newest.
 */
export const bundlesRequestSchema = z.object({
  ids: z.array(z.uuid()).min(1).max(50),
  keyId: keyIdSchema.optional(),
});
export const bundlesAnswerSchema = z.object({ bundles: z.array(bundleSchema), storeTime: instantSchema });
export type BundlesAnswer = z.infer<typeof bundlesAnswerSchema>;
