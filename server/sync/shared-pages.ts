import type { Cursor } from '#contract/feed.ts';
import { nameHeld } from '../store/territory.ts';
import type { Page, PageRequest } from './page.ts';

/** Pages of changes that many devices ask for after the same poke, each read once. */
export interface SharedPages {
  /**
   * The page for this request, by `read` where nobody has it yet. `head`: the feed's newest place, read by the asker before: a page that was begun by somebody who
   * saw an older one could lack what this asker was poked for. Rejects as `read` does.
   */
  share(request: PageRequest, head: Cursor, read: () => Promise<Page | null>): Promise<Page | null>;
}

/** So long the last of those who were poked together may take, in milliseconds. A page is never wrong for being kept, only of no use. */
const keptMs = 3000;
/** A page can be some megabytes; beyond so many the oldest is forgotten, and only read once more. */
const mostKept = 32;

/** Opens them for a node. `ms`: how long a page is kept. */
export function createSharedPages(ms: number = keptMs): SharedPages {
  const kept = new Map<string, Promise<Page | null>>();

  function keep(name: string, page: Promise<Page | null>): void {
    kept.set(name, page);
    const drop = () => void (kept.get(name) === page && kept.delete(name));
    setTimeout(drop, ms).unref();
    page.catch(drop);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
  }

  return {
    share(request, head, read) {
      const name = nameOf(request, head);
      const begun = kept.get(name);
      // Whose transaction broke has failed for itself alone.
      if (begun) return begun.catch(read);
      const page = read();
      keep(name, page);
      return page;
    },
  };
}

/** All that a page depends on. Accounts under other territories, keys under another id and other workspaces are other pages. */
function nameOf({ workspaceId, after, key, territories, scoresItself }: PageRequest, head: Cursor): string {
  return [workspaceId, after, head, key.keyId, scoresItself, nameHeld(territories)].join(' ');
}
