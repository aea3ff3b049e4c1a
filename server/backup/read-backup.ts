import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createZstdDecompress } from 'node:zlib';
import { Refusal } from '../refusal.ts';
import {
  type BackupHeader,
  BrokenBackup,
  bodyEndSchema,
  decodeHeader,
  decodeSeal,
  parseJson,
  readFrameLength,
  type SectionFoot,
  type SectionHead,
  sealLength,
  sectionFootSchema,
  sectionHeadSchema,
} from './format.ts';
import { createBodyReader } from './read-lines.ts';

/** A section on its way out of the file. `readFoot` is for after the rows were read to their end; it throws `BrokenBackup` when they are not what was written. */
export interface BackupSection extends SectionHead {
  rows: AsyncGenerator<Buffer>;
  readFoot(): Promise<SectionFoot>;
}

/** A backup whose seal was found whole. */
export interface CheckedBackup {
  path: string;
  header: BackupHeader;
  bytes: number;
  rows: number;
}

const longestHeader = 64 * 1024 * 1024;

/**
 * Reads the whole file once and holds it against its seal, its sections' sums and its counts. Nothing may be restored before that.
 * Throws `BrokenBackup` for a file that was cut off, altered, or is none; a `Refusal` where there is none to read.
 */
export async function checkBackup(
  path: string,
  onProgress: (part: number) => void = () => undefined,
): Promise<CheckedBackup> {
  const { header, bodyAt, bytes, seal } = await readFrames(path);
  const hash = createHash('sha256');
  let hashed = 0;
  for await (const chunk of createReadStream(path, { end: bytes - sealLength - 1, highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Buffer);
    hashed += (chunk as Buffer).length;
    onProgress(hashed / bytes / 2);
  }
  if (!hash.digest().equals(seal))
    throw new BrokenBackup(`The backup ${path} was altered or damaged: its checksum is wrong. Nothing was restored.`);
  let rows = 0;
  for await (const section of readSections({ path, bodyAt, bytes }, (part) => onProgress(0.5 + part / 2))) {
    for await (const _ of section.rows);
    rows += (await section.readFoot()).rows;
  }
  return { path, header, bytes, rows };
}

/** The sections of a file, in order. Each must be read to its end, foot included, before the next. */
export async function* readBackup(
  { path }: CheckedBackup,
  onProgress?: (part: number) => void,
): AsyncGenerator<BackupSection> {
  const { bodyAt, bytes } = await readFrames(path);
  yield* readSections({ path, bodyAt, bytes }, onProgress);
}

interface Frames {
  header: BackupHeader;
  bodyAt: number;
  bytes: number;
  seal: Buffer;
}

async function readFrames(path: string): Promise<Frames> {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    const why =
      cause.code === 'ENOENT' ? `There is no file ${path}.` : `The backup ${path} cannot be read (${cause.code}).`;
    throw new Refusal(`${why} Nothing was restored.`, { cause });
  });
  try {
    const { size } = await file.stat();
    const length = readFrameLength(await readAt(file, 0, 8));
    if (length > longestHeader || size < length + sealLength)
      throw new BrokenBackup('This backup does not end as one should: it was cut off. Nothing was restored.');
    const header = decodeHeader(await readAt(file, 0, length));
    return { header, bodyAt: length, bytes: size, seal: decodeSeal(await readAt(file, size - sealLength, sealLength)) };
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

async function* readSections(
  { path, bodyAt, bytes }: { path: string; bodyAt: number; bytes: number },
  onProgress: (part: number) => void = () => undefined,
): AsyncGenerator<BackupSection> {
  const packed = createReadStream(path, { start: bodyAt, end: bytes - sealLength - 1, highWaterMark: 256 * 1024 });
  packed.on('data', () => onProgress(packed.bytesRead / bytes));
  const unpacked = packed.pipe(createZstdDecompress());
  packed.once('error', (error) => unpacked.destroy(error));
  try {
    const reader = createBodyReader(unpacked);
    const total = { sections: 0, rows: 0 };
    for (;;) {
      const line = parseJson((await reader.readLine()) ?? '');
      const end = bodyEndSchema.safeParse(line);
      if (end.success) {
        if (end.data.sections !== total.sections || end.data.rows !== total.rows) throw unlike();
        return;
      }
      const head = sectionHeadSchema.safeParse(line);
      if (!head.success) throw unlike();
      total.sections += 1;
      const hash = createHash('sha256');
      const readFoot = async (): Promise<SectionFoot> => {
        const foot = sectionFootSchema.safeParse(parseJson((await reader.readLine()) ?? ''));
        if (!foot.success || foot.data.sha256 !== hash.digest('hex')) throw unlike();
        total.rows += foot.data.rows;
        return foot.data;
      };
      yield { ...head.data, rows: noteRows(reader.readRows(), (rows) => hash.update(rows)), readFoot };
    }
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

async function* noteRows(rows: AsyncGenerator<Buffer>, note: (rows: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const piece of rows) {
    note(piece);
    yield piece;
  }
}

function unlike(): BrokenBackup {
  return new BrokenBackup('This backup does not hold what it says it holds. Nothing was restored.');
}
