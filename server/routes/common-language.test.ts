import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type LanguageAgreement,
  type LanguageKind,
  languageAgreementSchema,
  languageKinds,
  type Side,
} from '#contract/agreement.ts';
import type { WorkspaceFacts } from '#contract/bundle.ts';
import type { Stage, Stages } from '#contract/common-language.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Problem } from '#contract/session.ts';
import { createTestStore, type TestDevice, type TestStore } from '../../test/postgres/store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let admin: TestDevice;
let maren: TestDevice;
let sam: TestDevice;
let rita: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
  admin = await store.signIn(workspaceId, 'admin', 'ida@larkspur.example');
  maren = await store.signIn(workspaceId, 'marketer', 'maren@larkspur.example');
  sam = await store.signIn(workspaceId, 'rep', 'sam@larkspur.example');
  rita = await store.signIn(workspaceId, 'rep', 'rita@larkspur.example');
});

/** Asks about an agreement, and answers it as it is then. */
async function ask(device: TestDevice, kind: LanguageKind, method: string, below: string, body?: unknown) {
  const response = await device.request(method, `/v1/agreements/${kind}${below}`, body);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return languageAgreementSchema.parse(JSON.parse(text));
}

/** Asks for what is refused: status, code, and what is said. */
async function refused(device: TestDevice, kind: string, method: string, below: string, body?: unknown) {
  const response = await device.request(method, `/v1/agreements/${kind}${below}`, body);
  const { type, detail, errors } = (await response.json()) as Problem;
  const paths = errors?.map(({ path, message }) => `${path}: ${message}`).join();
  return `${response.status} ${type?.replace('urn:baton:problem:', '')}: ${detail} ${paths ?? ''}`;
}

const idOf = (device: TestDevice) => device.session.member.id;
const seen = (agreement: LanguageAgreement) => ({
  draftId: agreement.draft?.id,
  revision: agreement.draft?.revision,
});
const stagesOf = (agreement: LanguageAgreement) => (agreement.draft?.body ?? agreement.inForce.body) as Stages;
const withStage = ({ stages }: Stages, name: string, change: Partial<Stage>): Stages => ({
  stages: stages.map((each) => (each.name === name ? { ...each, ...change } : each)),
});
const sign = (device: TestDevice, agreement: LanguageAgreement, side: Side) =>
  ask(device, agreement.kind, 'POST', '/draft/sign', { ...seen(agreement), side });

/** Saves a body as the draft of an agreement. */
async function draft(kind: LanguageKind, body: unknown): Promise<LanguageAgreement> {
  const opened = await ask(maren, kind, 'POST', '/draft', {});
  return ask(maren, kind, 'PUT', '/draft', { ...seen(opened), body });
}

/** Both sides sign, and Maren publishes. */
async function agreeOn(kind: LanguageKind, body: unknown): Promise<LanguageAgreement> {
  await ask(admin, kind, 'PUT', '/signers', { sales: [idOf(sam)], arbiter: null });
  const drafted = await draft(kind, body);
  await sign(maren, drafted, 'marketing');
  await sign(sam, drafted, 'sales');
  return ask(maren, kind, 'POST', '/draft/publish', { ...seen(drafted), reason: 'Said the same way by both.' });
}

