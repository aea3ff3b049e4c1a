import type { People } from '#contract/desk.ts';
import type { MemberId } from '#contract/ids.ts';
import type { Role } from '#contract/session.ts';

/** Somebody who took an invite lately. `by`: who invited them; empty, the store itself. */
export interface Joined {
  id: string;
  name: string;
  role: Role;
  by: string;
  at: string;
}

/** For how long it is told, in milliseconds. */
const toldMs = 7 * 24 * 60 * 60 * 1000;

/** Who took an invite within the last week, newest first, the reader left out: so an inviter hears of it, and of one that somebody else took. Pure. */
export function listJoined({ members, invites }: People, reader: MemberId | null, now: number): Joined[] {
  return invites
    .flatMap((invite) => {
      const member = members.find((each) => each.address.toLowerCase() === invite.address.toLowerCase());
      const isTold = invite.usedAt !== null && Date.parse(invite.usedAt) > now - toldMs;
      if (!isTold || member === undefined || member.id === reader || invite.usedAt === null) return [];
      return [{ id: invite.id, name: member.name, role: member.role, by: invite.invitedBy, at: invite.usedAt }];
    })
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
