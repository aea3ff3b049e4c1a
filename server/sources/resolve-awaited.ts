import type { Draft } from './draft.ts';
import { sourceIdentity } from './event-identity.ts';
import { RowFault } from './fault.ts';
import { describeActivity } from './formats/marketo-activity-kinds.ts';
import type { RowRecord } from './record.ts';
import { erasedReason } from './resolve-contact.ts';
import { type Known, readIdentifierMark } from './resolve-known.ts';

/** The mark of an activity type: `type:marketo:100001`. */
export function typeMark(source: string, externalId: string): string {
  return `type:${source}:${externalId}`;
}

/** The numbers of activity types that rows speak of: what must be looked up before they can be resolved. */
export function listTypeIds(rows: readonly RowRecord[]): string[] {
  const ids = new Set<string>();
  for (const { touches } of rows) for (const { typeId } of touches) if (typeId) ids.add(typeId);
  return [...ids];
}

function isMarkKnown(known: Known, mark: string, source: string): boolean {
  const identifier = readIdentifierMark(mark);
  if (identifier !== null) return known.identifiers.has(identifier.kind, identifier.value);
  const prefix = typeMark(source, '');
  return mark.startsWith(prefix) && known.activityTypes.has(mark.slice(prefix.length));
}

/** What tells a row apart within its source: the id of its event or deal, else all that it says. */
function identify(record: RowRecord): string {
  if (record.opportunity) return record.opportunity.externalId;
  return sourceIdentity(record.touches[0]?.externalId ?? null, JSON.stringify({ ...record, line: 0 }));
}

/** Whether only a table of activity types can say what the row's touches are. */
function isTyped({ touches }: RowRecord): boolean {
  for (const { typeId } of touches) if (typeId) return true;
  return false;
}

/**
 * The row with all that it waited for filled in; null when something is still missing and the row was set aside. Notes the activity type that the row names.
 * Throws a `RowFault` as describing an activity does.
 */
export function resolveAwaited(known: Known, draft: Draft, record: RowRecord, source: string): RowRecord | null {
  if (record.activityType) {
    known.activityTypes.set(record.activityType.externalId, record.activityType.name);
    draft.activityTypes.set(record.activityType.externalId, record.activityType);
  }
  const missing = record.awaits?.find((mark) => !isMarkKnown(known, mark, source));
  const gone = missing === undefined ? null : readIdentifierMark(missing);
  if (gone !== null && known.erased.has(gone.kind, gone.value)) throw new RowFault(null, erasedReason);
  if (missing !== undefined) {
    draft.waiting.push({ externalId: identify(record), awaits: missing, record });
    return null;
  }
  if (!isTyped(record)) return record;
  const touches = record.touches.map((touch) => {
    const name = touch.typeId ? known.activityTypes.get(touch.typeId) : undefined;
    return name === undefined ? touch : { ...touch, ...describeActivity(name, touch.detail) };
  });
  return { ...record, touches };
}
