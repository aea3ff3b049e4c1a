import type { PersonMatch } from '#contract/card.ts';
import type { IconName } from '../ui/icon-paths.ts';

/** The icon of each way a match can be sure. */
export const matchIcons: Record<PersonMatch['sureness'], IconName> = {
  exact: 'checked',
  untagged: 'unknown',
  chosen: 'person',
  domain: 'globe',
  several: 'unknown',
  none: 'unknown',
};
