import { sql } from 'kysely';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import type { OpportunityDraft } from '../sources/draft.ts';
import { noteWritten } from './import-change.ts';

/** What a write did to deals, by their ids. */
export interface OpportunityChanges {
  added: string[];
  changed: string[];
}

const columns =
  'id uuid, "externalId" text, "accountId" uuid, "contactId" uuid, "campaignId" uuid, name text, stage text, outcome text, amount numeric(18,2), currency text, "closesOn" date, "openedOn" date';

/**
 * Brings deals up to what the rows say: new ones are added, known ones (same source and external id) changed. What a row does not say stays as it is.
 * Each external id at most once.
 */
export async function upsertOpportunities(
  scope: Scope,
  workspaceId: WorkspaceId,
  drafts: readonly OpportunityDraft[],
  origin: { source: string; importId: ImportId },
): Promise<OpportunityChanges> {
  if (drafts.length === 0) return { added: [], changed: [] };
  const { rows } = await sql<{ id: string; isNew: boolean }>`
    with written as (
    insert into opportunity as o (workspace_id, source, import_id, id, external_id, account_id, contact_id, campaign_id, name, stage, outcome, amount, currency, closes_on, opened_on)
    select ${workspaceId}, ${origin.source}, ${origin.importId}::uuid, id, "externalId", "accountId", "contactId", "campaignId", name, stage, outcome, amount, currency, "closesOn", "openedOn"
    from jsonb_to_recordset(${JSON.stringify(drafts)}::jsonb) as r(${sql.raw(columns)})
    on conflict (workspace_id, source, external_id) do update
      set account_id = coalesce(excluded.account_id, o.account_id), contact_id = coalesce(excluded.contact_id, o.contact_id),
        campaign_id = coalesce(excluded.campaign_id, o.campaign_id), name = coalesce(excluded.name, o.name), stage = coalesce(excluded.stage, o.stage),
        outcome = excluded.outcome, amount = coalesce(excluded.amount, o.amount), currency = coalesce(excluded.currency, o.currency),
        closes_on = coalesce(excluded.closes_on, o.closes_on), opened_on = coalesce(excluded.opened_on, o.opened_on), import_id = excluded.import_id
      where (o.account_id, o.contact_id, o.campaign_id, o.name, o.stage, o.outcome, o.amount, o.currency, o.closes_on, o.opened_on)
        is distinct from (coalesce(excluded.account_id, o.account_id), coalesce(excluded.contact_id, o.contact_id), coalesce(excluded.campaign_id, o.campaign_id),
          coalesce(excluded.name, o.name), coalesce(excluded.stage, o.stage), excluded.outcome, coalesce(excluded.amount, o.amount),
          coalesce(excluded.currency, o.currency), coalesce(excluded.closes_on, o.closes_on), coalesce(excluded.opened_on, o.opened_on))
    returning id, (xmax = 0) as is_new),
    ${noteWritten(workspaceId, origin.importId, 'opportunity', 'opportunity')}
    select id, is_new from written`.execute(scope);
  return {
    added: rows.filter((row) => row.isNew).map((row) => row.id),
    changed: rows.filter((row) => !row.isNew).map((row) => row.id),
  };
}
