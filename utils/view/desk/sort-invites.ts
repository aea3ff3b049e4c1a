import type { People } from '#contract/desk.ts';

type Invite = People['invites'][number];

/** How invites can stand: newest first, by address, by role with those who may do most first, by who invited, or open ones first, the first to run out before the others. */
export const inviteSortings = ['newest', 'address', 'role', 'by', 'state'] as const;
export type InviteSorting = (typeof inviteSortings)[number];

const roles: Record<Invite['role'], number> = { admin: 0, marketer: 1, rep: 2 };
const states: Record<Invite['state'], number> = { open: 0, used: 1, expired: 2, revoked: 3 };

const compare: Record<Exclude<InviteSorting, 'newest'>, (a: Invite, b: Invite) => number> = {
  address: (a, b) => a.address.localeCompare(b.address),
  role: (a, b) => roles[a.role] - roles[b.role],
  by: (a, b) => a.invitedBy.localeCompare(b.invitedBy),
  state: (a, b) =>
    states[a.state] - states[b.state] || (a.state === 'open' ? a.expiresAt.localeCompare(b.expiresAt) : 0),
};

/** In the order asked for. Equal ones stay in the store's order, newest first. Pure. */
export function sortInvites(invites: readonly Invite[], sorting: InviteSorting): Invite[] {
  return sorting === 'newest' ? [...invites] : [...invites].sort(compare[sorting]);
}
