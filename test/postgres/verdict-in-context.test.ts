import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rollUpBySchema, type VerdictContext, verdictContextSchema, verdictOrderSchema } from '#contract/desk.ts';
import type { ContactId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from './store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let rep: TestDevice;
let marketer: TestDevice;
let contactId: ContactId;
let address: string;
const verdictId = randomUUID() as VerdictId;
const author = 'maren-of-the-north';

const run = (query: ReturnType<typeof sql>) => query.execute(store.database.owner);
const ask = async <Row>(query: ReturnType<typeof sql>) => (await run(query)).rows as Row[];
const touch = (campaign: string, daysAgo: number) => sql`
  with c as (insert into campaign (workspace_id, id, source, external_id, name, channel) values (${workspaceId}, gen_random_uuid(), 'test', ${campaign}, ${campaign}, 'mail') returning id)
  insert into touch (workspace_id, id, source, external_id, contact_id, campaign_id, kind, at)
  select ${workspaceId}, gen_random_uuid(), 'test', ${campaign}, ${contactId}, id, 'attended', now() - make_interval(days => ${daysAgo}) from c`;

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  rep = await store.signIn(workspaceId, 'rep', `${author}@larkspur.example`);
  marketer = await store.signIn(workspaceId, 'marketer', 'ines@larkspur.example');
  ({ contactId, address } = await seedAccount(store, workspaceId));
  await run(sql`update account set segment = 'Food', tier = 1, stage = 'MQL' where workspace_id = ${workspaceId}`);
  await run(touch('Trade fair', 3));
  await rep.push(
    1,
    { kind: 'recordVerdict', body: { verdictId, contactId, value: 'weak', shown: null } },
    { kind: 'setVerdictReason', body: { verdictId, reason: 'bad_data' } },
  );
});
afterAll(() => store?.close());

const read = async (): Promise<VerdictContext> =>
  verdictContextSchema.parse(await (await marketer.request('GET', `/v1/desk/verdicts/${verdictId}`)).json());

