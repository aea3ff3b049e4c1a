import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type LanguageAgreement, languageAgreementSchema } from '#contract/agreement.ts';
import { funnelAccountsSchema, funnelSchema } from '#contract/funnel.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { createTestStore, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { takeFile } from '../../test/postgres/take-file.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let admin: TestDevice;
let marketer: TestDevice;
let rep: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
  admin = await store.signIn(workspaceId, 'admin');
  marketer = await store.signIn(workspaceId, 'marketer');
  rep = await store.signIn(workspaceId, 'rep');
});

async function ask(device: TestDevice, method: string, below: string, body?: unknown): Promise<LanguageAgreement> {
  const response = await device.request(method, `/v1/agreements/stages${below}`, body);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return languageAgreementSchema.parse(JSON.parse(text));
}

/** Both sides sign these stages. */
async function agreeOn(stages: object[]): Promise<void> {
  await ask(admin, 'PUT', '/signers', { sales: [rep.session.member.id], arbiter: null });
  const named = ({ draft }: LanguageAgreement) => ({ draftId: draft?.id, revision: draft?.revision });
  const opened = await ask(marketer, 'POST', '/draft', {});
  const drafted = await ask(marketer, 'PUT', '/draft', { ...named(opened), body: { stages } });
  await ask(marketer, 'POST', '/draft/sign', { ...named(drafted), side: 'marketing' });
  await ask(rep, 'POST', '/draft/sign', { ...named(drafted), side: 'sales' });
  await ask(marketer, 'POST', '/draft/publish', { ...named(drafted), reason: 'Said the same way by both.' });
}

const readFunnel = async () => funnelSchema.parse(await (await marketer.request('GET', '/v1/desk/funnel')).json());
const readLate = async (stage: string) =>
  funnelAccountsSchema.parse(await (await marketer.request('GET', `/v1/desk/funnel/accounts?stage=${stage}`)).json());

test('the funnel is as both sides agreed: order, sides, days; who is in a stage for longer is late', async () => {
  const table =
    'Account Name,Website,Stage\nKestrel,kestrel.example,Deal\nOsprey,osprey.example,Lead\nLarkspur,larkspur.example,Recycled\n';
  await takeFile(store.database, workspaceId, Buffer.from(table), { fileName: 'accounts.csv', now: new Date() });
  await sql`update account_stage set from_at = now() - interval '10 days' where workspace_id = ${workspaceId}`.execute(
    store.database.owner,
  );
  // Looked at, the words that the workspace came with are a version, which nobody signed.
  await ask(marketer, 'GET', '');
  expect(await readFunnel()).toMatchObject({ isAgreed: false });
  expect((await readLate('Lead')).rows).toEqual([]);
  await agreeOn([
    { name: 'Lead', definition: 'Anybody who asked.', side: 'marketing', targetDays: 7 },
    { name: 'Deal', definition: 'On paper.', side: 'sales', targetDays: 30 },
    { name: 'Recycled', definition: 'Handed back.', side: 'marketing', targetDays: null },
  ]);
  const funnel = await readFunnel();
  expect(funnel).toMatchObject({
    isAgreed: true,
    stages: [
      { name: 'Lead', definition: 'Anybody who asked.', side: 'marketing', targetDays: 7 },
      { name: 'Deal', definition: 'On paper.', side: 'sales', targetDays: 30 },
    ],
    outside: [{ stage: 'Recycled', there: 1 }],
  });
  expect(funnel.all.map(({ there, late }) => [there, late])).toEqual([
    [1, 1],
    [1, 0],
  ]);
  expect(await readLate('Lead')).toMatchObject({ targetDays: 7, rows: [{ name: 'Osprey', isFirstSeen: true }] });
  expect(await readLate('Deal')).toMatchObject({ targetDays: 30, rows: [] });
});
