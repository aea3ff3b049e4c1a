import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importMappingSchema, mappingFieldSchema, mappingSubjectSchema } from '#contract/mapping.ts';
import {
  fieldOf,
  fillUp,
  listFreeFields,
  type MappingDraft,
  proposeName,
  setConstant,
  setField,
  setSubject,
  toMapping,
} from './mapping-draft.ts';

const empty: MappingDraft = { subject: 'touches', columns: [], constants: [], dates: 'ymd' };

describe('a mapping while it is made', () => {
  test('fills a field once: the column chosen last has it', () => {
    const draft = setField(setField(empty, 'Mail', 'email'), 'Kontakt', 'email');
    expect(draft.columns).toEqual([{ column: 'Kontakt', field: 'email' }]);
    expect(fieldOf(draft, 'Mail')).toBeNull();
  });

  test('lets a column take the place of a value for every row, and the other way round', () => {
    const fixed = setConstant(setField(empty, 'Art', 'kind'), 'kind', 'attended');
    expect(fixed).toMatchObject({ columns: [], constants: [{ field: 'kind', value: 'attended' }] });
    expect(setField(fixed, 'Art', 'kind')).toMatchObject({
      columns: [{ column: 'Art', field: 'kind' }],
      constants: [],
    });
  });

  test('about something else keeps what that has as well', () => {
    const draft = setConstant(setField(setField(empty, 'Mail', 'email'), 'Wann', 'at'), 'kind', 'met');
    expect(setSubject(draft, 'contacts')).toMatchObject({
      columns: [{ column: 'Mail', field: 'email' }],
      constants: [],
    });
  });

  test('is nothing to send before a column is used, and leaves blank values out', () => {
    expect(toMapping(setConstant(empty, 'kind', 'met'))).toBeNull();
    const draft = setConstant(setField(empty, 'Mail', 'email'), 'campaign', '  ');
    expect(toMapping(draft)).toEqual({ ...empty, columns: [{ column: 'Mail', field: 'email' }] });
  });

  test('with a column named as an object’s own parts is read like any other', () => {
    const draft = setField(empty, '__proto__', 'email');
    expect(fieldOf(draft, '__proto__')).toBe('email');
    expect(fieldOf(draft, 'constructor')).toBeNull();
    expect(toMapping(draft)?.columns).toEqual([{ column: '__proto__', field: 'email' }]);
  });

  test('is one that the contract takes, whatever is done in whatever order', () => {
    const step = fc.oneof(
      fc.record({
        column: fc.constantFrom('A', 'B', 'C'),
        field: fc.option(fc.constantFrom(...mappingFieldSchema.options)),
      }),
      fc.record({ subject: fc.constantFrom(...mappingSubjectSchema.options) }),
      fc.record({
        constant: fc.constantFrom(...mappingFieldSchema.options),
        value: fc.option(fc.string({ minLength: 1, maxLength: 20 })),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let draft = empty;
        for (const each of steps) {
          const isOffered = (field: string) =>
            (listFreeFields({ ...draft, columns: [], constants: [] }) as string[]).includes(field);
          if ('subject' in each) draft = setSubject(draft, each.subject);
          else if ('column' in each && (each.field === null || isOffered(each.field)))
            draft = setField(draft, each.column, each.field);
          else if ('constant' in each && isOffered(each.constant))
            draft = setConstant(draft, each.constant, each.value);
        }
        const mapping = toMapping(draft);
        // Blank at its ends, a value is trimmed: nothing else is changed.
        expect(mapping === null).toBe(draft.columns.length === 0);
        if (mapping) expect(importMappingSchema.safeParse(mapping).success).toBe(true);
      }),
    );
  });
});

test.each([
  ['webinar_attendees_2026-11-20.csv', 'Webinar attendees'],
  ['Messe-Besucher (3).CSV', 'Messe Besucher'],
  ['export-final-v2.csv', ''],
  ['élèves.tsv', 'Élèves'],
])('of the file %s the name “%s” is proposed', (fileName, name) => {
  expect(proposeName(fileName)).toBe(name);
});

test('what the store guesses fills what is free, and nothing that a person said', () => {
  const draft = setConstant(setField(empty, 'Wer', 'email'), 'kind', 'met');
  const suggestion: MappingDraft = {
    ...empty,
    columns: [
      { column: 'Mail', field: 'email' },
      { column: 'Wer', field: 'full_name' },
      { column: 'Wann', field: 'at' },
    ],
    constants: [{ field: 'kind', value: 'other' }],
  };
  expect(fillUp(draft, suggestion)).toEqual({ ...draft, columns: [...draft.columns, { column: 'Wann', field: 'at' }] });
  expect(fillUp(draft, { ...suggestion, subject: 'contacts' })).toBe(draft);
  expect(fillUp(draft, null)).toBe(draft);
});
