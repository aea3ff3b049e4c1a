import {
  inviteAcceptAnswerSchema,
  inviteAcceptRequestSchema,
  inviteAnswerSchema,
  invitePreviewRequestSchema,
  invitePreviewSchema,
  inviteRequestSchema,
  sessionQuerySchema,
  sessionSchema,
} from '#contract/session.ts';
import type { Operation, Refusal } from '../operation.ts';

const invite: readonly Refusal[] = [
  [404, 'invite-unknown', 'The store does not know this invite.'],
  [410, 'invite-used', 'It was used before: each invite connects one browser.'],
  [410, 'invite-revoked', 'It was taken back.'],
  [410, 'invite-expired', 'It is older than 24 hours.'],
];
const higher: Refusal = [403, 'role', 'The invite would give somebody more than its maker may give.'];

export const sessionOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/invites/preview',
    name: 'previewInvite',
    summary: 'Look at an invite',
    about:
      'Who invites to what, before the invite is taken. Changes nothing. The secret is the fragment of the invite’s link.',
    group: 'Invites and sessions',
    who: 'anyone',
    body: invitePreviewRequestSchema,
    answers: { 200: { what: 'What the invite is for.', schema: invitePreviewSchema } },
    refusals: invite,
  },
  {
    method: 'post',
    path: '/v1/invites/accept',
    name: 'acceptInvite',
    summary: 'Take an invite',
    about:
      'Exchanges the one-time secret for a device token, which is shown this once and signs in every call from then on. A person who is a member already gets a further device. A browser that was a device of the same member before names it: it ends, and the answer says how far its mutations came, so that none is sent twice.',
    group: 'Invites and sessions',
    who: 'anyone',
    body: inviteAcceptRequestSchema,
    answers: { 201: { what: 'The device’s token and session.', schema: inviteAcceptAnswerSchema } },
    refusals: [...invite, higher],
  },
  {
    method: 'post',
    path: '/v1/invites',
    name: 'createInvite',
    summary: 'Invite somebody',
    about:
      'Makes an invite, good once and for 24 hours, and shows its link this once. A marketer invites reps and marketers, an admin everybody.',
    group: 'Invites and sessions',
    who: ['marketer', 'admin'],
    body: inviteRequestSchema,
    answers: { 201: { what: 'The invite’s link.', schema: inviteAnswerSchema } },
    refusals: [higher],
    isKeyed: true,
  },
  {
    method: 'get',
    path: '/v1/session',
    name: 'readSession',
    summary: 'Who this device is',
    about:
      'The member, the workspace, its keys for hashing identifiers, and until when the device may read its copy without reaching the store. While a key is being rotated the one before is told as well: a copy under it is brought up to date as long as it is kept.',
    group: 'Invites and sessions',
    who: 'member',
    query: sessionQuerySchema,
    answers: { 200: { what: 'The session.', schema: sessionSchema } },
  },
  {
    method: 'delete',
    path: '/v1/session',
    name: 'endSession',
    summary: 'Sign this device out',
    about: 'Its token is worth nothing from then on.',
    group: 'Invites and sessions',
    who: 'member',
    answers: { 204: { what: 'Signed out.' } },
  },
];
