import { sql } from 'kysely';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import type { InsightDraft } from '../sources/draft.ts';
import { noteWritten } from './import-change.ts';

/** What a write did to insights: how many, and the bundles that look different now. */
export interface InsightChanges {
  added: number;
  changed: number;
  bundles: string[];
}

const columns =
  'id uuid, "externalId" text, "accountId" uuid, "contactId" uuid, text text, quote text, kind text, method text, at timestamptz, theme text';

/**
 * Brings imported insights up to what the rows say: new ones are added, known ones (same source and external id) changed. What a row does not say stays as it is, and so does
 * the theme once there is one: marketing may have filed it elsewhere. Each external id at most once. They are nobody's of the members.
 */
export async function upsertInsights(
  scope: Scope,
  workspaceId: WorkspaceId,
  drafts: readonly InsightDraft[],
  origin: { source: string; importId: ImportId },
): Promise<InsightChanges> {
  if (drafts.length === 0) return { added: 0, changed: 0, bundles: [] };
  const { rows } = await sql<{ isNew: boolean; bundle: string | null }>`
    with written as (
    insert into insight as o (workspace_id, source, import_id, id, external_id, account_id, contact_id, text, quote, kind, method, at, claimed_at, theme)
    select ${workspaceId}, ${origin.source}, ${origin.importId}::uuid, id, "externalId", "accountId", "contactId", text, quote, kind, method,
      coalesce(at, now()), coalesce(at, now()), theme
    from jsonb_to_recordset(${JSON.stringify(drafts)}::jsonb) as r(${sql.raw(columns)})
    on conflict (workspace_id, source, external_id) where external_id is not null do update
      set account_id = coalesce(excluded.account_id, o.account_id), contact_id = coalesce(excluded.contact_id, o.contact_id), text = excluded.text,
        quote = coalesce(excluded.quote, o.quote), kind = excluded.kind, method = excluded.method, theme = coalesce(o.theme, excluded.theme), import_id = excluded.import_id
      where (o.account_id, o.contact_id, o.text, o.quote, o.kind, o.method, o.theme)
        is distinct from (coalesce(excluded.account_id, o.account_id), coalesce(excluded.contact_id, o.contact_id), excluded.text,
          coalesce(excluded.quote, o.quote), excluded.kind, excluded.method, coalesce(o.theme, excluded.theme))
    returning id, (xmax = 0) as is_new, coalesce(account_id, contact_id) as bundle),
    ${noteWritten(workspaceId, origin.importId, 'insight', 'insight')}
    select is_new, bundle from written`.execute(scope);
  return {
    added: rows.filter((row) => row.isNew).length,
    changed: rows.filter((row) => !row.isNew).length,
    bundles: rows.flatMap((row) => row.bundle ?? []),
  };
}
