import { expect, test } from 'vitest';
import type { People } from '#contract/desk.ts';
import { type InviteSorting, sortInvites } from './sort-invites.ts';

const invite = (address: string, role: string, invitedBy: string, state: string, expiresAt: string) =>
  ({ id: address, address, role, invitedBy, state, expiresAt }) as unknown as People['invites'][number];
const invites = [
  invite('dee@x.example', 'rep', 'Ines', 'expired', '2026-11-01'),
  invite('abe@x.example', 'marketer', '', 'open', '2026-11-30'),
  invite('cam@x.example', 'admin', 'Ines', 'open', '2026-11-29'),
  invite('bea@x.example', 'rep', 'Ada', 'used', '2026-11-02'),
];

test.each<[InviteSorting, string]>([
  ['newest', 'dee abe cam bea'],
  ['address', 'abe bea cam dee'],
  ['role', 'cam abe dee bea'],
  ['by', 'abe bea dee cam'],
  ['state', 'cam abe bea dee'],
])('invites by %s stand as %s', (sorting, names) => {
  expect(
    sortInvites(invites, sorting)
      .map(({ address }) => address.slice(0, 3))
      .join(' '),
  ).toBe(names);
});
