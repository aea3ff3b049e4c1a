import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { z } from 'zod';
import { type People, peopleSchema } from '#contract/desk.ts';
import { inviteAnswerSchema, type Role } from '#contract/session.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';
import { createHashKey } from './hash-key.ts';
import { type InviteSorting, inviteSortings, sortInvites } from './sort-invites.ts';
import { type MemberSorting, memberSortings, sortMembers } from './sort-members.ts';

/** An invite being written, and the link of the last one, which is shown once. */
export interface InviteForm {
  address: string;
  role: Role;
  team: string;
  isSending: boolean;
  failure: string | null;
  link: { address: string; url: string } | null;
}

const emptyForm: InviteForm = { address: '', role: 'rep', team: '', isSending: false, failure: null, link: null };

type Member = Pick<People['members'][number], 'id' | 'name' | 'territories'>;

/** The page of people: members and their browsers, invites. */
export function createPeople(desk: Desk) {
  const people = desk.open(peopleSchema);
  const hashKey = createHashKey(desk);
  const form = signal<InviteForm>(emptyForm);
  const edit = (change: Partial<InviteForm>) => {
    form.value = { ...form.value, ...change };
  };

  /** How the members stand, by the address. */
  const sorting = computed(
    (): MemberSorting => memberSortings.find((each) => each === desk.address.place.value.params['sort']) ?? 'name',
  );

  /** How the invites stand, by the address. */
  const inviteSorting = computed(
    (): InviteSorting => inviteSortings.find((each) => each === desk.address.place.value.params['invites']) ?? 'newest',
  );

  async function invite(): Promise<void> {
    const { address, role, team } = form.value;
    edit({ isSending: true, failure: null, link: null });
    const body = { address: address.trim(), role, team: team.trim() || null };
    const reply = await desk.ask({ method: 'POST', path: '/v1/invites', body }, inviteAnswerSchema);
    if (reply.ok) edit({ ...emptyForm, role, team, link: { address: body.address, url: reply.value.link } });
    else {
      const isAddress = reply.failure.fields.some((field) => field.path === 'address');
      edit({ isSending: false, failure: isAddress ? word('desk_invite_address_fault') : reply.failure.message });
    }
    await people.reload();
  }

  async function revoke(what: 'devices' | 'invites', id: string, done: string): Promise<void> {
    const reply = await desk.ask({ method: 'POST', path: `/v1/desk/${what}/${id}/revoke` }, z.unknown());
    desk.notify(reply.ok ? done : reply.failure.message);
    await people.reload();
  }

  async function endMembership(id: string, name: string): Promise<void> {
    const reply = await desk.ask({ method: 'POST', path: `/v1/desk/members/${id}/end` }, z.unknown());
    desk.notify(reply.ok ? word('desk_member_ended', name) : reply.failure.message);
    await Promise.all([people.reload(), hashKey.state.reload()]);
  }

  async function giveTerritories({ id, name, territories: before }: Member, territories: string[]): Promise<void> {
    const request = { method: 'PUT', path: `/v1/desk/members/${id}/territories`, body: { territories } } as const;
    const reply = await desk.ask(request, z.unknown());
    const back = { id, name, territories };
    if (reply.ok) desk.notify(word('desk_territories_given', name), () => void giveTerritories(back, before));
    else desk.notify(reply.failure.message);
    await people.reload();
  }

  return {
    /** A key that somebody who left knew can be rotated from here. */
    hashKey,
    endMembership,
    people,
    sorting,
    members: computed(() => sortMembers(people.value.value?.members ?? [], sorting.value)),
    inviteSorting,
    invites: computed(() => sortInvites(people.value.value?.invites ?? [], inviteSorting.value)),
    form: form as ReadonlySignal<InviteForm>,
    sort: (by: MemberSorting) => desk.address.change({ sort: by === 'name' ? '' : by }, false),
    sortInvites: (by: InviteSorting) => desk.address.change({ invites: by === 'newest' ? '' : by }, false),
    edit,
    invite,
    open: () => people.show({ method: 'GET', path: '/v1/desk/people' }),
    revokeDevice: (id: string, name: string) => revoke('devices', id, word('desk_device_revoked', name)),
    revokeInvite: (id: string, address: string) => revoke('invites', id, word('desk_invite_revoked', address)),
    /** Gives a member other territories than they have. Sent at once, with a way back. */
    giveTerritories,
    forgetLink: () => edit({ link: null }),
  };
}

export type PeoplePage = ReturnType<typeof createPeople>;
