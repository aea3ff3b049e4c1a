import { sql } from 'kysely';
import type { ContactId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import { ownsAccount } from '../owner.ts';

/** Who would take somebody. `memberId` null: nobody is there to. `mayContact` false: they, or their company, are not to be contacted. */
export interface Taker {
  contactId: ContactId;
  memberId: MemberId | null;
  mayContact: boolean;
}

/**
 * Who takes each of these people, held until this transaction is over, so that nobody who is being erased is offered: the owner of the account; where it has none (any
 * more) the one rep whose territory it is in. Of several reps of a territory none is chosen: marketing says who. People who are not there are left out.
 */
export async function listTakers(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
): Promise<Taker[]> {
  const { rows } = await sql<Taker>`
    select c.id as contact_id, not (c.do_not_contact or coalesce(a.do_not_contact, false)) as may_contact, coalesce(
      (select m.id from member m where ${ownsAccount}),
      (select min(m.id::text)::uuid from member m
       where m.workspace_id = c.workspace_id and m.left_at is null and m.role = 'rep' and a.territory = any(m.territories) having count(*) = 1)) as member_id
    from contact c left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where c.workspace_id = ${workspaceId} and c.id = any(${[...contactIds]}::uuid[]) order by c.id for key share of c`.execute(
    scope,
  );
  return rows;
}
