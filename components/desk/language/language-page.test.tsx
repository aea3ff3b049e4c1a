// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LanguageAgreement } from '#contract/agreement.ts';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { createDesk, type DeskTools } from '../../../utils/view/desk/desk.ts';
import type { StoreRequest } from '../../../utils/view/desk/store.ts';
import { DeskView } from '../DeskView.tsx';

beforeAll(provideShippedWords);

const at = '2026-11-20T10:00:00.000Z';
const ines = { id: '0f1d3a52-6f0e-4c86-9d0a-2f5d1c3e4b10', name: 'Ines Okafor' };
const stages = [
  { name: 'MQL', definition: 'Asked for a call.', side: 'marketing', targetDays: 14 },
  { name: 'SAL', definition: '<img src=x onerror=alert(1)>\u202E evil', side: 'sales', targetDays: null },
] as const;
const empty = {
  versions: [
    { version: 2, reason: 'One word.', publishedAt: at, by: ines, signatures: [], revertsTo: null, differences: [] },
  ],
  draft: null,
  notes: [],
  signers: { sales: [], arbiter: null },
  missing: [],
};
const reader = { edit: false, sign: [], publish: false, nameSigners: false };
const writer = { ...reader, edit: true };
const draftOf = (body: object, differences: object[] = []) => ({
  id: '7b1d3a52-6f0e-4c86-9d0a-2f5d1c3e4b10',
  basedOn: 2,
  revision: 3,
  body,
  differences,
  edits: [],
  signatures: [],
  seen: [],
});
const agreement = (kind: string, body: object, more: object = {}): LanguageAgreement =>
  ({ kind, inForce: { version: 2, body }, ...empty, may: reader, ...more }) as unknown as LanguageAgreement;

let unmount: () => void = () => undefined;
afterEach(() => {
  unmount();
  document.body.replaceChildren();
});
const settle = (ms = 100) => act(() => new Promise<void>((done) => setTimeout(done, ms)));

async function open(hash: string, role: string, answer: (request: StoreRequest) => unknown) {
  let address = hash;
  const setAddress = (next: string) => {
    address = next;
  };
  const asked: StoreRequest[] = [];
  const tools = {
    async callStore(request: StoreRequest) {
      asked.push(request);
      const body = answer(request);
      return body === undefined ? { status: 404, body: null } : { status: 200, body };
    },
    getSession: async () => ({
      storeUrl: 'https://store.example',
      session: {
        workspace: { id: 'w', name: 'Kestrel Works' },
        member: { ...ines, address: 'ines@kestrel.example', role },
        device: { id: 'd', name: 'Chrome on Linux' },
      },
    }),
    openOptions: () => undefined,
    copy: async () => undefined,
    bar: { read: () => address, write: setAddress, onChange: () => undefined },
    shelf: { read: () => null, write: () => undefined },
    upload: async () => ({ status: 0, body: null }),
    save: () => undefined,
    pages: {
      allow: async () => false,
      letGo: async () => undefined,
      list: async () => [],
      read: async () => ({ ok: false, message: '' }),
    },
  } as unknown as DeskTools;
  const desk: Desk = createDesk(tools, 'today');
  const root = document.createElement('div');
  document.body.append(root);
  unmount = () => render(null, root);
  await act(async () => {
    render(<DeskView desk={desk} />, root);
    await desk.connect();
  });
  await settle();
  return { root, asked, text: () => root.textContent ?? '' };
}
const button = (root: Element, name: string) =>
  [...root.querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent?.trim()) === name,
  );
