import { describe, expect, test } from 'vitest';
import { type ImportMapping, importMappingSchema, type MappingSubject, mappingFields } from '#contract/mapping.ts';
import { Columns } from './columns.ts';
import { RowFault } from './fault.ts';
import { createMappedFormat } from './mapping.ts';
import { fieldNames } from './mapping-names.ts';
import { suggestMapping } from './mapping-suggestion.ts';

/** A cell for each field, and where it must be found again. */
const samples: Readonly<Record<string, string>> = {
  email: 'dana@b.example',
  full_name: 'Dana Ortiz',
  first_name: 'D.',
  last_name: 'Ortiz',
  title: 'Head',
  salesforce_contact_id: '0035g00000DanOr',
  hubspot_contact_id: '151',
  marketo_lead_id: '4711',
  linkedin: 'dana-ortiz',
  account_name: 'Brightforge',
  domain: 'brightforge.example',
  salesforce_account_id: '0015g00000BrFrg',
  hubspot_company_id: '9042',
  linkedin_company: 'https://www.linkedin.com/company/bright/',
  segment: 'Mid',
  tier: '2',
  stage: 'MQL',
  industry: 'Metal',
  employees: '420',
  country: 'Portugal',
  territory: 'South',
  owner: 'sam@kestrel.example',
  do_not_contact: 'yes',
  latest_win: 'Pilot',
  technologies: 'Acme ERP; Mail',
  buying_role: 'Champion',
  kind: 'attended',
  at: '2026-11-01T10:00:00Z',
  event_id: 'E-1',
  campaign: 'Webinar',
  channel: 'Event',
  detail: '41 min',
  robot: 'yes',
  planned_for: '2026-12-01T10:00:00Z',
  status: 'cancelled',
  opportunity_id: 'O-1',
  opportunity_name: 'Line 3',
  opportunity_stage: 'Offer',
  amount: '1200',
  currency: 'EUR',
  outcome: 'won',
  closes_on: '2026-11-02',
  created_on: '2026-10-02',
  insight_text: 'Set-up takes too long.',
  quote: 'We lost a season.',
  insight_kind: 'competitor',
  insight_method: 'focus group',
  said_at: '2026-11-01',
  theme: 'Set-up',
  insight_id: 'I-1',
};
/** Fields that only stand in for another one that the sample has too. */
const shadowed: Readonly<Partial<Record<MappingSubject, readonly string[]>>> = {
  accounts: ['hubspot_company_id'],
  contacts: ['first_name', 'last_name', 'hubspot_contact_id', 'marketo_lead_id', 'hubspot_company_id'],
  touches: ['first_name', 'last_name', 'hubspot_contact_id', 'marketo_lead_id', 'hubspot_company_id'],
  planned_touches: ['first_name', 'last_name', 'hubspot_contact_id', 'marketo_lead_id', 'hubspot_company_id'],
  opportunities: ['hubspot_company_id'],
  insights: ['hubspot_company_id'],
};

function read(mapping: ImportMapping, header: string[], cells: string[]) {
  return createMappedFormat(mapping).open(new Columns(header))(cells);
}

describe.each(Object.keys(mappingFields) as MappingSubject[])('a mapping of %s', (subject) => {
  const fields = mappingFields[subject];
  const header = fields.map((_, place) => `Column ${place}`);
  const columns = fields.map((field, place) => ({ column: `Column ${place}`, field }));
  const whole = () =>
    read(
      { subject, columns, constants: [], dates: 'ymd' },
      header,
      fields.map((field) => samples[field]!),
    );

  test('reads every field that it offers', () => {
    const all = JSON.stringify(whole());
    for (const field of fields) {
      if (shadowed[subject]?.includes(field)) continue;
      const left = columns.filter((each) => each.field !== field);
      let without: string;
      try {
        without = JSON.stringify(
          read(
            { subject, columns: left, constants: [], dates: 'ymd' },
            header,
            fields.map((each) => samples[each]!),
          ),
        );
      } catch (error) {
        expect(error, field).toBeInstanceOf(RowFault);
        without = '';
      }
      expect(without, field).not.toBe(all);
    }
  });

  test('takes constants as cells of every row', () => {
    const constants = fields.map((field) => ({ field, value: samples[field]! }));
    expect(read({ subject, columns: [], constants: constants.slice(0, 20), dates: 'ymd' }, ['X'], ['x'])).toBeDefined();
    const [first] = constants;
    const others = columns.filter((each) => each.field !== first!.field);
    expect(
      read(
        { subject, columns: others, constants: [first!], dates: 'ymd' },
        header,
        fields.map((field) => samples[field]!),
      ),
    ).toEqual(whole());
  });
});

