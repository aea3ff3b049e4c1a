import type { SiteReader } from './reader.ts';

/**
 * The reader of a system that companies run on hosts of their own, so that no host tells it. `isRecord`: whether an address has the shape of one of its records'.
 * `marks`: selectors of what its own pages have and a stranger's do not; one is enough.
 */
export interface SystemReader extends SiteReader {
  isRecord(url: URL): boolean;
  marks: readonly string[];
}
