import type { SiteId } from '#contract/sighting.ts';

/**
 * The page scripts that read: one for each site that has its own code, and `rule` for all that are read as data. So a page carries no reader but its own.
 * Each is an entrypoint `reader-<name>.content.ts`.
 */
export const readerScripts = ['gmail', 'linkedin', 'salesforce', 'hubspot', 'outlook', 'dynamics', 'rule'] as const;
export type ReaderScript = (typeof readerScripts)[number];

/** The script that reads a site. */
export function readerScriptOf(site: SiteId): ReaderScript {
  return readerScripts.find((script) => script === site) ?? 'rule';
}
