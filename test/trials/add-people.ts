import { randomUUID } from 'node:crypto';
import type { AccountId, ContactId } from '#contract/ids.ts';
import type { RunningStore } from '../e2e/harness/store.ts';

/** An account and people to click on, put straight into the database: a trial is about clicks, not about imports. */
export async function addPeople(
  store: RunningStore,
  count = 40,
): Promise<{ workspaceId: string; account: AccountId; contacts: ContactId[] }> {
  const [workspace] = await store.sql<{ id: string }>('select workspace_id as id from workspace');
  const workspaceId = workspace?.id ?? '';
  const account = randomUUID() as AccountId;
  await store.sql('insert into account (workspace_id, id, name) values ($1, $2, $3)', [workspaceId, account, 'Sample']);
  const contacts = Array.from({ length: count }, () => randomUUID() as ContactId);
  await store.sql(
    `insert into contact (workspace_id, id, account_id, name)
     select $1, id, $2, 'Person ' || number from unnest($3::uuid[]) with ordinality as t(id, number)`,
    [workspaceId, account, contacts],
  );
  return { workspaceId, account, contacts };
}

/** An entry of the feed that leads every device to a fresh copy, as an import of very many accounts writes it. */
export async function callForFreshCopies(store: RunningStore, workspaceId: string): Promise<void> {
  await store.sql(
    `with counted as (update feed_counter set seq = seq + 1, token = gen_random_uuid() where workspace_id = $1 returning seq, token)
     insert into feed_entry (workspace_id, seq, token, changes)
     select $1, seq, token, '[{"kind": "refetch", "id": null, "memberId": null}]' from counted`,
    [workspaceId],
  );
}
