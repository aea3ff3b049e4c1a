import { createHash } from 'node:crypto';
import { read } from 'node:fs';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { Cursor } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { PackedHead, Packing } from '#contract/packed.ts';
import type { Schema } from '../../db/schema.ts';
import { inFrozenWorkspace } from '../../db/scope.ts';
import { listBundleSizes } from '../../store/bundle.ts';
import { readWorkspaceFacts } from '../../store/facts.ts';
import { readFeedHead } from '../../store/feed.ts';
import { readTalkingPoints } from '../../store/talking-point.ts';
import { nameHeld, type Territories } from '../../store/territory.ts';
import { readWorkspace } from '../../store/workspace.ts';
import { createCursor } from '../cursor.ts';
import { createIndexBuilder, type IndexBuilder } from './index-builder.ts';
import { layOutHead } from './lay-out.ts';
import { type Block, packBlocks, packFaces } from './pack-bundles.ts';
import { createSectionWriter, type SectionWriter, writeAt } from './section-writer.ts';

const compress = promisify(gzip);
const readSome = promisify(read);

const copyAtOnce = 1024 * 1024;

/** Which snapshot is to be packed. `mostContacts`: above so many it holds no bundles. */
export interface PackOrder {
  workspaceId: WorkspaceId;
  territories: Territories;
  keyId: string;
  mostContacts: number;
}

/** The descriptors of two empty files: what is written on the way goes into `way`, `whole` gets the snapshot. */
export interface PackFiles {
  way: number;
  whole: number;
}

/** What was packed. `etag`: a strong one, with its quotation marks. */
export interface Packed {
  cursor: Cursor;
  etag: string;
  bytes: number;
}

/** The workspace hashes with another key by now than the one that was asked for. */
export class KeyIsGone extends Error {
  override name = 'KeyIsGone';
}

/**
 * Packs everything that is held under these territories, as it stands at one moment, into `files.whole`, in the contract's form; `onProgress` hears how many bundles
 * are in. The database is read page by page in one frozen transaction, and let go before the index is packed. Throws `KeyIsGone`, what `signal` was aborted with, and what reading and writing throw.
 */
export async function writePacked(
  db: Kysely<Schema>,
  order: PackOrder,
  files: PackFiles,
  { now, signal, onProgress }: { now: () => Date; signal: AbortSignal; onProgress: (progress: Packing) => void },
): Promise<Packed> {
  const { workspaceId, territories } = order;
  const index = createIndexBuilder();
  const way = createSectionWriter(files.way);
  const read = await inFrozenWorkspace(db, workspaceId, async (scope) => {
    const storeTime = now();
    const workspace = await readWorkspace(scope, workspaceId);
    if (workspace?.hashKeyId !== order.keyId) throw new KeyIsGone('The workspace hashes with another key by now.');
    const sizes = await listBundleSizes(scope, workspaceId, territories);
    const contacts = sizes.reduce((sum, each) => sum + each.contacts, 0);
    const note = (packed: number) => {
      signal.throwIfAborted();
      onProgress({ packed, of: sizes.length });
    };
    const pack = contacts > order.mostContacts ? packFaces : packBlocks;
    const blocks = await pack({ scope, workspaceId, sizes, index, way, now: storeTime, note });
    const points = await readTalkingPoints(scope, workspaceId, null, territories, storeTime);
    const head: Omit<PackedHead, 'sections'> = {
      format: 1,
      cursor: createCursor(await readFeedHead(scope, workspaceId)),
      keyId: order.keyId,
      scope: nameHeld(territories),
      storeTime: storeTime.toISOString(),
      bundles: sizes.length,
      contacts,
      workspace: await readWorkspaceFacts(scope, workspaceId),
    };
    return { head, blocks, points };
  });
  const points = await compress(JSON.stringify(read.points));
  return assemble(read.head, { blocks: read.blocks, index, points }, files, way);
}

/** Puts the file together: the head, then all else as it was written on the way, the blocks last. */
async function assemble(
  head: Omit<PackedHead, 'sections'>,
  parts: { blocks: Block[]; index: IndexBuilder; points: Uint8Array },
  files: PackFiles,
  way: SectionWriter,
): Promise<Packed> {
  const blocks = way.length();
  const sections = {
    keys: await way.addAll(parts.index.packKeys()),
    ids: await way.addAll(parts.index.packIds()),
    words: await way.addAll(parts.index.packWords()),
    tables: await way.addAll(parts.index.packTables()),
    talkingPoints: await way.add(parts.points),
    blocks: parts.blocks,
  };
  const rest = way.length() - blocks;
  const beginning = layOutHead({ ...head, sections }, { blocks, rest });
  await writeAt(files.whole, beginning, 0);
  await copyBytes(files, { from: blocks, to: beginning.length, bytes: rest });
  await copyBytes(files, { from: 0, to: beginning.length + rest, bytes: blocks });
  // The head names the hash of every section: its own stands for the whole file.
  const etag = `"${createHash('sha256').update(beginning).digest('base64url')}"`;
  return { cursor: head.cursor, etag, bytes: beginning.length + rest + blocks };
}

/** Copies a stretch from the one file to the other. */
async function copyBytes(files: PackFiles, stretch: { from: number; to: number; bytes: number }): Promise<void> {
  const buffer = Buffer.alloc(Math.min(copyAtOnce, stretch.bytes));
  for (let done = 0; done < stretch.bytes; ) {
    const { bytesRead } = await readSome(
      files.way,
      buffer,
      0,
      Math.min(buffer.length, stretch.bytes - done),
      stretch.from + done,
    );
    if (bytesRead === 0) throw new Error('A snapshot is shorter than what was written of it.');
    await writeAt(files.whole, buffer.subarray(0, bytesRead), stretch.to + done);
    done += bytesRead;
  }
}
