/**
 * Stands in for WXT's context of a content script, by an alias in `wxt.config.ts`.
 * WXT's own announces each start by a document event and a window message that carry the extension's id: every page could read them.
 * What it is for (a newer script stops an older one) is done here without a word to the page: see `takeChannel` and `removeLeftovers`.
 */
export class ContentScriptContext {}
