import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Agreement, agreementSchema, type CardBody, type Side } from '#contract/agreement.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import {
  createTestStore,
  listBundles,
  seedAccount,
  type TestDevice,
  type TestStore,
} from '../../test/postgres/store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let admin: TestDevice;
let maren: TestDevice;
let marius: TestDevice;
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
  marius = await store.signIn(workspaceId, 'marketer', 'marius@larkspur.example');
  sam = await store.signIn(workspaceId, 'rep', 'sam@larkspur.example');
  rita = await store.signIn(workspaceId, 'rep', 'rita@larkspur.example');
});

const path = '/v1/agreements/scorecard';
const idOf = (device: TestDevice) => device.session.member.id;

/** Asks, and answers the agreement as it is then. */
async function ask(device: TestDevice, method: string, below: string, body?: unknown): Promise<Agreement> {
  const response = await device.request(method, path + below, body);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return agreementSchema.parse(JSON.parse(text));
}
const read = (device: TestDevice) => ask(device, 'GET', '');

/** Asks for what is refused: the status and the problem's code. */
async function refused(device: TestDevice, method: string, below: string, body?: unknown): Promise<string> {
  const response = await device.request(method, path + below, body);
  const problem = (await response.json()) as { type?: string };
  return `${response.status} ${problem.type?.replace('urn:baton:problem:', '')}`;
}

const worth = (card: CardBody, id: string, points: number): CardBody => ({
  ...card,
  criteria: card.criteria.map((each) => (each.id === id ? { ...each, points } : each)),
});
const pointsOf = (card: CardBody | undefined, id: string) => card?.criteria.find((each) => each.id === id)?.points;

const nameSam = () => ask(admin, 'PUT', '/signers', { sales: [idOf(sam)], arbiter: null });
const seen = (agreement: Agreement) => ({
  draftId: agreement.draft?.id,
  revision: agreement.draft?.revision,
});

/** A draft in which a criterion has other points, saved by Maren. */
async function draftPoints(id: string, points: number): Promise<Agreement> {
  const opened = await ask(maren, 'POST', '/draft', {});
  return ask(maren, 'PUT', '/draft', { ...seen(opened), body: worth(opened.inForce.body, id, points) });
}
const sign = (device: TestDevice, agreement: Agreement, side: Side) =>
  ask(device, 'POST', '/draft/sign', { ...seen(agreement), side });

/** Both sides sign, and Maren publishes. */
async function agreeOn(id: string, points: number): Promise<Agreement> {
  await nameSam();
  const drafted = await draftPoints(id, points);
  await sign(maren, drafted, 'marketing');
  await sign(sam, drafted, 'sales');
  return ask(maren, 'POST', '/draft/publish', { ...seen(drafted), reason: 'Clicks told too little.' });
}