describe('a verdict in its context', () => {
  test('stays as it stood, whatever happens to the person, the account and the criteria afterwards', async () => {
    const before = await read();
    expect(before).toMatchObject({ segment: 'Food', campaigns: ['Spring webinar', 'Trade fair'] });
    expect(before.touches.length).toBeGreaterThan(1);
    const called = { contact: before.contact, title: before.title, account: before.account };
    expect(Object.values(called)).not.toContain(null);
    await run(sql`update contact set name = 'Ada Married', title = 'Director' where id = ${contactId}`);
    await run(sql`update account set name = 'Larkspur Group' where workspace_id = ${workspaceId}`);
    await run(
      sql`update account set segment = 'Paper', tier = 3, stage = 'Customer' where workspace_id = ${workspaceId}`,
    );
    await run(touch('Webinar', 0));
    await run(
      sql`update touch set at = now() + interval '1 second' where workspace_id = ${workspaceId} and external_id = 'Webinar'`,
    );
    // A card by which the same touches bring nothing.
    await run(sql`
      insert into scorecard (workspace_id, version, card)
      select workspace_id, version + 1, jsonb_set(jsonb_set(card, '{version}', to_jsonb(version + 1)), '{criteria}', '[]') from scorecard
      where workspace_id = ${workspaceId} order by version desc limit 1`);
    const { gradeNow: _, record, ...after } = await read();
    const { gradeNow: __, record: ___, ...stood } = before;
    expect(after).toEqual(stood);
    expect(record).toMatchObject({ name: 'Ada Married', title: 'Director' });
    // One from before names were kept, or from a node that does not keep them, says what is known.
    await run(sql`update verdict set named = null where id = ${verdictId}`);
    expect(await read()).toMatchObject({ contact: 'Ada Married', title: 'Director', account: 'Larkspur Group' });
    await run(sql`update verdict set named = ${JSON.stringify(called)}::jsonb where id = ${verdictId}`);
    expect(await read()).toMatchObject(called);
  });

  test('shows what the same rep wrote of the same person in the same browser around it, and nothing else', async () => {
    const ids = Array.from({ length: 7 }, () => randomUUID());
    const insight = (n: number, about: string | null = contactId) => ({
      kind: 'recordInsight' as const,
      body: {
        ...{
          insightId: ids[n],
          accountId: null,
          contactId: about,
          text: `Words ${n}`,
          quote: n === 1 ? 'Not mine.' : null,
        },
        ...{ kind: 'customer', method: 'interview', ...(n === 5 ? { talkingPointId: randomUUID() } : {}) },
      },
    });
    const other = await store.signIn(workspaceId, 'rep', 'noor@larkspur.example');
    await rep.push(3, insight(0), insight(1), insight(2), insight(3), insight(5), insight(6));
    await rep.push(9, { kind: 'withdrawInsight', body: { insightId: ids[6] } });
    await other.push(1, insight(4));
    const at = (n: number, minutes: number) =>
      run(
        sql`update insight set claimed_at = (select claimed_at from verdict where id = ${verdictId}) + make_interval(mins => ${minutes}) where id = ${ids[n]}`,
      );
    for (const [n, minutes] of [
      [0, 9],
      [1, -9],
      [2, 11],
      [3, -11],
      [4, 1],
      [5, 1],
      [6, 1],
    ] as const)
      await at(n, minutes);
    expect((await read()).words).toEqual([
      { id: ids[1], text: 'Words 1', quote: 'Not mine.' },
      { id: ids[0], text: 'Words 0', quote: null },
    ]);
    const written = await ask<{ n: number }>(
      sql`select count(*)::int as n from insight where workspace_id = ${workspaceId}`,
    );
    expect(written).toEqual([{ n: 7 }]);
  });

  test('names who gave it there alone', async () => {
    expect((await read()).by).toBe(author);
    const asked = ['days=91', ...rollUpBySchema.options.map((by) => `by=${by}`)];
    const paths = [
      ...asked.flatMap((query) => [`lead-quality?${query}`, `verdicts?${query}`, `verdicts/export?${query}`]),
      ...verdictOrderSchema.options.map((order) => `verdicts?order=${order}`),
    ];
    for (const path of paths) {
      const answer = await marketer.request('GET', `/v1/desk/${path}`);
      expect(answer.status, path).toBe(200);
      const text = await answer.text();
      expect(text, path).not.toContain(author);
      expect(text, path).not.toContain(rep.session.member.id);
    }
  });

  test.each([
    'lead-quality?by=member',
    'lead-quality?by=team',
    'verdicts?by=member',
    'verdicts?order=member',
    'verdicts?order=by',
    'verdicts/export?by=member',
  ])('is never gathered or ordered by who gave it: %s is refused', async (path) => {
    expect((await marketer.request('GET', `/v1/desk/${path}`)).status).toBe(422);
  });

  test.each(['member', 'memberId', 'author'])('is not chosen by who gave it: %s changes nothing', async (parameter) => {
    for (const path of ['lead-quality', 'verdicts', 'verdicts/export']) {
      const ask = async (query: string) => {
        const answer = (await (await marketer.request('GET', `/v1/desk/${path}?${query}`)).json()) as object;
        return { ...answer, asOf: null };
      };
      expect(await ask(`${parameter}=${randomUUID()}`)).toEqual(await ask(''));
    }
  });

  test('does not name a person who was erased since', async () => {
    expect((await read()).contact).not.toBeNull();
    const admin = await store.signIn(workspaceId, 'admin', 'root@larkspur.example');
    const answer = await admin.request('POST', '/v1/desk/persons/erase', { clue: { kind: 'email', value: address } });
    expect(answer.status).toBe(200);
    expect(await read()).toMatchObject({ contact: null, title: null, record: null, account: expect.any(String) });
    expect((await read()).words).toEqual([]);
  });
});
