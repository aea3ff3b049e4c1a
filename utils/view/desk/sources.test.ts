import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ImportPreview, ImportStatus } from '#contract/import.ts';
import type { ImportMapping } from '#contract/mapping.ts';
import { createDesk, type DeskTools, type Upload } from './desk.ts';
import { setField } from './mapping-draft.ts';
import { createSources, type Sources } from './sources.ts';
import type { StoreRequest } from './store.ts';

const importId = '0b9ab2b1-6c3e-4a5c-9f0f-0d6d35a0c001';
const none = { added: 0, changed: 0, unchanged: 0 };
const status = (facts: Partial<ImportStatus> = {}): ImportStatus => ({
  id: importId as ImportStatus['id'],
  fileName: 'fair.csv',
  state: 'done',
  dryRun: false,
  format: 'mapped',
  mapping: null,
  zone: null,
  bytes: 10,
  bytesRead: 10,
  rowsRead: 2,
  rows: 2,
  rowsPerSecond: null,
  accounts: none,
  contacts: none,
  touches: none,
  planned: none,
  opportunities: none,
  waitingRows: 0,
  errorCount: 0,
  errors: [],
  failure: null,
  startedAt: '2026-11-20T10:00:00.000Z',
  finishedAt: null,
  by: null,
  canUndo: false,
  undoneAt: null,
  undoneBy: null,
  undoNote: null,
  ...facts,
});
const mapping: ImportMapping = {
  subject: 'contacts',
  columns: [{ column: 'Mail', field: 'email' }],
  constants: [],
  dates: 'ymd',
};
const preview = (facts: Partial<ImportPreview> = {}): ImportPreview => ({
  encoding: 'utf-8',
  separator: ';',
  columns: ['Mail', 'Wer'],
  rows: [['a@b.example', 'A']],
  format: null,
  savedMapping: null,
  suggestion: mapping,
  readings: [],
  hasZonelessTimes: true,
  slashedDates: 'none',
  failure: null,
  ...facts,
});
const file = (text = 'Mail;Wer\na@b.example;A\n') => new File([text], 'fair-2026.csv');

/** A Desk on a store that is told what to answer, by method and path without its ids. */
function open(store: Record<string, unknown>, upload: Upload = async () => ({ status: 200, body: status() })) {
  const asked: StoreRequest[] = [];
  const answers: Record<string, unknown> = {
    'GET /v1/imports': [],
    'GET /v1/imports/mappings': [],
    'POST /v1/imports': { importId, ticket: 'ticket' },
    ...store,
  };
  const tools: DeskTools = {
    async callStore(request) {
      asked.push(request);
      const name = `${request.method} ${request.path.replace(importId, ':id')}`;
      const answer = answers[name];
      const body = typeof answer === 'function' ? await answer(request.body) : answer;
      if (typeof body === 'number')
        return {
          status: body,
          body: { type: 'urn:baton:problem:no', title: 'No', status: body, detail: `No: ${body}` },
        };
      return { status: 200, body };
    },
    getSession: async () => ({ storeUrl: 'https://store.example', session: {} }) as never,
    openOptions: () => undefined,
    copy: async () => undefined,
    bar: { read: () => '#/sources', write: () => undefined, onChange: () => undefined },
    shelf: { read: () => null, write: () => undefined },
    upload,
    save: () => undefined,
    pages: {
      allow: async () => false,
      letGo: async () => undefined,
      list: async () => [],
      read: async () => ({ ok: false, message: '' }),
    },
  };
  const desk = createDesk(tools, 'sources');
  const sent = (name: string) =>
    asked.filter(({ method, path }) => `${method} ${path}` === name).map(({ body }) => body);
  return { desk, model: createSources(desk), asked, sent };
}

const only = (model: Sources) => {
  const [job] = model.jobs.value;
  if (!job) throw new Error('There is no job.');
  return job;
};

beforeEach(() => void vi.useRealTimers());