describe('a scorecard that both sides sign', () => {
  test('is what came with the workspace until then: signed by nobody, and without a draft', async () => {
    const agreement = await read(rita);
    expect(agreement).toMatchObject({ draft: null, notes: [], missing: [], signers: { sales: [], arbiter: null } });
    expect(agreement.versions).toMatchObject([{ version: 1, by: null, signatures: [], differences: [] }]);
    expect(agreement.may).toEqual({ edit: false, sign: [], publish: false, nameSigners: false });
  });

  test('is in force once a marketer and whom the admin named have signed, with its reason, its date and both names', async () => {
    const { contactId } = await seedAccount(store, workspaceId, { touches: 3 });
    const before = await rita.cursor();
    const agreement = await agreeOn('size_core', 12);
    expect(agreement.draft).toBeNull();
    expect(agreement.inForce.version).toBe(2);
    expect(agreement.versions[0]).toMatchObject({
      version: 2,
      reason: 'Clicks told too little.',
      by: { name: 'maren' },
      signatures: [
        { side: 'marketing', by: { name: 'maren' }, isArbiter: false },
        { side: 'sales', by: { name: 'sam' }, isArbiter: false },
      ],
      differences: [{ part: 'size_core', before: { points: 30 }, after: { points: 12 } }],
    });
    const pulled = await rita.pull(before);
    // The card alone: devices score by it.
    expect(pulled).toMatchObject({
      workspace: { scorecardVersion: 2, scorecardSignedBy: ['maren', 'sam'], scorecard: { version: 2 } },
      bundles: [],
    });
    const shown = listBundles(await rita.snapshot()).flatMap(({ contacts }) => contacts);
    expect(shown).toMatchObject([{ id: contactId, score: { scorecardVersion: 2 } }]);
    const { rows } = await sql<{ same: boolean }>`
      select n.card->'qualified' = o.card->'qualified' as same from scorecard n join scorecard o using (workspace_id)
      where n.workspace_id = ${workspaceId} and n.version = 2 and o.version = 1`.execute(store.database.owner);
    expect(rows).toEqual([{ same: true }]);
  });

  test('is not in force while a side is missing, whoever asks', async () => {
    await nameSam();
    const drafted = await draftPoints('clicked', 4);
    const publish = (device: TestDevice) =>
      refused(device, 'POST', '/draft/publish', { ...seen(drafted), reason: 'So be it.' });
    expect(drafted.missing).toEqual(['marketing', 'sales']);
    expect(await publish(maren)).toBe('409 unsigned');
    await sign(maren, drafted, 'marketing');
    expect(await publish(maren)).toBe('409 unsigned');
    expect(await publish(admin)).toBe('409 unsigned');
    const signed = await sign(sam, drafted, 'sales');
    expect(signed.missing).toEqual([]);
    expect(await publish(sam)).toBe('403 role');
    expect((await read(maren)).inForce.version).toBe(1);
  });

  test('asks for both signatures again after any edit, and not after a save that changes nothing', async () => {
    await nameSam();
    const drafted = await draftPoints('clicked', 4);
    await sign(maren, drafted, 'marketing');
    const signed = await sign(sam, drafted, 'sales');
    const body = signed.draft?.body as CardBody;
    const same = await ask(maren, 'PUT', '/draft', { ...seen(signed), body });
    expect(same.draft).toMatchObject({ revision: signed.draft?.revision, signatures: [{}, {}] });
    const edited = await ask(marius, 'PUT', '/draft', { ...seen(signed), body: worth(body, 'opened', 0) });
    expect(edited).toMatchObject({ draft: { signatures: [] }, missing: ['marketing', 'sales'] });
    expect(await refused(sam, 'POST', '/draft/sign', { ...seen(signed), side: 'sales' })).toBe('409 edited-since');
    const publishing = { ...seen(signed), reason: 'The one that was signed.' };
    expect(await refused(maren, 'POST', '/draft/publish', publishing)).toBe('409 edited-since');
  });

  test('takes two: nobody signs for both sides, nor for a side that is not theirs', async () => {
    await ask(admin, 'PUT', '/signers', { sales: [idOf(maren), idOf(sam)], arbiter: null });
    const drafted = await draftPoints('clicked', 4);
    const once = await sign(maren, drafted, 'sales');
    expect(once.may.sign).toEqual([]);
    const attempt = (device: TestDevice, side: Side) =>
      refused(device, 'POST', '/draft/sign', { ...seen(drafted), side });
    expect(await attempt(maren, 'marketing')).toBe('403 no-signer');
    expect(await attempt(sam, 'marketing')).toBe('403 no-signer');
    expect(await attempt(sam, 'sales')).toBe('403 no-signer');
    expect(await attempt(rita, 'sales')).toBe('403 no-signer');
    await ask(maren, 'POST', '/draft/unsign', { ...seen(drafted), side: 'sales' });
    expect((await read(sam)).may.sign).toEqual(['sales']);
    await store.database.owner
      .updateTable('member')
      .set({ leftAt: new Date() })
      .where('id', '=', idOf(maren))
      .execute();
    expect((await read(admin)).signers.sales).toMatchObject([{ name: 'sam' }]);
  });

  test('says that nobody is named for sales', async () => {
    expect((await draftPoints('clicked', 4)).missing).toEqual(['marketing', 'signer']);
    expect(await refused(maren, 'PUT', '/signers', { sales: [idOf(maren)], arbiter: null })).toBe('403 role');
    const nobody = { sales: ['6f8d0f2c-6c1c-4f5f-9d3e-0c6f5f7d2f11'], arbiter: null };
    expect(await refused(admin, 'PUT', '/signers', nobody)).toBe('422 no-member');
  });
});

