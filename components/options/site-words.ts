import type { MessageAnswer } from '#contract/message.ts';
import { word } from '../../utils/platform/words.ts';

/** A site with its switch, as the background tells it. */
export type SiteRow = MessageAnswer<'getSites'>['sites'][number];

function hostName(pattern: string): string {
  return pattern.replace(/^https:\/\//, '').replace(/\/\*$/, '');
}

/** Match patterns as people write hosts. */
export function writeHosts(patterns: readonly string[]): string {
  return patterns.map(hostName).join(', ');
}

/** What Baton reads on a site: for one that an admin described, what the rule names. */
export function describeReading({ site, reads }: Pick<SiteRow, 'site' | 'reads'>): string {
  if (reads === null) {
    const key = `options_site_why_${site}`;
    const known = word(key);
    return known === key ? word('options_site_why_record') : known;
  }
  if (reads.length === 0) return word('options_site_why_own');
  return word('options_site_why_own_fields', reads.map((field) => word(`site_field_${field}`)).join(', '));
}

/** Why the switch stands as it does, or what it takes; empty when there is nothing to say. */
export function describeSwitch({ isOn, isMain, isWanted, missing, fixedBy }: SiteRow): string {
  const fixed = fixedBy === null ? '' : word(`options_fixed_by_${fixedBy}`);
  if (!isOn && (isWanted || (fixedBy === null && !isMain)) && missing.length > 0)
    return `${word('options_site_until_allowed')} ${fixed}`.trim();
  return fixed;
}

/** Whether the person can do something with the switch: where it is fixed, only what the browser does not let yet. */
export function maySwitch({ isOn, isWanted, fixedBy }: Pick<SiteRow, 'isOn' | 'isWanted' | 'fixedBy'>): boolean {
  return fixedBy === null || (isWanted && !isOn);
}
