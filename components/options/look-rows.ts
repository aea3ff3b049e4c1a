import type { NotedLook } from '#contract/look.ts';

/** A site's looks, newest first, and which signals its last look lacks that earlier looks at the same kind of page had. */
export interface SiteLooks {
  site: NotedLook['site'];
  looks: NotedLook[];
  missing: string[];
}

/** Groups looks (newest first) by site, the site looked at last first. */
export function groupLooks(looks: readonly NotedLook[]): SiteLooks[] {
  return [...Map.groupBy(looks, ({ site }) => site)].map(([site, mine]) => {
    const [last] = mine;
    const alike = mine.filter(({ view }) => last !== undefined && (view === last.view || !last.isReadable));
    const ever = new Set(alike.flatMap(({ signals }) => signals));
    return { site, looks: mine, missing: [...ever].filter((signal) => !last?.signals.includes(signal)) };
  });
}