describe('a change to a draft', () => {
  test('is seen by whoever is named to sign, until it is another one; nobody else’s look is kept', async () => {
    await nameSam();
    const drafted = await draftPoints('clicked', 4);
    expect(drafted.draft?.seen).toEqual([]);
    const cursor = await maren.cursor();
    const look = (device: TestDevice) => ask(device, 'POST', '/draft/seen', seen(drafted));
    await Promise.all([look(rita), look(marius), look(admin)]);
    expect(await maren.cursor()).toEqual(cursor);
    await look(sam);
    const told = await maren.cursor();
    expect(told).not.toEqual(cursor);
    await look(sam);
    expect(await maren.cursor()).toEqual(told);
    expect((await read(maren)).draft?.seen).toMatchObject([{ by: { name: 'sam' } }]);
    const body = worth(drafted.draft?.body as CardBody, 'clicked', 5);
    expect((await ask(maren, 'PUT', '/draft', { ...seen(drafted), body })).draft?.seen).toEqual([]);
    expect(await refused(sam, 'POST', '/draft/seen', seen(drafted))).toBe('409 edited-since');
  });

  test('that changes nothing is told to nobody', async () => {
    await nameSam();
    const drafted = await draftPoints('clicked', 4);
    await sign(maren, drafted, 'marketing');
    const before = await marius.cursor();
    await ask(maren, 'POST', '/draft', {});
    await ask(maren, 'PUT', '/draft', { ...seen(drafted), body: drafted.draft?.body });
    await sign(maren, drafted, 'marketing');
    await ask(marius, 'POST', '/draft/unsign', { ...seen(drafted), side: 'marketing' });
    await nameSam();
    expect(await marius.cursor()).toEqual(before);
    await ask(maren, 'POST', '/draft/unsign', { ...seen(drafted), side: 'marketing' });
    expect(await marius.cursor()).not.toEqual(before);
  });

  test('is told to those who work on it or sign it, and to nobody else', async () => {
    await nameSam();
    const [forMarius, forSam, forRita] = [await marius.cursor(), await sam.cursor(), await rita.cursor()];
    await draftPoints('clicked', 4);
    const seen = await Promise.all([marius.pull(forMarius), sam.pull(forSam), rita.pull(forRita)]);
    expect(seen.map((each) => 'workspace' in each && each.workspace !== null)).toEqual([true, true, false]);
    expect(seen.every((each) => 'bundles' in each && each.bundles.length === 0)).toBe(true);
  });
});

describe('two people who edit at once', () => {
  test('lose nothing where they are at different criteria', async () => {
    const opened = await ask(maren, 'POST', '/draft', {});
    const { body } = opened.inForce;
    await ask(maren, 'PUT', '/draft', { ...seen(opened), body: worth(body, 'clicked', 4) });
    const both = await ask(marius, 'PUT', '/draft', {
      ...seen(opened),
      body: worth(body, 'met', 50),
      note: 'Meetings',
    });
    expect([pointsOf(both.draft?.body, 'clicked'), pointsOf(both.draft?.body, 'met')]).toEqual([4, 50]);
    expect(both.draft?.edits).toMatchObject([
      { revision: 1, differences: [] },
      { revision: 2, by: { name: 'maren' }, differences: [{ part: 'clicked' }] },
      { revision: 3, by: { name: 'marius' }, note: 'Meetings', differences: [{ part: 'met' }] },
    ]);
  });

  test('are told of the same criterion, with both sides, and nothing is saved over anybody', async () => {
    const opened = await ask(maren, 'POST', '/draft', {});
    const { body } = opened.inForce;
    await ask(maren, 'PUT', '/draft', { ...seen(opened), body: worth(body, 'clicked', 4) });
    const response = await marius.request('PUT', `${path}/draft`, {
      ...seen(opened),
      body: worth(body, 'clicked', 20),
    });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      type: 'urn:baton:problem:clash',
      clashes: [{ part: 'clicked', ours: { points: 20 }, theirs: { points: 4 } }],
      revision: 2,
    });
    expect(pointsOf((await read(marius)).draft?.body, 'clicked')).toBe(4);
  });

  test('at the very same moment come one after the other, and open one draft between them', async () => {
    const opened = await Promise.all([maren, marius, admin].map((each) => ask(each, 'POST', '/draft', {})));
    expect(new Set(opened.map(({ draft }) => draft?.id)).size).toBe(1);
    const [first] = opened as [Agreement];
    const edits = ['clicked', 'met', 'opened', 'visited', 'replied'];
    await Promise.all(
      edits.map((id, at) =>
        ask(at % 2 === 0 ? maren : marius, 'PUT', '/draft', { ...seen(first), body: worth(first.inForce.body, id, 7) }),
      ),
    );
    const { draft } = await read(maren);
    expect(edits.map((id) => pointsOf(draft?.body, id))).toEqual([7, 7, 7, 7, 7]);
    expect(draft?.revision).toBe(6);
  });

  test('publish once: the second is told that the draft is closed', async () => {
    await nameSam();
    const drafted = await draftPoints('clicked', 4);
    await sign(maren, drafted, 'marketing');
    await sign(sam, drafted, 'sales');
    const publish = () => maren.request('POST', `${path}/draft/publish`, { ...seen(drafted), reason: 'Both at once.' });
    const answers = await Promise.all([publish(), publish()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await read(maren)).inForce.version).toBe(2);
  });
});

