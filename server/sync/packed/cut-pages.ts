import type { BundleSize } from '../../store/bundle.ts';

/** What is read at once: enough that its queries' fixed price is small, little enough that its people's touches fit in memory however many they have. */
const peopleAPage = 500;
const bundlesAPage = 250;

/** Cuts bundles into pages that are read at once, in order; one with more people than a page is a page of its own. Pure. */
export function cutPages(sizes: readonly BundleSize[]): string[][] {
  const pages: string[][] = [];
  let page: string[] = [];
  let people = 0;
  for (const { id, contacts } of sizes) {
    if (page.length > 0 && (page.length === bundlesAPage || people + contacts > peopleAPage)) {
      pages.push(page);
      page = [];
      people = 0;
    }
    page.push(id);
    people += contacts;
  }
  if (page.length > 0) pages.push(page);
  return pages;
}

/** Reads page after page, the next one while the last is being worked on. */
export async function* readAhead<T>(
  pages: readonly string[][],
  read: (ids: string[]) => Promise<T>,
): AsyncGenerator<T> {
  const begin = (page: string[] | undefined): Promise<T> | null => {
    const reading = page === undefined ? null : read(page);
    // Whoever stops in between does not wait for it; its failure is told when it is waited for.
    reading?.catch(() => undefined);
    return reading;
  };
  let next = begin(pages[0]);
  for (let at = 1; next !== null; at++) {
    const read = await next;
    next = begin(pages[at]);
    yield read;
  }
}
