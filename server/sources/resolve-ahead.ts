import type { Applying } from './commit-batch.ts';
import { createDraft, type Draft } from './draft.ts';
import type { RowRecord } from './record.ts';
import type { Known } from './resolve-known.ts';
import { resolveRows } from './resolve-rows.ts';

/** Whether a row only adds touches to somebody whom the import has settled, in a campaign that it knows. */
function isPlain({ people, campaigns }: Applying, record: RowRecord): boolean {
  const { contact, account, campaign, awaits } = record;
  if (contact === null || account?.isOwn || record.planned || record.opportunity || record.activityType) return false;
  if (awaits && awaits.length > 0) return false;
  if (campaign !== null && !campaigns.has(campaign)) return false;
  return people.find(contact, account) !== null && record.touches.every((touch) => !touch.typeId);
}

/**
 * What a batch's rows mean, where nothing has to be looked up for that: they all only add touches to people whom earlier batches have settled.
 * Null: some say more. A draft that was resolved ahead makes and changes nobody.
 */
export function resolveAhead(applying: Applying, records: readonly RowRecord[]): Draft | null {
  if (applying.isDry || !records.every((record) => isPlain(applying, record))) return null;
  const known: Known = {
    people: applying.people,
    identifiers: new Map(),
    accounts: new Map(),
    contacts: new Map(),
    accountsByName: new Map(),
    campaigns: [],
    erased: new Set(),
    activityTypes: new Map(),
  };
  return resolveRows(known, records, applying.format, { ...createDraft(), campaigns: new Map(applying.campaigns) });
}

/** Whether two such drafts tell of the same event: then the second has to wait until the first is in. */
export function haveCommonTouch(left: Draft, right: Draft): boolean {
  const those = new Set(left.touches.externalIds);
  return right.touches.externalIds.some((each) => those.has(each));
}

/** Whether a draft rests on what others changed. `changed`: bundles; null stands for more than can be listed. */
export function isOvertaken({ eventful }: Draft, changed: readonly string[] | null): boolean {
  if (changed === null) return true;
  if (changed.length === 0) return false;
  const bundles = new Set(changed);
  return [...eventful.values()].some((each) => 'bundle' in each && bundles.has(each.bundle));
}
