import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { importStatusSchema, importTicketSchema } from '#contract/import.ts';
import { type ImportMapping, savedMappingSchema } from '#contract/mapping.ts';
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

const mapping: ImportMapping = {
  subject: 'touches',
  columns: [
    { column: 'Teilnehmer', field: 'email' },
    { column: 'Wann', field: 'at' },
  ],
  constants: [{ field: 'kind', value: 'attended' }],
  dates: 'dmy',
};

async function keep(name: string, kept: ImportMapping = mapping, device = marketer) {
  const response = await device.request('PUT', '/v1/imports/mappings', { name, mapping: kept });
  expect(response.status).toBe(200);
  return savedMappingSchema.parse(await response.json());
}

async function list(device = marketer) {
  const response = await device.request('GET', '/v1/imports/mappings');
  return savedMappingSchema.array().parse(await response.json());
}

describe('a kept mapping', () => {
  test('is listed by name, with who kept it', async () => {
    const later = await keep('Webinars');
    const sooner = await keep('fair visitors');
    expect(await list()).toEqual([sooner, later]);
    expect(later).toMatchObject({ name: 'Webinars', mapping, by: marketer.session.member.name });
  });

  test('takes the place of an older one of its name, whatever the case of its letters', async () => {
    const first = await keep('Webinars');
    const second = await keep('WEBINARS', { ...mapping, dates: 'mdy' });
    expect(second.id).toBe(first.id);
    expect(await list()).toEqual([
      expect.objectContaining({ name: 'WEBINARS', mapping: { ...mapping, dates: 'mdy' } }),
    ]);
  });

  test('gets another name, but not one that another has', async () => {
    const kept = await keep('Webinars');
    await keep('Fairs');
    const path = `/v1/imports/mappings/${kept.id}`;
    const taken = await marketer.request('PATCH', path, { name: 'fairs' });
    expect(taken.status).toBe(409);
    expect(problemSchema.parse(await taken.json()).detail).toContain('Another mapping is kept as');
    // Its own name in other letters is no other's.
    expect(
      savedMappingSchema.parse(await (await marketer.request('PATCH', path, { name: ' webinars ' })).json()),
    ).toEqual({ ...kept, name: 'webinars' });
  });

  test('is gone when it is dropped, and can be kept again', async () => {
    const kept = await keep('Webinars');
    expect((await marketer.request('DELETE', `/v1/imports/mappings/${kept.id}`)).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await marketer.request('DELETE', `/v1/imports/mappings/${kept.id}`)).status).toBe(404);
    expect((await keep('Webinars')).mapping).toEqual(mapping);
  });

  test.each([
    ['a field twice', { ...mapping, constants: [{ field: 'email', value: 'a@b.example' }] }],
    ['a field of another subject', { ...mapping, columns: [{ column: 'X', field: 'tier' }] }],
    ['no known subject', { ...mapping, subject: 'invoices' }],
  ])('is refused with %s', async (_what, wrong) => {
    const response = await marketer.request('PUT', '/v1/imports/mappings', { name: 'X', mapping: wrong });
    expect(response.status).toBe(422);
    expect(await list()).toEqual([]);
  });

  test('is refused when the request is larger than others may be', async () => {
    const wide = { ...mapping, constants: [{ field: 'detail', value: 'x'.repeat(3_000_000) }] };
    expect((await marketer.request('PUT', '/v1/imports/mappings', { name: 'X', mapping: wide })).status).toBe(413);
  });
});

test('an import that is opened with a kept mapping bears its name, one with another mapping none', async () => {
  await keep('Webinars');
  const open = async (own: ImportMapping) => {
    const body = { fileName: 'x.csv', bytes: 1, dryRun: false, zone: 'Europe/Berlin', dates: null, mapping: own };
    const opened = await marketer.request('POST', '/v1/imports', body);
    const { importId } = importTicketSchema.parse(await opened.json());
    return importStatusSchema.parse(await (await marketer.request('GET', `/v1/imports/${importId}`)).json());
  };
  expect(await open(mapping)).toMatchObject({ mapping: 'Webinars', zone: 'Europe/Berlin' });
  expect((await open({ ...mapping, dates: 'mdy' })).mapping).toBeNull();
});

test('an import is not opened with a zone that nobody lives in', async () => {
  const body = { fileName: 'x.csv', bytes: 1, dryRun: false, zone: 'Middle/Earth' };
  expect((await marketer.request('POST', '/v1/imports', body)).status).toBe(422);
});

test('a rep neither sees, keeps, renames nor drops a mapping', async () => {
  const { id } = await keep('Webinars');
  for (const [method, path, body] of [
    ['GET', '/v1/imports/mappings', undefined],
    ['PUT', '/v1/imports/mappings', { name: 'Mine', mapping }],
    ['PATCH', `/v1/imports/mappings/${id}`, { name: 'Mine' }],
    ['DELETE', `/v1/imports/mappings/${id}`, undefined],
  ] as const) {
    expect((await rep.request(method, path, body)).status, `${method} ${path}`).toBe(403);
  }
  expect((await list())[0]?.name).toBe('Webinars');
});

test('another workspace’s mapping is not there: neither seen nor renamed nor dropped, and its name is free', async () => {
  const { id } = await keep('Webinars');
  const stranger = await store.signIn(await store.addWorkspace(), 'admin');
  expect(await list(stranger)).toEqual([]);
  expect((await stranger.request('PATCH', `/v1/imports/mappings/${id}`, { name: 'Mine' })).status).toBe(404);
  expect((await stranger.request('DELETE', `/v1/imports/mappings/${id}`)).status).toBe(404);
  expect((await keep('Webinars', mapping, stranger)).id).not.toBe(id);
  expect((await marketer.request('PATCH', `/v1/imports/mappings/${randomUUID()}`, { name: 'Mine' })).status).toBe(404);
  expect(await list()).toHaveLength(1);
});
