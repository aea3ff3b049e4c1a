import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { importPreviewSchema, mostPreviewBytes } from '#contract/import.ts';
import type { ImportMapping } from '#contract/mapping.ts';
import { problemSchema } from '#contract/session.ts';
import { createTestStore, type TestDevice, type TestStore } from '../../test/postgres/store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let rep: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
  [marketer, rep] = await Promise.all([store.signIn(workspaceId, 'marketer'), store.signIn(workspaceId, 'rep')]);
});

const table = 'Teilnehmer;Wann\ndana@larkspur.example;13/11/2026 14:00\nnobody;13/11/2026 15:00\n';
const mapping: ImportMapping = {
  subject: 'touches',
  columns: [
    { column: 'Teilnehmer', field: 'email' },
    { column: 'Wann', field: 'at' },
  ],
  constants: [{ field: 'kind', value: 'attended' }],
  dates: 'dmy',
};
const encode = (text: string | Buffer) => Buffer.from(text).toString('base64');
const ask = (body: object, device = marketer) =>
  device.request('POST', '/v1/imports/preview', { fileName: 'x.csv', head: encode(table), isWhole: true, ...body });
const look = async (body: object = {}, device = marketer) => {
  const response = await ask(body, device);
  expect(response.status).toBe(200);
  return importPreviewSchema.parse(await response.json());
};

describe('a preview', () => {
  test('of a table that nobody knows shows its first rows and no format', async () => {
    expect(await look()).toMatchObject({
      columns: ['Teilnehmer', 'Wann'],
      rows: [
        ['dana@larkspur.example', '13/11/2026 14:00'],
        ['nobody', '13/11/2026 15:00'],
      ],
      format: null,
      savedMapping: null,
      failure: null,
    });
  });

  test('by a mapping says what its rows would mean, in the zone that is named, and which would not go in', async () => {
    const { format, readings, hasZonelessTimes } = await look({ mapping, zone: 'Europe/Berlin' });
    expect(format).toBe('mapped');
    expect(hasZonelessTimes).toBe(true);
    expect(readings[0]).toMatchObject({ line: 2, text: expect.stringContaining('2026-11-13 13:00'), fault: null });
    expect(readings[1]?.fault).toMatchObject({ line: 3, column: 'Teilnehmer' });
  });

  test('suggests what its columns may mean for what a row is said to be about', async () => {
    const { suggestion } = await look({ subject: 'touches' });
    expect(suggestion?.subject).toBe('touches');
    expect(suggestion?.constants.map(({ field }) => field)).toContain('kind');
    expect((await look({ subject: 'accounts' })).suggestion?.subject).toBe('accounts');
  });

  test('finds a kept mapping by itself, and not another workspace’s', async () => {
    const stranger = await store.signIn(await store.addWorkspace(), 'marketer');
    await stranger.request('PUT', '/v1/imports/mappings', { name: 'Theirs', mapping });
    expect((await look()).savedMapping).toBeNull();
    await marketer.request('PUT', '/v1/imports/mappings', { name: 'Ours', mapping });
    expect(await look()).toMatchObject({ format: 'mapped', savedMapping: { name: 'Ours' } });
  });

  test('of what is no table answers with the sentence', async () => {
    const preview = await look({ head: encode(Buffer.from('%PDF-1.7\n')) });
    expect(preview).toMatchObject({ columns: [], failure: expect.stringContaining('PDF') });
    expect((await look({ head: '' })).failure).toMatch(/empty/);
  });

  test('takes the longest beginning there is, and nothing longer', async () => {
    const wide = `Email,Name\n${'a@b.example,A\n'.repeat(20_000)}`.slice(0, mostPreviewBytes);
    expect(wide).toHaveLength(mostPreviewBytes);
    expect(await look({ head: encode(wide), isWhole: false })).toMatchObject({ format: 'contacts', failure: null });
    expect((await ask({ head: encode(`${wide}${'x'.repeat(3000)}`) })).status).toBeGreaterThanOrEqual(413);
    const large = await ask({ head: encode('x'.repeat(3_000_000)) });
    expect(large.status).toBe(413);
    expect(problemSchema.parse(await large.json()).detail).toContain('larger than');
  });

  test('is refused without base64, with an unknown zone, and to a rep', async () => {
    expect((await ask({ head: 'Email;Name' })).status).toBe(422);
    expect((await ask({ zone: 'Middle/Earth' })).status).toBe(422);
    expect((await ask({}, rep)).status).toBe(403);
  });

  test('keeps nothing', async () => {
    await look({ mapping });
    expect(await (await marketer.request('GET', '/v1/imports')).json()).toEqual([]);
    expect(await (await marketer.request('GET', '/v1/imports/mappings')).json()).toEqual([]);
  });
});