describe('a file', () => {
  test('whose columns are known is tried at once, and nothing is asked', async () => {
    const known = preview({ format: 'contacts' });
    const { desk, model, sent } = open({ 'POST /v1/imports/preview': known });
    await desk.connect();
    await model.add([file()]);
    expect(only(model)).toMatchObject({ step: 'trial', isRunning: false, draft: null, failure: null });
    expect(sent('POST /v1/imports')).toEqual([expect.objectContaining({ dryRun: true, mapping: null, dates: null })]);
  });

  test('whose columns nobody knows is not sent before somebody says what they mean', async () => {
    const { desk, model, sent } = open({ 'POST /v1/imports/preview': preview() });
    await desk.connect();
    await model.add([file()]);
    expect(only(model)).toMatchObject({ step: 'map', isRunning: false, draft: mapping, keepAs: 'Fair' });
    expect(sent('POST /v1/imports')).toEqual([]);
    await model.tryOut(only(model));
    expect(sent('POST /v1/imports')).toEqual([expect.objectContaining({ dryRun: true, mapping })]);
    expect(sent('PUT /v1/imports/mappings')).toEqual([]);
  });

  test('that is no longer where it was says so', async () => {
    const { model } = open({});
    const gone = Object.assign(file(), { slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) });
    await model.add([gone]);
    expect(only(model)).toMatchObject({ isRunning: false, failure: 'desk_import_unreadable' });
  });

  test('that is no table is not tried, and says why', async () => {
    const { model, sent } = open({ 'POST /v1/imports/preview': preview({ columns: [], failure: 'This is a PDF.' }) });
    await model.add([file('%PDF')]);
    expect(only(model)).toMatchObject({ isRunning: false, failure: 'This is a PDF.' });
    expect(sent('POST /v1/imports')).toEqual([]);
  });

  test('is looked at whole when it is small, and by its first 256 kB when it is not', async () => {
    const { model, sent } = open({ 'POST /v1/imports/preview': preview() });
    await model.add([file('Mail\n'), file('x'.repeat(300_000))]);
    const heads = sent('POST /v1/imports/preview') as { head: string; isWhole: boolean }[];
    const small = heads.find(({ isWhole }) => isWhole);
    expect(atob(small?.head ?? '')).toBe('Mail\n');
    expect(atob(heads.find(({ isWhole }) => !isWhole)?.head ?? '')).toHaveLength(262_144);
  });
});

describe('a mapping', () => {
  test('that is changed while its last look is under way shows what the newest one means', async () => {
    const answers: ((value: ImportPreview) => void)[] = [];
    let isSlow = false;
    const { model } = open({
      'POST /v1/imports/preview': () =>
        isSlow ? new Promise<ImportPreview>((resolve) => answers.push(resolve)) : preview(),
    });
    await model.add([file()]);
    isSlow = true;
    const changeTo = async (column: string) => {
      const count = answers.length;
      model.edit(only(model), setField(only(model).draft ?? mapping, column, 'full_name'));
      await vi.waitFor(() => expect(answers).toHaveLength(count + 1));
    };
    await changeTo('Wer');
    await changeTo('Mail');
    answers[1]?.(preview({ encoding: 'newest' }));
    await vi.waitFor(() => expect(only(model).preview?.encoding).toBe('newest'));
    answers[0]?.(preview({ encoding: 'older' }));
    await new Promise((done) => setTimeout(done, 20));
    expect(only(model).preview?.encoding).toBe('newest');
  });

  test('is kept when its table is imported, before the file goes', async () => {
    const saved = { id: importId, name: 'Fairs', mapping, by: null, savedAt: '2026-11-20T10:00:00.000Z' };
    const { desk, model, asked } = open({ 'POST /v1/imports/preview': preview(), 'PUT /v1/imports/mappings': saved });
    await desk.connect();
    await model.add([file()]);
    model.keepAs(only(model), ' Fairs ');
    await model.take(only(model));
    const calls = asked.map(({ method, path }) => `${method} ${path}`);
    expect(calls.indexOf('PUT /v1/imports/mappings')).toBeGreaterThan(0);
    expect(calls.indexOf('PUT /v1/imports/mappings')).toBeLessThan(calls.indexOf('POST /v1/imports'));
    expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({ name: 'Fairs', mapping });
  });

  test('that cannot be kept keeps its table out, and says why', async () => {
    const { desk, model, sent } = open({ 'POST /v1/imports/preview': preview(), 'PUT /v1/imports/mappings': 409 });
    await desk.connect();
    await model.add([file()]);
    await model.take(only(model));
    expect(sent('POST /v1/imports')).toEqual([]);
    expect(only(model)).toMatchObject({ isRunning: false, failure: 'No: 409' });
  });
});