describe('a revert', () => {
  test('restores every score exactly, at one press and without new signatures', async () => {
    await seedAccount(store, workspaceId, { touches: 3 });
    // What time does to engagement meanwhile is not the scorecard's.
    const scores = async () =>
      (await rita.snapshot())
        .flatMap((line) => (line.line === 'bundles' ? line.bundles : []))
        .flatMap(({ contacts }) => contacts.map(({ score }) => score))
        .map(({ fit, grade, reasons }) => ({ fit, grade, reasons: reasons.filter(({ axis }) => axis === 'fit') }));
    const before = await scores();
    await agreeOn('size_core', 12);
    expect(await scores()).not.toEqual(before);
    const reverted = await ask(marius, 'POST', '/revert', { version: 2, reason: 'It was worse.' });
    expect(await scores()).toEqual(before);
    expect(reverted.versions.map(({ version, revertsTo }) => [version, revertsTo])).toEqual([
      [3, 1],
      [2, null],
      [1, null],
    ]);
    expect(await refused(maren, 'POST', '/revert', { version: 2, reason: 'Again.' })).toBe('409 published-since');
  });

  test('leaves an open draft what it changed, on the ground of what is in force then', async () => {
    await agreeOn('clicked', 4);
    await draftPoints('met', 50);
    const { draft } = await ask(marius, 'POST', '/revert', { version: 2, reason: 'Clicks do count.' });
    expect(draft).toMatchObject({
      basedOn: 3,
      differences: [{ part: 'met', before: { points: 35 }, after: { points: 50 } }],
    });
    expect(pointsOf(draft?.body, 'clicked')).toBe(12);
  });

  test('of the first version is refused', async () => {
    expect(await refused(maren, 'POST', '/revert', { version: 1, reason: 'Before there was one.' })).toBe(
      '409 first-version',
    );
  });
});

describe('reps', () => {
  const change = (agreement: Agreement, id: string, points: number) =>
    worth(agreement.inForce.body, id, points).criteria.find((each) => each.id === id);

  test('propose, before there is a draft too; what is taken is in it, with who proposed it, and an answer', async () => {
    const agreement = await read(rita);
    const proposal = {
      kind: 'proposal',
      text: 'Openers never buy.',
      about: 'opened',
      change: change(agreement, 'opened', 0),
    };
    const { notes } = await ask(rita, 'POST', '/notes', proposal);
    expect(notes).toMatchObject([{ kind: 'proposal', by: { name: 'rita' }, state: 'open', about: 'opened' }]);
    const answered = { state: 'taken', answer: 'You are right.' };
    const taken = await ask(maren, 'POST', `/notes/${notes[0]?.id}/answer`, answered);
    expect(taken.draft).toMatchObject({ revision: 2, differences: [{ part: 'opened', after: { points: 0 } }] });
    expect(taken.draft?.edits.at(-1)?.note).toBe('Openers never buy.');
    expect(await refused(maren, 'POST', `/notes/${notes[0]?.id}/answer`, answered)).toBe('409 answered');
    expect(await refused(rita, 'POST', `/notes/${notes[0]?.id}/answer`, answered)).toBe('403 role');
  });

  test('neither edit nor publish nor revert', async () => {
    const drafted = await draftPoints('clicked', 4);
    const body = worth(drafted.inForce.body, 'clicked', 100);
    expect(await refused(sam, 'POST', '/draft', {})).toBe('403 role');
    expect(await refused(sam, 'PUT', '/draft', { ...seen(drafted), body })).toBe('403 role');
    expect(await refused(sam, 'POST', '/draft/withdraw', { draftId: drafted.draft?.id })).toBe('403 role');
    expect(await refused(sam, 'POST', '/revert', { version: 1, reason: 'No.' })).toBe('403 role');
  });

  test('comment on a draft, whose words go with it', async () => {
    expect(await refused(rita, 'POST', '/notes', { kind: 'comment', text: 'To nobody.' })).toBe('409 no-draft');
    await draftPoints('clicked', 4);
    const { notes } = await ask(rita, 'POST', '/notes', { kind: 'comment', text: 'At last.', about: 'clicked' });
    expect(notes).toMatchObject([{ kind: 'comment', text: 'At last.', about: 'clicked', by: { name: 'rita' } }]);
    const withdrawn = await ask(maren, 'POST', '/draft/withdraw', { draftId: (await read(maren)).draft?.id });
    expect(withdrawn).toMatchObject({ draft: null, notes: [] });
  });
});