async function press(root: Element, name: string): Promise<void> {
  expect(button(root, name), name).toBeDefined();
  await act(() => button(root, name)?.click());
  await settle(20);
}
async function type(field: Element | null | undefined, value: string): Promise<void> {
  await act(() => {
    (field as HTMLTextAreaElement).value = value;
    field?.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
const field = (root: Element, name: string) => {
  const label = [...root.querySelectorAll('label')].find((each) => each.textContent?.startsWith(name));
  return label?.querySelector('input, textarea');
};
const submit = (form: Element | null) =>
  act(() => void form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));

describe('the common language', () => {
  test('is read by a rep, hostile words as text, and changed by none; what a rep proposes names its word', async () => {
    const { root, asked, text } = await open('#/language', 'rep', ({ path }) =>
      path.startsWith('/v1/agreements/stages') ? agreement('stages', { stages }) : undefined,
    );
    expect(text()).toContain('Asked for a call.');
    expect(text()).toContain('at most 14 days');
    expect(text()).toContain('<img src=x onerror=alert(1)>');
    expect(text()).not.toContain('\u202E');
    expect(root.querySelector('table img')).toBeNull();
    expect(button(root, 'Begin a draft')).toBeUndefined();
    expect(button(root, 'Change MQL')).toBeUndefined();
    expect(asked.every(({ path }) => !path.includes('audience-choices'))).toBe(true);
    await press(root, 'Propose a change');
    await type(field(root, 'Target days'), '7');
    await type(field(root, 'Why'), 'A week is enough.');
    await submit(root.querySelector('form.box'));
    await settle(20);
    expect(asked.find(({ method }) => method === 'POST')).toMatchObject({
      path: '/v1/agreements/stages/notes',
      body: { kind: 'proposal', about: 'item:mql', change: { name: 'MQL', targetDays: 7 }, text: 'A week is enough.' },
    });
  });

  test('is changed in a draft: what is not sound is said at its field, and nothing is taken until it is', async () => {
    const body = { stages };
    const { root, asked, text } = await open('#/language', 'marketer', ({ path }) =>
      path.startsWith('/v1/agreements/stages')
        ? agreement('stages', body, { may: writer, draft: draftOf(body) })
        : undefined,
    );
    await press(root, 'Change SAL');
    const form = () => root.querySelector('form.word-form');
    await type(field(form() as Element, 'Word'), 'mql');
    await type(field(form() as Element, 'What it means'), 'x'.repeat(50_000));
    await type(field(form() as Element, 'Target days'), '1.5');
    await submit(form());
    expect(text()).toContain('“mql” is there already.');
    expect(text()).toContain('At most 2000 characters');
    expect(text()).toContain('A whole number of days');
    await type(field(form() as Element, 'Word'), 'SAL');
    await type(field(form() as Element, 'What it means'), 'A rep took it on.');
    await type(field(form() as Element, 'Target days'), '5');
    await submit(form());
    await settle(700);
    expect(asked.find(({ method }) => method === 'PUT')).toMatchObject({
      path: '/v1/agreements/stages/draft',
      body: {
        revision: 3,
        body: { stages: [stages[0], { name: 'SAL', definition: 'A rep took it on.', side: 'sales', targetDays: 5 }] },
      },
    });
  });

  test('shows what a draft changes, field by field, the old beside the new', async () => {
    const after = { ...stages[0], targetDays: 7 };
    const change = { part: 'item:mql', label: 'MQL', before: stages[0], after };
    const { root } = await open('#/language', 'marketer', ({ path }) =>
      path.startsWith('/v1/agreements/stages')
        ? agreement('stages', { stages }, { may: writer, draft: draftOf({ stages: [after, stages[1]] }, [change]) })
        : undefined,
    );
    expect(root.querySelector('.differences del')?.textContent).toBe('at most 14 days');
    expect(root.querySelector('.differences ins')?.textContent).toBe('at most 7 days');
  });

  test('a segment’s other groups of rules are written, read and added by keys, and are taken away as nothing', async () => {
    const has = (value: string) => ({ field: 'industry', test: { op: 'is', values: [value] } });
    const care = { name: 'Care', definition: 'Homes.', rules: [has('Care')], or: [[has('Nursing'), has('Elder')]] };
    const body = { segments: [care], rulesFirst: true };
    let draft = draftOf(body);
    const { root, asked, text } = await open('#/language?agreement=segments', 'marketer', (request) => {
      if (request.path.endsWith('/moves')) return { accounts: 0, moved: 0, unmatched: 0, moves: [], segments: [] };
      if (request.method === 'PUT')
        draft = { ...draftOf((request.body as { body: object }).body), revision: draft.revision + 1 };
      return request.path.startsWith('/v1/agreements/segments')
        ? agreement('segments', body, { may: writer, draft })
        : undefined;
    });
    expect(text()).toContain('Industry is CareorIndustry is NursingIndustry is Elder');
    await press(root, 'Change Care');
    const form = () => root.querySelector('form.word-form') as Element;
    expect(form().querySelectorAll('fieldset.rule-fields')).toHaveLength(3);
    await press(root, 'Or: another group of rules');
    const added = document.activeElement?.closest('fieldset');
    expect(added?.querySelector('legend')?.textContent).toBe('Rule 3.1');
    await submit(form());
    expect(form().querySelectorAll('[aria-invalid=true]').length).toBeGreaterThan(0);
    await type(added?.querySelector('textarea'), 'Clinic');
    await submit(form());
    await settle(700);
    const saved = () => asked.findLast(({ method }) => method === 'PUT')?.body as { body: object };
    expect(saved().body).toEqual({ ...body, segments: [{ ...care, or: [...care.or, [has('Clinic')]] }] });
    await press(root, 'Change Care');
    for (const rule of ['3.1', '2.2', '2.1']) await press(root, `Remove rule ${rule}`);
    await submit(form());
    await settle(700);
    expect(saved().body).toEqual({ ...body, segments: [{ ...care, or: [] }] });
  });

  test('of segments counts who would move before anything is published, and names rules that match nobody', async () => {
    const rule = { field: 'country', test: { op: 'is', values: ['Atlantis'] } };
    const body = { segments: [{ name: 'Care', definition: 'Homes.', rules: [rule] }], rulesFirst: true };
    const { root, asked, text } = await open('#/language?agreement=segments', 'marketer', ({ path }) => {
      if (path.endsWith('/moves'))
        return {
          accounts: 1200,
          moved: 30,
          unmatched: 1170,
          moves: [{ from: null, to: 'Care', accounts: 30 }],
          segments: [{ name: 'Care', matched: 0, accounts: 30 }],
        };
      if (path.endsWith('audience-choices'))
        return {
          segments: [
            { value: 'care', accounts: 12 },
            { value: 'Old word', accounts: 4 },
          ],
          tiers: [],
          stages: [],
          campaigns: [],
        };
      return path.startsWith('/v1/agreements/segments')
        ? agreement('segments', body, { may: writer, draft: draftOf(body) })
        : undefined;
    });
    await settle(600);
    expect(text()).toContain('30 of 1,200 accounts would move.');
    expect(text()).toContain('1,170 accounts pass the rules of none.');
    expect(text()).toContain('The rules of “Care” match nobody.');
    expect(text()).toContain('Country is Atlantis');
    expect(text()).toContain('Old word');
    expect(asked.find(({ path }) => path.endsWith('/moves'))).toMatchObject({ method: 'POST', body });
    expect([...root.querySelectorAll('table.agreed-words tbody td.figure')].map((each) => each.textContent)).toEqual([
      '12',
    ]);
  });
});
