/** What devices are told of an import's changed bundles. */
export interface News {
  /** All that changed so far, as far as they may be listed at all. */
  changed: ReadonlySet<string>;
  /** Those of them that no feed entry names yet. */
  owed: ReadonlySet<string>;
  /** When bundles were last named, in milliseconds. */
  toldAt: number;
  /** Everybody is told to fetch again when the import ends: more changed than is listed, or what was owed went with another process. */
  isRefetch: boolean;
}

/** Above so many changed bundles one "fetch again" is cheaper for everybody than their list. */
const mostAnnounced = 10_000;
/** Batches that follow each other quickly change much the same bundles: to name them with each would cost PostgreSQL and devices more than the rows. */
const tellEveryMs = 3000;

export const nothing: ReadonlySet<string> = new Set();
/** Mostly the same bundles change again. */
const union = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...other].every((each) => one.has(each)) ? one : new Set([...one, ...other]);

/** Nothing changed yet. `isRefetch`: something did that nobody can list any more. */
export function beginNews(isRefetch: boolean): News {
  return { changed: nothing, owed: nothing, toldAt: 0, isRefetch };
}

/** Whether devices would miss something if this were all. */
export function owesSomething({ isRefetch, owed }: News): boolean {
  return isRefetch || owed.size > 0;
}

/** With what a batch changed. `due`: the bundles that its feed entry is to name; those of an import's first batch are named at once. */
export function addNews(
  before: News,
  more: ReadonlySet<string>,
  now: number,
): { news: News; due: ReadonlySet<string> } {
  if (before.isRefetch) return { news: before, due: nothing };
  const changed = union(before.changed, more);
  const owed = union(before.owed, more);
  if (changed.size > mostAnnounced) return { news: beginNews(true), due: nothing };
  if (owed.size === 0 || now - before.toldAt < tellEveryMs) return { news: { ...before, changed, owed }, due: nothing };
  return { news: { changed, owed: nothing, toldAt: now, isRefetch: false }, due: owed };
}
