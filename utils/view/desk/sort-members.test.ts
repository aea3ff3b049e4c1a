import { expect, test } from 'vitest';
import type { People } from '#contract/desk.ts';
import { type MemberSorting, sortMembers } from './sort-members.ts';

const member = (name: string, role: string, team: string | null, joinedAt: string) =>
  ({
    ...{ id: name, name, address: '', territories: [], devices: [] },
    role,
    team,
    joinedAt,
  }) as unknown as People['members'][number];
const members = [
  member('Ada', 'rep', null, '2026-11-02'),
  member('Bo', 'admin', 'West', '2026-11-03'),
  member('Cy', 'rep', 'East', '2026-11-04'),
  member('Di', 'marketer', 'East', '2026-11-01'),
];

test.each<[MemberSorting, string]>([
  ['name', 'Ada Bo Cy Di'],
  ['role', 'Bo Di Ada Cy'],
  ['team', 'Cy Di Bo Ada'],
  ['since', 'Cy Bo Ada Di'],
])('members by %s stand as %s', (sorting, names) => {
  expect(
    sortMembers(members, sorting)
      .map(({ name }) => name)
      .join(' '),
  ).toBe(names);
});
