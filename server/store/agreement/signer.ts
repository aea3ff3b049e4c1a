import { sql } from 'kysely';
import type { MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import { ProblemError } from '../../problem.ts';

/** Who may sign for sales, and who decides what stays disputed. Those who have left are not among them. */
export interface Signers {
  sales: MemberId[];
  arbiter: MemberId | null;
}

/** In the order of their names. */
export async function readSigners(scope: Scope, workspaceId: WorkspaceId): Promise<Signers> {
  const { rows } = await sql<{ duty: string; memberId: MemberId }>`
    select s.duty, s.member_id from agreement_signer s
    join member m on m.workspace_id = s.workspace_id and m.id = s.member_id and m.left_at is null
    where s.workspace_id = ${workspaceId} order by m.name, m.id`.execute(scope);
  return {
    sales: rows.filter(({ duty }) => duty === 'sales').map(({ memberId }) => memberId),
    arbiter: rows.find(({ duty }) => duty === 'arbiter')?.memberId ?? null,
  };
}

const listOnce = (ids: readonly MemberId[]): string => [...new Set(ids)].sort().join();

/** Names them anew, all at once; false: they were named already. Throws a `ProblemError` 422 when one is not in the workspace, or has left. */
export async function nameSigners(
  scope: Scope,
  workspaceId: WorkspaceId,
  { sales, arbiter }: Signers,
): Promise<boolean> {
  const before = await readSigners(scope, workspaceId);
  const isSame = before.arbiter === arbiter && listOnce(before.sales) === listOnce(sales);
  if (isSame) return false;
  const named = [...new Set([...sales, ...(arbiter === null ? [] : [arbiter])])];
  const { rows } = await sql`
    select 1 from member where workspace_id = ${workspaceId} and left_at is null and id = any(${named}::uuid[])`.execute(
    scope,
  );
  if (rows.length < named.length)
    throw new ProblemError(422, 'no-member', 'Somebody who is named is not in the workspace, or has left it.');
  await scope.deleteFrom('agreementSigner').where('workspaceId', '=', workspaceId).execute();
  const duties = [
    ...[...new Set(sales)].map((memberId) => ({ workspaceId, duty: 'sales' as const, memberId })),
    ...(arbiter === null ? [] : [{ workspaceId, duty: 'arbiter' as const, memberId: arbiter }]),
  ];
  if (duties.length > 0) await scope.insertInto('agreementSigner').values(duties).execute();
  return true;
}