describe('the common language', () => {
  test('begins with the words that the workspace came with, in the order of the funnel, signed by nobody', async () => {
    const stages = await ask(rita, 'stages', 'GET', '');
    expect(stagesOf(stages).stages.map(({ name, side, targetDays }) => [name, side, targetDays])).toEqual([
      ['Inquiry', 'marketing', null],
      ['MQL', 'marketing', null],
      ['SAL', 'sales', null],
      ['SQL', 'sales', null],
      ['Opportunity', 'sales', null],
      ['Customer', 'both', null],
      ['Recycled', 'marketing', null],
    ]);
    expect(stages.versions).toMatchObject([{ version: 1, by: null, signatures: [] }]);
    const bodies = [];
    for (const kind of languageKinds) bodies.push((await ask(rita, kind, 'GET', '')).inForce.body);
    expect(bodies).toMatchObject([
      { stages: { length: 7 } },
      { qualified: '' },
      { segments: [], rulesFirst: false },
      { tiers: [{ name: '1' }, { name: '2' }, { name: '3' }] },
      { idealCustomer: '', traits: [] },
    ]);
  });

  test('is in force once both sides have signed it, each agreement for itself', async () => {
    const before = stagesOf(await ask(rita, 'stages', 'GET', ''));
    const agreed = await agreeOn(
      'stages',
      withStage(before, 'SAL', { targetDays: 5, definition: 'A rep took it on.' }),
    );
    expect(agreed).toMatchObject({ draft: null, inForce: { version: 2 } });
    expect(agreed.versions[0]).toMatchObject({
      reason: 'Said the same way by both.',
      signatures: [
        { side: 'marketing', by: { name: 'maren' } },
        { side: 'sales', by: { name: 'sam' } },
      ],
      differences: [{ part: 'item:sal', label: 'SAL', before: { targetDays: null }, after: { targetDays: 5 } }],
    });
    expect((await ask(rita, 'qualified', 'GET', '')).inForce.version).toBe(1);
    expect((await (await rita.request('GET', '/v1/agreements/scorecard')).json()) as object).toMatchObject({
      inForce: { version: 1 },
    });
  });

  test.each(languageKinds)(
    '%s are not in force while a side is missing, and nobody without the right changes them',
    async (kind) => {
      const bodies = {
        stages: { stages: [{ name: 'Lead', definition: 'Anybody.', side: 'marketing', targetDays: 3 }] },
        qualified: { qualified: 'Has a need, and asked for a call.' },
        segments: { segments: [{ name: 'Care', definition: 'Homes.', rules: [] }], rulesFirst: true },
        tiers: { tiers: [{ name: '1', definition: 'The ten we want most.' }] },
        'ideal-customer': { idealCustomer: 'Runs on paper.', traits: [{ name: 'Two sites', definition: 'Or more.' }] },
      };
      const drafted = await draft(kind, bodies[kind]);
      expect(drafted.draft?.body).toEqual(bodies[kind]);
      expect(drafted.missing).toEqual(['marketing', 'signer']);
      await sign(maren, drafted, 'marketing');
      const publishing = { ...seen(drafted), reason: 'So be it.' };
      expect(await refused(maren, kind, 'POST', '/draft/publish', publishing)).toMatch(/^409 unsigned/);
      expect(await refused(maren, kind, 'POST', '/draft/sign', { ...seen(drafted), side: 'sales' })).toMatch(/^403/);
      expect(await refused(sam, kind, 'POST', '/draft/sign', { ...seen(drafted), side: 'sales' })).toMatch(/^403/);
      expect(await refused(sam, kind, 'POST', '/draft/publish', publishing)).toMatch(/^403 role/);
      expect(await refused(sam, kind, 'PUT', '/draft', { ...seen(drafted), body: bodies[kind] })).toMatch(/^403 role/);
      expect((await ask(rita, kind, 'GET', '')).inForce.version).toBe(1);
    },
  );

  test('keeps what two people change in different words, and refuses two words for one', async () => {
    const opened = await ask(maren, 'stages', 'POST', '/draft', {});
    const body = stagesOf(opened);
    await ask(maren, 'stages', 'PUT', '/draft', { ...seen(opened), body: withStage(body, 'SAL', { targetDays: 5 }) });
    const both = await ask(admin, 'stages', 'PUT', '/draft', {
      ...seen(opened),
      body: withStage(body, 'SQL', { side: 'both' }),
    });
    expect(both.draft?.differences.map(({ part }) => part)).toEqual(['item:sal', 'item:sql']);
    const response = await admin.request('PUT', '/v1/agreements/stages/draft', {
      ...seen(opened),
      body: withStage(body, 'SAL', { targetDays: 9 }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      409,
      { clashes: [{ part: 'item:sal', ours: { targetDays: 9 }, theirs: { targetDays: 5 } }] },
    ]);
  });

  test('takes another order as a change, which is signed as any other', async () => {
    const before = stagesOf(await ask(rita, 'stages', 'GET', ''));
    const moved = { stages: [...before.stages.slice(1), ...before.stages.slice(0, 1)] };
    const agreed = await agreeOn('stages', moved);
    expect(agreed.versions[0]?.differences).toMatchObject([{ part: 'order', after: { 6: 'Inquiry' } }]);
    expect(stagesOf(agreed)).toEqual(moved);
  });

  test('takes a rep’s proposal into the draft with the rep’s words, and none that could not be taken', async () => {
    const change = { name: 'MQL', definition: 'Asked for a call.', side: 'marketing', targetDays: 2 };
    const proposal = { kind: 'proposal', text: 'Two days are enough.', about: 'item:mql', change };
    const proposed = await ask(rita, 'stages', 'POST', '/notes', proposal);
    expect(proposed.notes).toMatchObject([{ by: { name: 'rita' }, about: 'item:mql', change }]);
    const taken = await ask(maren, 'stages', 'POST', `/notes/${proposed.notes[0]?.id}/answer`, { state: 'taken' });
    expect(taken.draft).toMatchObject({
      differences: [{ part: 'item:mql', after: { targetDays: 2 } }],
      edits: [{}, { note: 'Two days are enough.' }],
    });
    const term = { ...proposal, change: { name: 'MQL', definition: 'Asked for a call.' } };
    expect(await refused(rita, 'stages', 'POST', '/notes', term)).toMatch(/^422 invalid/);
    expect(await refused(rita, 'stages', 'POST', '/notes', { ...proposal, about: 'item:sal' })).toMatch(/^422 invalid/);
  });

  test('travels to every device: what words mean, whose they are, who signed and when; and nothing of a draft', async () => {
    const cursor = await rita.cursor();
    await draft('qualified', { qualified: 'Has a need.' });
    expect(await rita.pull(cursor)).toMatchObject({ workspace: null });
    await agreeOn('qualified', { qualified: 'Has a need.' });
    const before = stagesOf(await ask(rita, 'stages', 'GET', ''));
    await agreeOn('stages', withStage(before, 'SAL', { targetDays: 5 }));
    const { workspace } = (await rita.pull(cursor)) as { workspace: WorkspaceFacts };
    expect(workspace.agreed).toMatchObject([
      { kind: 'qualified', version: 2, text: 'Has a need.', signedBy: ['maren', 'sam'] },
      { kind: 'stages', version: 2, text: null, signedBy: ['maren', 'sam'] },
    ]);
    const words = workspace.definitions.filter(({ term }) => term === 'SAL' || term === '1');
    expect(words).toMatchObject([{ kind: 'stage', side: 'sales', targetDays: 5 }, { kind: 'tier' }]);
    expect(workspace.qualified).toMatchObject({ fit: expect.any(String) });
  });

  test('goes back by one version, and an open draft goes on from there', async () => {
    const before = stagesOf(await ask(rita, 'stages', 'GET', ''));
    await agreeOn('stages', withStage(before, 'SAL', { targetDays: 5 }));
    const open = await ask(maren, 'stages', 'POST', '/draft', {});
    await ask(maren, 'stages', 'PUT', '/draft', {
      ...seen(open),
      body: withStage(stagesOf(open), 'SQL', { side: 'both' }),
    });
    const reverted = await ask(maren, 'stages', 'POST', '/revert', { version: 2, reason: 'Too soon.' });
    expect(reverted.inForce.body).toEqual(before);
    expect(reverted.draft?.differences.map(({ part }) => part)).toEqual(['item:sql']);
  });
});

describe('what cannot be agreed on is refused with what is wrong', () => {
  const stage = { name: 'Lead', definition: 'Anybody.', side: 'marketing', targetDays: null };
  const rule = { field: 'industry', test: { op: 'is', values: ['Care'] } };
  test.each([
    ['stages', { stages: [stage, { ...stage, name: ' LEAD ' }] }, /stages\.1\.name: “LEAD” is there twice/],
    ['stages', { stages: [{ ...stage, definition: 'x'.repeat(50_000) }] }, /stages\.0\.definition: Too big.*2000/],
    ['stages', { stages: [{ ...stage, name: '' }] }, /stages\.0\.name: Too small/],
    ['stages', { stages: [{ ...stage, targetDays: 0.5 }] }, /stages\.0\.targetDays/],
    ['stages', { stages: [{ ...stage, side: 'nobody' }] }, /stages\.0\.side/],
    ['stages', { qualified: 'Of another agreement.' }, /not as expected/],
    ['qualified', { qualified: 'x'.repeat(50_000) }, /qualified: Too big/],
    [
      'segments',
      { segments: [{ name: 'A', definition: '', rules: [{ ...rule, field: 'title' }] }], rulesFirst: true },
      /segments\.0\.rules\.0\.field/,
    ],
    ['tiers', { tiers: [{ name: '12', definition: 'None.' }] }, /tiers\.0\.name/],
    [
      'ideal-customer',
      {
        idealCustomer: 'x',
        traits: [
          { name: 'A', definition: '' },
          { name: 'a', definition: '' },
        ],
      },
      /traits\.1\.name: “a” is there twice/,
    ],
  ] as const)('%s %#', async (kind, body, says) => {
    const opened = await ask(maren, kind, 'POST', '/draft', {});
    const answer = await refused(maren, kind, 'PUT', '/draft', { ...seen(opened), body });
    expect(answer).toMatch(/^422 invalid/);
    expect(answer).toMatch(says);
    expect((await ask(maren, kind, 'GET', '')).draft?.revision).toBe(1);
  });

  test('a word without a meaning, or borders that nothing lies between, are not published', async () => {
    await ask(admin, 'segments', 'PUT', '/signers', { sales: [idOf(sam)], arbiter: null });
    const between = { field: 'employees', test: { op: 'between', min: 90, max: 10 } };
    const drafted = await draft('segments', {
      segments: [{ name: 'Care', definition: '', rules: [between] }],
      rulesFirst: false,
    });
    await sign(maren, drafted, 'marketing');
    await sign(sam, drafted, 'sales');
    const response = await maren.request('POST', '/v1/agreements/segments/draft/publish', {
      ...seen(drafted),
      reason: 'So be it.',
    });
    expect([response.status, await response.json()]).toMatchObject([
      409,
      {
        type: 'urn:baton:problem:unsound',
        faults: [
          { part: 'item:care', what: 'undefined' },
          { what: 'borders', values: ['Care', 90, 10] },
        ],
      },
    ]);
  });

  test('hostile text is kept as text', async () => {
    const definition = '<img src=x onerror=alert(1)> [a](javascript:alert(1)) \u202Eevil\u2066';
    const kept = await draft('stages', { stages: [{ ...stage, definition }] });
    expect(stagesOf(kept).stages[0]?.definition).toBe(definition);
    const zero = { ...seen(kept), body: { stages: [{ ...stage, definition: 'a\u0000b' }] } };
    expect(await refused(maren, 'stages', 'PUT', '/draft', zero)).toMatch(/^422 invalid.*no text has/);
  });

  test('what is the scorecard’s alone is not asked of words', async () => {
    expect(await refused(maren, 'stages', 'GET', '/evidence?days=30')).toMatch(/^404/);
    expect(await refused(maren, 'stages', 'GET', '/receipts')).toMatch(/^404/);
    expect(await refused(maren, 'moods', 'GET', '')).toMatch(/^404/);
  });
});
