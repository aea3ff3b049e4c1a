import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContactId, InsightId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import { discardedBody, type Mutation } from '#contract/mutation.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../test/postgres/store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let rep: TestDevice;
let contactId: ContactId;
let campaignId: string;

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  rep = await store.signIn(workspaceId, 'rep');
  ({ contactId, campaignId } = await seedAccount(store, workspaceId));
});
afterAll(() => store?.close());

const verdict = (value: 'weak' | 'strong' = 'weak', id = randomUUID() as VerdictId): Mutation => ({
  kind: 'recordVerdict',
  body: { verdictId: id, contactId, value, shown: null },
});
const count = async (table: string, where = 'true') => {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from ${sql.table(table)} where ${sql.raw(where)}`.execute(store.database.owner);
  return rows[0]!.n;
};
const newDevice = () => store.signIn(workspaceId, 'rep');

describe('a push', () => {
  test('keeps a verdict with the store’s own score, scorecard version, campaigns and account facts of that moment', async () => {
    const id = randomUUID() as VerdictId;
    const answer = await rep.push(1, {
      kind: 'recordVerdict',
      body: { verdictId: id, contactId, value: 'weak', shown: { grade: 'D4', points: 1, scorecardVersion: 9 } },
    });
    expect(answer).toEqual({ status: 200, body: { lastSequence: 1, rejected: [] } });
    const [row] = await store.database.owner.selectFrom('verdict').selectAll().where('id', '=', id).execute();
    expect(row).toMatchObject({
      value: 'weak',
      scorecardVersion: 1,
      campaignIds: [campaignId],
      lastCampaignId: campaignId,
      segment: 'Industrial',
      tier: 1,
      stage: 'Engaged',
      undoneAt: null,
    });
    expect(row!.shown).toEqual({ grade: 'D4', points: 1, scorecardVersion: 9 });
    const score = row!.score as { grade: string; points: number; reasons: { points: number }[] };
    expect(row!.grade).toBe(score.grade);
    expect(score.points).toBeGreaterThan(0);
    expect(score.reasons.reduce((sum, reason) => sum + reason.points, 0)).toBeCloseTo(score.points, 5);
  });

  test('that comes twice changes nothing the second time', async () => {
    const device = await newDevice();
    const mutations = [verdict(), verdict('strong')];
    const first = await device.push(1, ...mutations);
    const before = await count('feed_entry');
    expect(await device.push(1, ...mutations)).toEqual(first);
    expect(await count('verdict', `device_id = '${device.caller.deviceId}'`)).toBe(2);
    expect(await count('feed_entry')).toBe(before);
  });

  test('that comes twenty times at once counts once', async () => {
    const device = await newDevice();
    const mutations = [verdict(), verdict(), verdict()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => device.push(1, ...mutations)));
    for (const answer of answers) expect(answer).toEqual({ status: 200, body: { lastSequence: 3, rejected: [] } });
    expect(await count('verdict', `device_id = '${device.caller.deviceId}'`)).toBe(3);
    expect(await count('mutation', `device_id = '${device.caller.deviceId}'`)).toBe(3);
  });

  test('that overlaps the last takes only what is new', async () => {
    const device = await newDevice();
    const [one, two, three] = [verdict(), verdict(), verdict()];
    await device.push(1, one, two);
    expect((await device.push(2, two, three)).body.lastSequence).toBe(3);
    expect(await count('verdict', `device_id = '${device.caller.deviceId}'`)).toBe(3);
  });

  test('with a gap before it is refused whole, and says from where to send again', async () => {
    const device = await newDevice();
    await device.push(1, verdict());
    const answer = await device.push(3, verdict());
    expect(answer).toMatchObject({ status: 409, body: { type: 'urn:baton:problem:gap', lastSequence: 1 } });
    expect(await count('verdict', `device_id = '${device.caller.deviceId}'`)).toBe(1);
  });

  test('whose numbers do not follow each other is refused whole', async () => {
    const device = await newDevice();
    const at = new Date().toISOString();
    const response = await device.request('POST', '/v1/push', {
      mutations: [
        { ...verdict(), sequence: 1, at },
        { ...verdict(), sequence: 3, at },
      ],
    });
    expect(response.status).toBe(422);
    expect(await count('mutation', `device_id = '${device.caller.deviceId}'`)).toBe(0);
  });

  test('goes on behind what the rules refuse, and says each refusal again when asked again', async () => {
    const device = await newDevice();
    const unknownContact: Mutation = {
      kind: 'recordVerdict',
      body: { verdictId: randomUUID() as VerdictId, contactId: randomUUID() as ContactId, value: 'weak', shown: null },
    };
    const mutations = [
      unknownContact,
      { kind: 'sendPigeon', body: { to: 'sea' } },
      { kind: 'recordVerdict', body: { value: 'lukewarm' } },
      { kind: 'recordVerdict', body: discardedBody },
      verdict(),
    ];
    const first = await device.push(1, ...mutations);
    expect(first.body.lastSequence).toBe(5);
    expect(first.body.rejected.map(({ sequence, code }) => [sequence, code])).toEqual([
      [1, 'unknown-contact'],
      [2, 'unknown'],
      [3, 'invalid'],
      [4, 'discarded'],
    ]);
    expect(await device.push(1, ...mutations)).toEqual(first);
    expect(await count('verdict', `device_id = '${device.caller.deviceId}'`)).toBe(1);
    expect(await count('mutation', `device_id = '${device.caller.deviceId}' and rejection_code is not null`)).toBe(4);
  });

  test('with a character that text cannot have loses that one mutation alone', async () => {
    const device = await newDevice();
    const insight = (text: string): Mutation => ({
      kind: 'recordInsight',
      body: {
        insightId: randomUUID() as InsightId,
        accountId: null,
        contactId,
        text,
        quote: null,
        kind: 'customer',
        method: 'interview',
      },
    });
    const answer = await device.push(1, verdict(), insight('a\u0000b'), insight('They buy in March.'));
    expect(answer.body).toMatchObject({ lastSequence: 3, rejected: [{ sequence: 2, code: 'invalid' }] });
    expect(await count('insight', `device_id = '${device.caller.deviceId}'`)).toBe(1);
    expect(await count('verdict', `device_id = '${device.caller.deviceId}'`)).toBe(1);
  });

  test('takes no more than 200 mutations, and says so', async () => {
    const device = await newDevice();
    const answer = await device.push(1, ...Array.from({ length: 201 }, () => verdict()));
    expect(answer.status).toBe(422);
  });
});

describe('a verdict', () => {
  test('that is undone stays undone however often, and what stood before stands again', async () => {
    const device = await newDevice();
    const [first, second] = [randomUUID() as VerdictId, randomUUID() as VerdictId];
    await device.push(1, verdict('weak', first), verdict('strong', second));
    const cursor = await device.cursor();
    await device.push(
      3,
      { kind: 'undoVerdict', body: { verdictId: second } },
      { kind: 'undoVerdict', body: { verdictId: second } },
    );
    const afterOne = await device.pull(cursor);
    expect(afterOne).toMatchObject({
      status: 'changes',
      verdicts: [{ verdictId: first, value: 'weak', undone: false }],
    });
    await device.push(5, { kind: 'undoVerdict', body: { verdictId: first } });
    const afterTwo = await device.pull(cursor);
    expect(afterTwo).toMatchObject({ status: 'changes', verdicts: [{ contactId, undone: true }] });
  });

  test('takes only a reason that goes with it', async () => {
    const device = await newDevice();
    const id = randomUUID() as VerdictId;
    const answer = await device.push(
      1,
      verdict('weak', id),
      { kind: 'setVerdictReason', body: { verdictId: id, reason: 'real_need' } },
      { kind: 'setVerdictReason', body: { verdictId: id, reason: 'wrong_person' } },
    );
    expect(answer.body.rejected).toMatchObject([{ sequence: 2, code: 'reason-mismatch' }]);
    const [row] = await store.database.owner.selectFrom('verdict').select('reason').where('id', '=', id).execute();
    expect(row!.reason).toBe('wrong_person');
  });

  test('of another member cannot be undone', async () => {
    const [author, other] = [await newDevice(), await newDevice()];
    const id = randomUUID() as VerdictId;
    await author.push(1, verdict('weak', id));
    const answer = await other.push(1, { kind: 'undoVerdict', body: { verdictId: id } });
    expect(answer.body.rejected).toMatchObject([{ code: 'unknown-verdict' }]);
    expect(await count('verdict', `id = '${id}' and undone_at is null`)).toBe(1);
  });

  test('whose id is taken does not overwrite the first', async () => {
    const device = await newDevice();
    const id = randomUUID() as VerdictId;
    const answer = await device.push(1, verdict('weak', id), verdict('strong', id));
    expect(answer.body.rejected).toMatchObject([{ sequence: 2, code: 'id-taken' }]);
    expect(await count('verdict', `id = '${id}' and value = 'weak'`)).toBe(1);
  });
});
