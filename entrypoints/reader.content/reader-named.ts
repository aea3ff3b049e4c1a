import type { MessageAnswer } from '#contract/message.ts';
import type { SiteReader } from '../../utils/sites/reader.ts';
import { readerOf } from '../../utils/sites/registry.ts';
import { createRuleReader } from '../../utils/sites/rules/create-rule-reader.ts';

/** The reader of a site that the background names, on a host that an admin did: by the admin's rule, else Baton's own for that system. Null: this version has none. */
export function readerNamed(
  { site, rule }: NonNullable<MessageAnswer<'getPageSite'>>,
  host: string,
): SiteReader | null {
  return rule === null ? readerOf(site) : createRuleReader({ id: site, hosts: [`https://${host}/*`] }, rule);
}
