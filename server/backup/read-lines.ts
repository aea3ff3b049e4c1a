import { BrokenBackup, rowsEnd } from './format.ts';

/** Takes a backup's unpacked body apart: lines of JSON and, between them, rows. */
export interface BodyReader {
  /** The next line without its end; null when nothing is left. */
  readLine(): Promise<string | null>;
  /** The rows up to the line that ends them, in pieces as they come. Must be read to the end before anything else is. */
  readRows(): AsyncGenerator<Buffer>;
}

const rowsEndInside = Buffer.concat([Buffer.from('\n'), rowsEnd]);
/** No line of JSON of ours is longer. */
const longestLine = 1024 * 1024;

/** Reads from pieces of any size, holding no more than the last of them. */
export function createBodyReader(source: AsyncIterable<Buffer>): BodyReader {
  const pieces = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function fetchMore(): Promise<boolean> {
    const { done, value } = await pieces.next();
    if (done) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    return true;
  }

  return {
    async readLine() {
      for (;;) {
        const at = rest.indexOf(10);
        if (at >= 0) {
          const line = rest.subarray(0, at).toString();
          rest = rest.subarray(at + 1);
          return line;
        }
        if (rest.length > longestLine)
          throw new BrokenBackup('A line of this backup makes no sense. Nothing was restored.');
        if (!(await fetchMore())) {
          if (rest.length === 0) return null;
          throw new BrokenBackup('This backup ends in the middle of a line. Nothing was restored.');
        }
      }
    },

    async *readRows() {
      while (rest.length < rowsEnd.length) if (!(await fetchMore())) throw endless();
      if (rest.subarray(0, rowsEnd.length).equals(rowsEnd)) {
        rest = rest.subarray(rowsEnd.length);
        return;
      }
      for (;;) {
        const at = rest.indexOf(rowsEndInside);
        if (at >= 0) {
          const last = rest.subarray(0, at + 1);
          rest = rest.subarray(at + rowsEndInside.length);
          yield last;
          return;
        }
        // The end may be cut by the piece's: what could be its beginning stays.
        const sure = rest.length - rowsEndInside.length + 1;
        if (sure > 0) {
          const piece = rest.subarray(0, sure);
          rest = rest.subarray(sure);
          yield piece;
        }
        if (!(await fetchMore())) throw endless();
      }
    },
  };
}

function endless(): BrokenBackup {
  return new BrokenBackup('This backup ends in the middle of a table. Nothing was restored.');
}
