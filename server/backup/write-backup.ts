import { createHash } from 'node:crypto';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import type { Dump } from '../db/dump.ts';
import { backupFormat, encodeHeader, encodeSeal, rowsEnd } from './format.ts';

/** How much was written. */
export interface BackupSize {
  bytes: number;
  rows: number;
}

/** Where a backup is: in which table, and how many bytes of rows were read so far. */
export type OnProgress = (table: string, bytes: number) => void;

/** Writes a dump as a backup, in bounded memory, and ends `sink`. */
export async function writeBackup(dump: Dump, sink: Writable, onProgress: OnProgress): Promise<BackupSize> {
  const size: BackupSize = { bytes: 0, rows: 0 };
  const { schema, postgres, takenAt, workspaces } = dump;
  const header = encodeHeader({
    baton: 'backup',
    format: backupFormat,
    schema,
    postgres,
    takenAt: takenAt.toISOString(),
    workspaces,
    tables: dump.tables.map(({ name, columns }) => ({ name, columns })),
  });
  const compress = createZstdCompress({
    params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
  });
  await pipeline(
    Readable.from(writeBody(dump, size, onProgress), { objectMode: false }),
    compress,
    async function* seal(packed: AsyncIterable<Buffer>) {
      const hash = createHash('sha256');
      const note = (bytes: Buffer): Buffer => {
        hash.update(bytes);
        size.bytes += bytes.length;
        return bytes;
      };
      yield note(header);
      for await (const chunk of packed) yield note(chunk);
      const end = encodeSeal(hash.digest());
      size.bytes += end.length;
      yield end;
    },
    sink,
  );
  return size;
}

async function* writeBody(dump: Dump, size: BackupSize, onProgress: OnProgress): AsyncGenerator<Buffer> {
  let sections = 0;
  let bytes = 0;
  for await (const { table, workspace, rows, count } of dump.sections) {
    sections += 1;
    yield asLine({ table, workspace });
    const hash = createHash('sha256');
    for await (const chunk of rows) {
      hash.update(chunk);
      bytes += chunk.length;
      onProgress(table, bytes);
      yield chunk;
    }
    yield rowsEnd;
    yield asLine({ rows: count(), sha256: hash.digest('hex') });
    size.rows += count();
  }
  yield asLine({ end: true, sections, rows: size.rows });
}

function asLine(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