describe('a mapped table', () => {
  const touches: ImportMapping = {
    subject: 'touches',
    columns: [
      { column: 'Wer', field: 'email' },
      { column: 'Wann', field: 'at' },
      { column: 'Was', field: 'kind' },
      { column: 'Nr', field: 'event_id' },
    ],
    constants: [],
    dates: 'dmy',
  };
  const header = ['Wer', 'Wann', 'Was', 'Nr'];

  test("names what is at fault by the file's own column", () => {
    try {
      read(touches, header, ['a@b.example', 'gestern', 'met', '1']);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ column: 'Wann', message: expect.stringContaining('"gestern" is not a date') });
    }
  });

  test("keeps a tool's own word for what happened beside the kind", () => {
    const kindOf = (word: string) =>
      read(touches, header, ['a@b.example', '2026-11-01', word, '1']).touches.map(({ kind, detail }) => [kind, detail]);
    expect(kindOf('No-Show')).toEqual([['no_show', null]]);
    expect(kindOf('visited_page')).toEqual([['visited_page', null]]);
    expect(kindOf('Messegespräch')).toEqual([['other', 'Messegespräch']]);
  });

  test('gives its events another source than a table whose ids stand in another column, and the same when it is mapped further', () => {
    const source = createMappedFormat(touches).source;
    const further = {
      ...touches,
      columns: [...touches.columns, { column: 'Firma', field: 'account_name' as const }],
      dates: 'ymd' as const,
    };
    expect(createMappedFormat(further).source).toBe(source);
    const other = {
      ...touches,
      columns: touches.columns.map((each) => (each.field === 'event_id' ? { ...each, column: 'ID' } : each)),
    };
    expect(createMappedFormat(other).source).not.toBe(source);
  });

  test('of a column that is gone reads nothing, and takes no object for a column', () => {
    const odd = {
      ...touches,
      columns: [
        ...touches.columns,
        { column: '__proto__', field: 'detail' as const },
        { column: 'constructor', field: 'campaign' as const },
      ],
    };
    expect(read(odd, header, ['a@b.example', '2026-11-01', 'met', '1'])).toMatchObject({
      campaign: null,
      touches: [{ detail: null }],
    });
  });
});

describe('a mapping guessed from column names', () => {
  const guess = (header: string[], ...rows: string[][]) =>
    suggestMapping(
      new Columns(header),
      rows.map((cells, line) => ({ line, cells })),
      'ymd',
    );
  const told = (mapping: ImportMapping | null) =>
    mapping && [mapping.subject, Object.fromEntries(mapping.columns.map(({ column, field }) => [column, field]))];

  test.each([
    [
      'English',
      ['Attendee Name', 'Attendee Email', 'Company', 'Registration Time', 'Webinar'],
      [
        'touches',
        {
          'Attendee Name': 'full_name',
          'Attendee Email': 'email',
          Company: 'account_name',
          'Registration Time': 'at',
          Webinar: 'campaign',
        },
      ],
    ],
    [
      'German',
      ['Vorname', 'Nachname', 'E-Mail', 'Firma', 'Funktion', 'Land'],
      [
        'contacts',
        {
          Vorname: 'first_name',
          Nachname: 'last_name',
          'E-Mail': 'email',
          Firma: 'account_name',
          Funktion: 'title',
          Land: 'country',
        },
      ],
    ],
    [
      'French',
      ['Société', 'Site web', "Secteur d'activité", 'Effectif', 'Pays'],
      [
        'accounts',
        {
          Société: 'account_name',
          'Site web': 'domain',
          "Secteur d'activité": 'industry',
          Effectif: 'employees',
          Pays: 'country',
        },
      ],
    ],
    [
      'Spanish',
      ['Correo electrónico', 'Nombre', 'Apellidos', 'Fecha de envío', 'Campaña'],
      [
        'planned_touches',
        {
          'Correo electrónico': 'email',
          Nombre: 'first_name',
          Apellidos: 'last_name',
          'Fecha de envío': 'planned_for',
          Campaña: 'campaign',
        },
      ],
    ],
    [
      'Italian',
      ['Opportunità', 'Azienda', 'Fase', 'Importo', 'Data di chiusura'],
      [
        'opportunities',
        {
          Opportunità: 'opportunity_name',
          Azienda: 'account_name',
          Fase: 'opportunity_stage',
          Importo: 'amount',
          'Data di chiusura': 'closes_on',
        },
      ],
    ],
  ])('in %s', (_language, header, expected) => expect(told(guess(header))).toEqual(expected));

  test('takes a column of addresses for the address, whatever it is called', () => {
    expect(told(guess(['Wer', 'Firma'], ['a@b.example', 'B'], ['', 'C'], ['c@b.example', 'D']))).toEqual([
      'contacts',
      { Wer: 'email', Firma: 'account_name' },
    ]);
  });

  test('is none where nothing tells what the table is about', () =>
    expect(guess(['Colour', 'Weight'], ['red', '3'])).toBeNull());

  test('fits the schema of mappings, whatever the columns', () => {
    const header = ['', ' ', '__proto__', 'x'.repeat(400), ...Object.values(fieldNames).flat()];
    expect(importMappingSchema.parse(guess(header))).toBeDefined();
    expect(importMappingSchema.parse(guess(['Email', 'Email', 'E-Mail', 'email']))).toMatchObject({
      columns: [{ column: 'Email', field: 'email' }],
    });
  });
});
