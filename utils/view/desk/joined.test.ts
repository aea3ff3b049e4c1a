import { expect, test } from 'vitest';
import type { People } from '#contract/desk.ts';
import type { MemberId } from '#contract/ids.ts';
import { listJoined } from './joined.ts';

const now = Date.parse('2026-11-20T10:00:00.000Z');
const at = (hoursAgo: number) => new Date(now - hoursAgo * 3_600_000).toISOString();
const maren = '11111111-2222-4333-8444-000000000001' as MemberId;

const member = (id: string, name: string, address: string): People['members'][number] => ({
  id: id as MemberId,
  name,
  address,
  role: 'rep',
  team: null,
  territories: [],
  joinedAt: at(24),
  devices: [],
});
const invite = (address: string, usedAt: string | null): People['invites'][number] => ({
  id: `invite of ${address}` as never,
  address,
  role: 'rep',
  invitedBy: 'Maren Vogt',
  createdAt: at(200),
  expiresAt: at(0),
  state: usedAt === null ? 'open' : 'used',
  usedAt,
});

const people: People = {
  territories: [],
  members: [
    member(maren, 'Maren Vogt', 'maren@larkspur.example'),
    member('2', 'Sam Weir', 'sam@larkspur.example'),
    member('3', 'Tova Lind', 'tova@larkspur.example'),
    member('4', 'Udo Behn', 'udo@larkspur.example'),
  ],
  invites: [
    invite('maren@larkspur.example', at(1)),
    invite('Sam@larkspur.example', at(30)),
    invite('tova@larkspur.example', at(2)),
    invite('udo@larkspur.example', at(8 * 24)),
    invite('open@larkspur.example', null),
  ],
};

test('an inviter hears who took an invite within the last week, newest first, but not of themselves', () => {
  expect(listJoined(people, maren, now).map(({ name, by }) => [name, by])).toEqual([
    ['Tova Lind', 'Maren Vogt'],
    ['Sam Weir', 'Maren Vogt'],
  ]);
});
