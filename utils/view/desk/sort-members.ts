import type { People } from '#contract/desk.ts';

type Member = People['members'][number];

/** How members can stand: by name, those who may do most first, by team, or who joined last first. */
export const memberSortings = ['name', 'role', 'team', 'since'] as const;
export type MemberSorting = (typeof memberSortings)[number];

const ranks: Record<Member['role'], number> = { admin: 0, marketer: 1, rep: 2 };

const compare: Record<Exclude<MemberSorting, 'name'>, (a: Member, b: Member) => number> = {
  role: (a, b) => ranks[a.role] - ranks[b.role],
  team: (a, b) => Number(a.team === null) - Number(b.team === null) || (a.team ?? '').localeCompare(b.team ?? ''),
  since: (a, b) => b.joinedAt.localeCompare(a.joinedAt),
};

/** In the order asked for; without a team last. Equal ones stay in the store's order, by name. Pure. */
export function sortMembers(members: readonly Member[], sorting: MemberSorting): Member[] {
  return sorting === 'name' ? [...members] : [...members].sort(compare[sorting]);
}
