import { sql } from 'kysely';
import type { ImportId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { Refusal } from '../refusal.ts';
import { lockImports } from './import-run.ts';
import { type UndoKind, undoSteps } from './import-undo-steps.ts';
import { dropWaiting } from './waiting-row.ts';

const changed = (name: string) =>
  sql.raw(`(${name}.waiting_rows > 0 or exists (
    select 1 from import_change c where c.workspace_id = ${name}.workspace_id and c.import_id = ${name}.id))`);

/** An import that can be undone: the last one that ended and changed something, while none runs. As SQL on `import i`. */
export const canUndo = sql<boolean>`(i.state in ('done', 'failed') and not i.dry_run and ${changed('i')}
  and not exists (select 1 from import o where o.workspace_id = i.workspace_id and o.id <> i.id and (
    o.state in ('running', 'undoing')
    or (o.state in ('done', 'failed') and not o.dry_run and (o.beat_at, o.id) > (i.beat_at, i.id) and ${changed('o')}))))`;

/** Begins to undo an import, as `runner`. Throws a `Refusal` when it cannot be undone. `byMember` null: at the store's own machine. */
export async function beginUndo(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  undo: { runner: string; byMember: MemberId | null },
): Promise<void> {
  await lockImports(scope, workspaceId);
  const { rows } = await sql`
    update import i set state = 'undoing', runner = ${undo.runner}::uuid, undone_by = ${undo.byMember}::uuid, beat_at = clock_timestamp(), applying_at = clock_timestamp()
    where i.workspace_id = ${workspaceId} and i.id = ${importId} and ${canUndo} returning 1`.execute(scope);
  if (rows.length === 0)
    throw new Refusal(
      'This import cannot be undone: only the last one that changed something can, and not while another one runs.',
    );
}

/** The last import that can be undone; undefined when there is none. */
export async function findUndoable(scope: Scope, workspaceId: WorkspaceId): Promise<ImportId | undefined> {
  const { rows } = await sql<{ id: ImportId }>`
    select i.id from import i where i.workspace_id = ${workspaceId} and ${canUndo}`.execute(scope);
  return rows[0]?.id;
}

const notesAtOnce: Record<UndoKind, number> = {
  planned: 2000,
  opportunity: 2000,
  insight: 2000,
  touches: 1,
  waiting: 2000,
  identifier: 2000,
  contact: 2000,
  account: 2000,
  campaign: 2000,
};

/**
 * Undoes the next notes of a kind, and strikes them. Answers the bundles that look different now, or null when there were no more notes.
 * Rows that a colleague has used since stay, and their notes with them, as kind `kept:…`.
 */
export async function undoSome(
  scope: Scope,
  workspaceId: WorkspaceId,
  importId: ImportId,
  kind: UndoKind,
): Promise<string[] | null> {
  await lockImports(scope, workspaceId);
  const { rows } = await sql<{ rowId: string }>`
    select row_id from import_change where workspace_id = ${workspaceId} and import_id = ${importId} and kind = ${kind}
    order by row_id limit ${notesAtOnce[kind]}`.execute(scope);
  if (rows.length === 0) return null;
  const ids = rows.map((row) => row.rowId);
  const notes = sql`(select row_id, before from import_change where workspace_id = ${workspaceId} and import_id = ${importId}
    and kind = ${kind} and row_id = any(${ids}::text[]))`;
  const bundles = await undoSteps[kind](scope, workspaceId, importId, notes, ids);
  await sql`
    delete from import_change where workspace_id = ${workspaceId} and import_id = ${importId} and kind = ${kind}
      and row_id = any(${ids}::text[])`.execute(scope);
  return bundles;
}

/** Ends an undoing: what it set aside waits no more, and what stays is told. */
export async function endUndo(scope: Scope, workspaceId: WorkspaceId, importId: ImportId, now: Date): Promise<void> {
  await dropWaiting(scope, workspaceId, importId);
  const { rows } = await sql<{ kind: string; count: number }>`
    select substr(kind, 6) as kind, count(*) as count from import_change
    where workspace_id = ${workspaceId} and import_id = ${importId} and kind like 'kept:%' group by kind`.execute(
    scope,
  );
  const count = (kind: string) => rows.find((row) => row.kind === kind)?.count ?? 0;
  await sql`
    update import set state = 'undone', undone_at = ${now}, undo_note = ${describeKept(count('contact'), count('account'))}, runner = null, applying_at = null
    where workspace_id = ${workspaceId} and id = ${importId}`.execute(scope);
  await sql`delete from import_change where workspace_id = ${workspaceId} and import_id = ${importId}`.execute(scope);
}

function describeKept(contacts: number, accounts: number): string | null {
  if (contacts + accounts === 0) return null;
  const say = (count: number, word: string) =>
    count === 0 ? [] : [`${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`];
  const all = [...say(contacts, 'contact'), ...say(accounts, 'account')].join(' and ');
  return `${all} ${contacts + accounts === 1 ? 'stays' : 'stay'}: colleagues have given verdicts, insights, asks or links there since, or other records belong to them.`;
}
