import { describe, expect, test } from 'vitest';
import { type ImportPreview, importPreviewSchema, mostPreviewBytes } from '#contract/import.ts';
import type { ImportMapping, SavedMapping } from '#contract/mapping.ts';
import { type PreviewWishes, previewImport } from './preview.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
async function look(file: string | Uint8Array, more: Partial<PreviewWishes> = {}): Promise<ImportPreview> {
  const wishes = { isWhole: true, zone: null, dates: null, mapping: null, saved: [], now, ...more };
  return importPreviewSchema.parse(await previewImport(typeof file === 'string' ? Buffer.from(file) : file, wishes));
}
const guests =
  'Teilnehmer;Mailadresse;Firma;Beginn\nDana Ortiz;dana@b.example;Brightforge;5/6/2026 10:00\nOtto;nobody;B;13/6/2026\n';
const mapping: ImportMapping = {
  subject: 'touches',
  columns: [
    { column: 'Mailadresse', field: 'email' },
    { column: 'Firma', field: 'account_name' },
    { column: 'Beginn', field: 'at' },
  ],
  constants: [{ field: 'kind', value: 'attended' }],
  dates: 'dmy',
};
const keep = (name: string, more: Partial<ImportMapping> = {}, savedAt = '2026-11-01T00:00:00.000Z') =>
  ({ id: crypto.randomUUID(), name, mapping: { ...mapping, ...more }, by: null, savedAt }) as SavedMapping;

describe("a preview of a file's beginning", () => {
  test('tells what a known table means, row by row, and why one would not go in', async () => {
    const preview = await look(
      'Email,Kind,At,Campaign\na@b.example,opened,2026-11-01 10:00,Q4\nb@b.example,flew,2026-11-01,\n',
    );
    expect(preview).toMatchObject({
      encoding: 'utf-8',
      separator: ',',
      format: 'touches',
      savedMapping: null,
      failure: null,
      hasZonelessTimes: true,
      slashedDates: 'none',
    });
    expect(preview.readings).toEqual([
      { line: 2, text: 'a@b.example: opened on 2026-11-01 10:00 UTC, campaign Q4', fault: null },
      expect.objectContaining({ line: 3, fault: expect.objectContaining({ line: 3, column: 'Kind' }) }),
    ]);
  });

  test('of a table that nobody knows shows its rows and guesses a mapping, which then reads it', async () => {
    const preview = await look(guests);
    expect(preview).toMatchObject({
      format: null,
      readings: [],
      slashedDates: 'dmy',
      failure: null,
      columns: ['Teilnehmer', 'Mailadresse', 'Firma', 'Beginn'],
    });
    expect(preview.rows).toEqual([
      ['Dana Ortiz', 'dana@b.example', 'Brightforge', '5/6/2026 10:00'],
      ['Otto', 'nobody', 'B', '13/6/2026'],
    ]);
    const mapped = await look(guests, { mapping, zone: 'Europe/Berlin' });
    expect(mapped.format).toBe('mapped');
    expect(mapped.readings.map(({ text }) => text)).toEqual([
      'dana@b.example, at Brightforge: attended on 2026-06-05 08:00 UTC',
      '"nobody" is not an address.',
    ]);
  });

  test('knows a table by a kept mapping whose columns it has all, the one with the most', async () => {
    const few = keep('Few', { columns: mapping.columns.slice(0, 1) }, '2026-11-09T00:00:00.000Z');
    const other = keep('Other', { columns: [...mapping.columns, { column: 'Not there', field: 'title' }] });
    const right = keep('Guests');
    expect((await look(guests, { saved: [few, other, right] })).savedMapping?.name).toBe('Guests');
    expect((await look(guests, { saved: [other] })).format).toBeNull();
  });

  test('asks a known format before a kept mapping, and a mapping that is given before both', async () => {
    const table = 'Email,Name\na@b.example,A\n';
    const saved = [
      keep('Mine', { subject: 'contacts', columns: [{ column: 'Email', field: 'email' }], constants: [] }),
    ];
    expect((await look(table, { saved })).format).toBe('contacts');
    expect((await look(table, { saved, mapping: saved[0]!.mapping })).format).toBe('mapped');
  });

  test('leaves the last row out where the file goes on, also when it is cut within quotes or within a character', async () => {
    const head = 'Email,Name\na@b.example,A\nb@b.example,Zoë\n';
    const rows = async (bytes: Uint8Array) => (await look(bytes, { isWhole: false })).rows.map(([email]) => email);
    expect(await rows(Buffer.from(`${head}c@b.exa`))).toEqual(['a@b.example', 'b@b.example']);
    expect(await rows(Buffer.from(`${head}c@b.example,"two\nlines`))).toEqual(['a@b.example', 'b@b.example']);
    const cut = Buffer.from(`${head}c@b.example,Zoë`).subarray(0, -1);
    expect((await look(cut, { isWhole: false })).encoding).toBe('utf-8');
    expect(await rows(cut)).toEqual(['a@b.example', 'b@b.example']);
  });

  test('says when dates with slashes can be read either way, and takes what is said', async () => {
    const file = 'Email,Kind,At\na@b.example,met,5/6/2026\n';
    const unsure = await look(file);
    expect([unsure.slashedDates, unsure.readings[0]?.text]).toEqual([
      'unsure',
      'a@b.example: met on 2026-05-06 00:00 UTC',
    ]);
    const said = await look(file, { dates: 'dmy' });
    expect([said.slashedDates, said.readings[0]?.text]).toEqual(['dmy', 'a@b.example: met on 2026-06-05 00:00 UTC']);
  });

  test('is not misled by signs within quotes of the header', async () => {
    const preview = await look('"Name, given, family";Email;"Seen, at, all"\nZoë;z@b.example;\n');
    expect([preview.separator, preview.columns]).toEqual([';', ['Name, given, family', 'Email', 'Seen, at, all']]);
  });

  test('names how the text is written', async () => {
    const encodings = [
      Buffer.from('\uFEFFEmail,Name\na@b.example,Zoë\n'),
      Buffer.from('Email,Name\na@b.example,Zoë\n', 'latin1'),
      Buffer.from('\uFEFFEmail\tName\na@b.example\tZoë\n', 'utf16le'),
    ];
    expect(await Promise.all(encodings.map(async (bytes) => (await look(bytes)).encoding))).toEqual([
      'utf-8',
      'windows-1252',
      'utf-16le',
    ]);
  });

  test('answers what is no table with a sentence', async () => {
    expect((await look('')).failure).toMatch(/empty/);
    expect((await look(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))).failure).toMatch(/workbook/);
    expect((await look(Array.from({ length: 1001 }, (_, place) => `C${place}`).join(','))).failure).toMatch(
      /1,001 columns.*at most 1,000/,
    );
  });

  test('shows at most ten rows and cuts what is long, and keeps within its schema whatever the names', async () => {
    const long = 'x'.repeat(5000);
    const file = `__proto__,constructor,,${long},Email,Email\n${`"${long}",b,c,d,a@b.example,e\n`.repeat(40)}`;
    const preview = await look(file.slice(0, mostPreviewBytes), { isWhole: false });
    expect(preview.rows).toHaveLength(10);
    expect(preview.rows[0]?.[0]).toHaveLength(200);
    expect(preview.columns[3]).toHaveLength(200);
    expect(preview.suggestion?.columns).toEqual([{ column: 'Email', field: 'email' }]);
  });
});
