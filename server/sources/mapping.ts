import { hash } from 'node:crypto';
import type { ImportMapping, MappingField, MappingSubject } from '#contract/mapping.ts';
import type { Origin } from './columns.ts';
import { foldName } from './columns.ts';
import { accountsFormat } from './formats/accounts.ts';
import { contactsFormat } from './formats/contacts.ts';
import type { Format } from './formats/format.ts';
import { insightsFormat } from './formats/insights.ts';
import { opportunitiesFormat } from './formats/opportunities.ts';
import { openTouches, plannedTouchesFormat, readOwnKind, touchesFormat } from './formats/touches.ts';

/** Nobody can correct another tool's words for what happened: they are kept. */
const plain: Readonly<Record<MappingSubject, Pick<Format, 'subjects' | 'open'>>> = {
  accounts: accountsFormat,
  contacts: contactsFormat,
  touches: { ...touchesFormat, open: (columns) => openTouches(columns, false, readOwnKind) },
  planned_touches: { ...plannedTouchesFormat, open: (columns) => openTouches(columns, true, readOwnKind) },
  opportunities: opportunitiesFormat,
  insights: insightsFormat,
};

/** Fields that make an event or a deal this one and not another. */
const telling: readonly MappingField[] = [
  'event_id',
  'opportunity_id',
  'opportunity_name',
  'at',
  'planned_for',
  'email',
];

/** The same of what somebody said. A list of its own: another one would make every kept mapping another source. */
const tellingWords: readonly MappingField[] = ['insight_id', 'insight_text', 'quote', 'email'];

/** Two tools may number their events alike: ids are the same only under the same columns. A mapping that gets further fields stays the same source. */
function sourceOf({ subject, columns }: ImportMapping): string {
  const marks = (subject === 'insights' ? tellingWords : telling).map((field) =>
    foldName(columns.find((each) => each.field === field)?.column ?? ''),
  );
  return `mapped:${hash('sha256', [subject, ...marks].join('\n'), 'base64url').slice(0, 12)}`;
}

/** Reads any table as one of the plain ones: its columns under their names, the mapping's constants in every row. What is at fault is named by the file's own header. */
export function createMappedFormat(mapping: ImportMapping): Format {
  const { subjects, open } = plain[mapping.subject];
  return {
    id: 'mapped',
    label: 'a mapped table',
    knownBy: 'its mapping',
    source: sourceOf(mapping),
    subjects,
    recognise: () => false,
    open: (columns) => {
      const origins = new Map<string, Origin>();
      for (const { column, field } of mapping.columns) {
        const origin = columns.find([column]);
        if (origin !== null) origins.set(field, origin);
      }
      for (const { field, value } of mapping.constants)
        origins.set(field, { column: field, place: null, constant: value });
      return open(columns.rename(origins));
    },
  };
}