describe('an import', () => {
  const lost: Upload = async () => ({ status: 0, body: null });

  test('whose connection broke while the store goes on is followed to its end', async () => {
    const states: (number | ImportStatus)[] = [503, status({ state: 'running', rows: 1 }), status({ rows: 2 })];
    const answers = { 'POST /v1/imports/preview': preview(), 'GET /v1/imports/:id': () => states.shift() ?? status() };
    const { desk, model } = open(answers, lost);
    await desk.connect();
    await model.add([file()]);
    await model.tryOut(only(model));
    expect(only(model)).toMatchObject({ isRunning: false, failure: null, status: { state: 'done', rows: 2 } });
    expect(states).toEqual([]);
  });

  test('whose file never came to the store says so', async () => {
    const answers = { 'POST /v1/imports/preview': preview(), 'GET /v1/imports/:id': status({ state: 'waiting' }) };
    const { desk, model } = open(answers, lost);
    await desk.connect();
    await model.add([file()]);
    await model.tryOut(only(model));
    expect(only(model)).toMatchObject({ isRunning: false, failure: 'desk_upload_broken' });
  });

  test('takes times in the zone of the last one, else in this browser’s own', async () => {
    const { model, desk } = open({
      'POST /v1/imports/preview': preview(),
      'GET /v1/imports': [status({ dryRun: true, zone: 'Asia/Tokyo' }), status({ zone: 'America/Lima' })],
    });
    await model.add([file()]);
    expect(only(model).zone).toBe(model.ownZone());
    const stop = model.watch();
    await vi.waitFor(() => expect(model.history.value.value).toHaveLength(2));
    await model.add([file()]);
    expect(only(model).zone).toBe('America/Lima');
    stop();
    desk.rest();
  });
});

describe('undoing', () => {
  test('that is refused says why', async () => {
    const { desk, model } = open({ 'POST /v1/imports/:id/undo': 409 });
    await model.undo(status());
    expect(desk.notice.value?.text).toBe('No: 409');
  });

  test('that takes a while is told when it is done', async () => {
    const states = [[status({ state: 'undoing' })], [status({ state: 'undoing' })], [status({ state: 'undone' })]];
    const { desk, model } = open({
      'POST /v1/imports/:id/undo': status({ state: 'undoing' }),
      'GET /v1/imports': () => (states.length > 1 ? states.shift() : states[0]),
    });
    const stop = model.watch();
    await model.undo(status());
    await vi.waitFor(() => expect(desk.notice.value?.text).toBe('desk_undone'), { timeout: 5000 });
    stop();
  });

  test('is told once, by whatever brought the news first', async () => {
    const { desk, model } = open({
      'POST /v1/imports/:id/undo': status({ state: 'undone', undoNote: '1 contact stays.' }),
      'GET /v1/imports': [status({ state: 'undone' })],
    });
    await model.undo(status());
    expect(desk.notice.value?.text).toBe('desk_undone 1 contact stays.');
    desk.dismissNotice();
    const stop = model.watch();
    await model.history.reload();
    expect(desk.notice.value).toBeNull();
    stop();
  });
});
