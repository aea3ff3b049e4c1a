import { createHash } from 'node:crypto';
import { write } from 'node:fs';
import { promisify } from 'node:util';
import type { Section } from '#contract/packed.ts';

const writeSome = promisify(write);

/** Writes all of the bytes at that place of an open file. */
export async function writeAt(file: number, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await writeSome(file, bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

/** Writes sections one behind the other from the beginning of an open file. */
export interface SectionWriter {
  /** `at` counts from this file's beginning. */
  add(bytes: Uint8Array): Promise<Section>;
  addAll(sections: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Section[]>;
  length(): number;
}

/** Makes a writer of sections into the file of that descriptor, which must be empty. */
export function createSectionWriter(file: number): SectionWriter {
  let end = 0;
  const add = async (bytes: Uint8Array): Promise<Section> => {
    const section = { at: end, bytes: bytes.length, hash: createHash('sha256').update(bytes).digest('base64url') };
    await writeAt(file, bytes, end);
    end += bytes.length;
    return section;
  };
  return {
    add,
    async addAll(sections) {
      const added: Section[] = [];
      for await (const bytes of sections) added.push(await add(bytes));
      return added;
    },
    length: () => end,
  };
}
