import { sql } from 'kysely';
import type { DeviceId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Role, Session } from '#contract/session.ts';
import type { Scope } from '../db/scope.ts';
import { type HashKey, readHashKeys } from './hash-key.ts';

/** What a session tells of workspace, member and device. Throws when the caller does not exist: the token check comes first. */
export async function readSessionFacts(
  scope: Scope,
  caller: { workspaceId: WorkspaceId; deviceId: DeviceId },
): Promise<Pick<Session, 'workspace' | 'member' | 'device' | 'hashing'>> {
  const { rows } = await sql<{
    workspace: string;
    memberId: MemberId;
    name: string;
    address: string;
    role: Role;
    device: string;
  }>`
    select w.name as workspace, m.id as member_id, m.name, m.address, m.role, d.name as device
    from device d
    join member m on m.workspace_id = d.workspace_id and m.id = d.member_id
    join workspace w on w.workspace_id = d.workspace_id
    where d.workspace_id = ${caller.workspaceId} and d.id = ${caller.deviceId}`.execute(scope);
  const row = rows[0];
  if (!row) throw new Error('The session was asked for a device that does not exist.');
  const { current, previous } = await readHashKeys(scope, caller.workspaceId);
  const write = ({ keyId, secret }: HashKey) => ({ keyId, key: secret.toString('base64url') });
  return {
    workspace: { id: caller.workspaceId, name: row.workspace },
    member: { id: row.memberId, name: row.name, address: row.address, role: row.role },
    device: { id: caller.deviceId, name: row.device },
    hashing: {
      ...write(current),
      ...(previous && { previous: { ...write(previous), endsAt: previous.endsAt.toISOString() } }),
    },
  };
}
