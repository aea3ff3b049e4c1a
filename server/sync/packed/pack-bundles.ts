import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Bundle } from '#contract/bundle.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { PackedHead } from '#contract/packed.ts';
import type { Scope } from '../../db/scope.ts';
import { type BundleSize, readBundles } from '../../store/bundle.ts';
import { readFaces } from '../../store/face.ts';
import { cutPages, readAhead } from './cut-pages.ts';
import { faceOf } from './face.ts';
import type { IndexBuilder } from './index-builder.ts';
import type { SectionWriter } from './section-writer.ts';

const compress = promisify(gzip);

/** A block holds so many bundles, or as many as make so much JSON (in UTF-16 units): a device reads a whole one to show a card. */
const bundlesABlock = 64;
const blockLength = 256 * 1024;
const gzipLevel = 4;

/** A block of bundles as it was written. */
export type Block = PackedHead['sections']['blocks'][number];

/** Bundles that are to be packed in this order. `note` hears how many are in, and may throw to stop. */
export interface Packable {
  scope: Scope;
  workspaceId: WorkspaceId;
  sizes: readonly BundleSize[];
  index: IndexBuilder;
  way: SectionWriter;
  now: Date;
  note: (packed: number) => void;
}

/** Enters the bundles into the index alone. */
export async function packFaces({ scope, workspaceId, sizes, index, note }: Packable): Promise<Block[]> {
  let packed = 0;
  for await (const faces of readAhead(cutPages(sizes), (ids) => readFaces(scope, workspaceId, ids))) {
    for (const face of faces) index.add(face);
    packed += faces.length;
    note(packed);
  }
  return [];
}

/** Enters the bundles into the index and writes them in blocks. */
export async function packBlocks({ scope, workspaceId, sizes, index, way, now, note }: Packable): Promise<Block[]> {
  const written: Block[] = [];
  let first = 0;
  let block: string[] = [];
  let length = 0;
  const close = async () => {
    if (block.length === 0) return;
    const bytes = await compress(`[${block.join(',')}]`, { level: gzipLevel });
    written.push({ ...(await way.add(bytes)), first });
    first += block.length;
    block = [];
    length = 0;
  };
  const add = async (bundle: Bundle) => {
    const text = JSON.stringify(bundle);
    if (length + text.length > blockLength) await close();
    index.add(faceOf(bundle));
    block.push(text);
    length += text.length;
    if (block.length === bundlesABlock) await close();
  };
  for await (const bundles of readAhead(cutPages(sizes), (ids) => readBundles(scope, workspaceId, ids, now))) {
    for (const bundle of bundles) await add(bundle);
    note(first + block.length);
  }
  await close();
  return written;
}
