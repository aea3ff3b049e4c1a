import type { SiteId } from '#contract/sighting.ts';
import type { SiteRule } from '#contract/site-rule.ts';
import { type Reading, readSafely } from '../utils/sites/reader.ts';
import { readPage } from '../utils/sites/registry.ts';
import { createRuleReader } from '../utils/sites/rules/create-rule-reader.ts';

/** A rule to read pages by, and the site that it is for. */
export interface NamedRule {
  site: SiteId;
  rule: SiteRule;
}

/** Runs in the page: what the site readers see there; with a rule, what that rule alone sees, on whatever host. `address`: what the page appears under. */
export function recognisePage(named: NamedRule | null, address = location.href): Reading {
  const url = new URL(address);
  if (named === null) return readPage(document, url);
  return readSafely(createRuleReader({ id: named.site, hosts: [] }, named.rule), document, url);
}