describe('what stays disputed', () => {
  test('is decided by the arbiter for one side, once somebody disagreed, and never by the arbiter alone', async () => {
    await ask(admin, 'PUT', '/signers', { sales: [idOf(sam)], arbiter: idOf(rita) });
    const drafted = await draftPoints('clicked', 4);
    expect(await refused(rita, 'POST', '/draft/sign', { ...seen(drafted), side: 'sales' })).toBe('403 no-signer');
    await ask(sam, 'POST', '/notes', { kind: 'dispute', text: 'We live by clicks.' });
    const decided = await sign(rita, drafted, 'sales');
    expect(decided.draft?.signatures).toMatchObject([{ side: 'sales', isArbiter: true, by: { name: 'rita' } }]);
    expect(await refused(rita, 'POST', '/draft/sign', { ...seen(drafted), side: 'marketing' })).toBe('403 no-signer');
    await sign(maren, drafted, 'marketing');
    const published = await ask(maren, 'POST', '/draft/publish', { ...seen(drafted), reason: 'Decided.' });
    expect(published.versions[0]?.signatures).toMatchObject([{ isArbiter: true }, { isArbiter: false }]);
  });
});

describe('a bad card', () => {
  test('that qualifies people by a criterion that is gone is not published, and says so', async () => {
    await nameSam();
    const opened = await ask(maren, 'POST', '/draft', {});
    const { body } = opened.inForce;
    const gone = { ...body, criteria: body.criteria.filter(({ id }) => id !== 'requested_contact') };
    const drafted = await ask(maren, 'PUT', '/draft', { ...seen(opened), body: gone });
    await sign(maren, drafted, 'marketing');
    await sign(sam, drafted, 'sales');
    const publishing = { ...seen(drafted), reason: 'Without it.' };
    expect(await refused(maren, 'POST', '/draft/publish', publishing)).toBe('409 unsound');
  });

  test('is refused with the place of what is wrong, and changes nothing', async () => {
    const opened = await ask(maren, 'POST', '/draft', {});
    const { body } = opened.inForce;
    const put = async (bad: unknown) => {
      const response = await maren.request('PUT', `${path}/draft`, { ...seen(opened), body: bad });
      const { errors } = (await response.json()) as { errors: { path: string }[] };
      return [response.status, errors[0]?.path];
    };
    const first = body.criteria[0];
    expect(await put({ ...body, criteria: [{ ...first, points: Number.NaN }] })).toEqual([
      422,
      'body.criteria.0.points',
    ]);
    expect(await put({ ...body, criteria: [{ ...first, field: 'shoe_size' }] })).toEqual([
      422,
      'body.criteria.0.field',
    ]);
    expect(await put({ ...body, criteria: [first, first] })).toEqual([422, 'body.criteria.1.id']);
    expect(await put({ ...body, fitThresholds: [40, 60, 80] })).toEqual([422, 'body.fitThresholds']);
    expect((await read(maren)).draft?.revision).toBe(1);
  });

  test('of another workspace’s draft is none here', async () => {
    const drafted = await draftPoints('clicked', 4);
    const elsewhere = await store.addWorkspace('Halden Pumps');
    const other = await store.signIn(elsewhere, 'marketer');
    expect((await read(other)).draft).toBeNull();
    const publishing = { ...seen(drafted), reason: 'From next door.' };
    expect(await refused(other, 'POST', '/draft/publish', publishing)).toBe('409 draft-closed');
    const { rows } = await sql<{
      count: number;
    }>`select count(*)::int as count from agreement_draft where workspace_id = ${elsewhere}`.execute(
      store.database.owner,
    );
    expect(rows[0]?.count).toBe(0);
  });
});
