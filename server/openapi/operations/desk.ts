import { z } from 'zod';
import {
  audienceAccountSchema,
  audienceChoicesSchema,
  audienceSchema,
  memberTerritoriesSchema,
  namedAccountQuerySchema,
  namedAccountSchema,
  peopleSchema,
  pushedTalkingPointSchema,
  reachSchema,
  talkingPointDraftSchema,
  talkingPointEventSchema,
  talkingPointResultSchema,
  talkingPointWordsSchema,
} from '#contract/desk.ts';
import { deviceIdSchema, inviteIdSchema, memberIdSchema, talkingPointIdSchema } from '#contract/ids.ts';
import { changeSettingsRequestSchema, workspaceSettingsSchema } from '#contract/settings.ts';
import type { Operation } from '../operation.ts';
import { askOperations } from './desk-asks.ts';
import { handOverOperations } from './desk-hand-overs.ts';
import { insightOperations } from './desk-insights.ts';
import { qualityOperations } from './desk-quality.ts';

const desk = { group: 'Desk', who: ['marketer', 'admin'] } as const;

const audiences: readonly Operation[] = [
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/audience-choices',
    name: 'readAudienceChoices',
    summary: 'What an audience can be chosen by',
    answers: {
      200: {
        what: 'Segments, tiers, stages and campaigns, with their numbers of accounts.',
        schema: audienceChoicesSchema,
      },
    },
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/reach',
    name: 'countReach',
    summary: 'Whom an audience reaches',
    about: 'Counts; changes nothing.',
    body: audienceSchema,
    answers: { 200: { what: 'Accounts, contacts and reps, line by line.', schema: reachSchema } },
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/audience-accounts',
    name: 'listAudienceAccounts',
    summary: 'The accounts of an audience',
    about: 'At most 500, best tier first; changes nothing.',
    body: audienceSchema,
    answers: { 200: { what: 'The accounts.', schema: z.array(audienceAccountSchema) } },
  },
];

const talkingPoints: readonly Operation[] = [
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/accounts',
    name: 'findAccounts',
    summary: 'Find accounts by name',
    about: 'To name them one by one in an audience: at most 50 whose name holds the words, or those with the ids.',
    query: namedAccountQuerySchema,
    answers: { 200: { what: 'By name.', schema: z.array(namedAccountSchema) } },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/talking-points/:id/history',
    name: 'readPointHistory',
    summary: 'Who changed what of a talking point',
    about: 'Its own versions and those of the ones it took the place of, and when it was paused and resumed.',
    params: { id: talkingPointIdSchema },
    answers: { 200: { what: 'Newest first.', schema: z.array(talkingPointEventSchema) } },
    refusals: [[404, 'not-found', 'There is no such talking point in the workspace.']],
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/talking-points/:id/words',
    name: 'listPointWords',
    summary: 'What reps wrote of a talking point',
    params: { id: talkingPointIdSchema },
    answers: {
      200: {
        what: 'Newest first, at most 200, each with what came of it there.',
        schema: z.array(talkingPointWordsSchema),
      },
    },
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/talking-points',
    name: 'listTalkingPoints',
    summary: 'Talking points and what came of them',
    answers: { 200: { what: 'Newest first.', schema: z.array(talkingPointResultSchema) } },
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/talking-points',
    name: 'pushTalkingPoint',
    summary: 'Push a talking point',
    about:
      'Writes one and pushes it to the accounts of its audience; every device hears of it within a second. With `replaces` it ends another in the same moment.',
    body: talkingPointDraftSchema,
    answers: { 201: { what: 'To how many accounts it went.', schema: pushedTalkingPointSchema } },
    refusals: [
      [422, 'expired', 'It would expire before today.'],
      [422, 'empty-audience', 'No account fits the audience.'],
      [422, 'unfit-owner', 'The owner is no marketer or admin of the workspace.'],
      [409, 'edited-already', 'What it replaces was edited by somebody else meanwhile.'],
    ],
    isKeyed: true,
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/talking-points/:id/end',
    name: 'endTalkingPoint',
    summary: 'Pause a talking point',
    about: 'It leaves every card. Pausing it again changes nothing.',
    params: { id: talkingPointIdSchema },
    answers: { 204: { what: 'Paused.' } },
    isKeyed: true,
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/talking-points/:id/resume',
    name: 'resumeTalkingPoint',
    summary: 'Resume a talking point',
    params: { id: talkingPointIdSchema },
    answers: { 204: { what: 'It runs again.' } },
    isKeyed: true,
  },
];

const people: readonly Operation[] = [
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/people',
    name: 'listPeople',
    summary: 'Members, their devices, and invites',
    answers: { 200: { what: 'Members by name, invites newest first.', schema: peopleSchema } },
  },
  {
    ...desk,
    method: 'put',
    path: '/v1/desk/members/:id/territories',
    name: 'setTerritories',
    summary: 'Give a member territories',
    about:
      'Where the workspace bounds its reps by territory, a rep holds the accounts of these, and those without one. What was there before is replaced; the member’s devices fetch their copy again.',
    who: ['admin'],
    params: { id: memberIdSchema },
    body: memberTerritoriesSchema,
    answers: { 204: { what: 'Given.' } },
    refusals: [[404, 'not-found', 'There is no such member in the workspace.']],
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/devices/:id/revoke',
    name: 'revokeDevice',
    summary: 'Take a device’s access back',
    about:
      'It is refused at once and empties itself. A marketer may do so for reps and for their own devices, an admin for all.',
    params: { id: deviceIdSchema },
    answers: { 204: { what: 'Revoked.' } },
    refusals: [
      [404, 'not-found', 'The device is not in the workspace.'],
      [403, 'forbidden', 'It is another marketer’s or an admin’s, and the caller is no admin.'],
    ],
    isKeyed: true,
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/members/:id/end',
    name: 'endMembership',
    summary: 'End a membership',
    about:
      'The member’s devices are refused at once and empty themselves, and open invites to their address are taken back. What they did stays. A marketer may do so for reps, an admin for everybody else. Ending it again changes nothing.',
    params: { id: memberIdSchema },
    answers: { 204: { what: 'Ended.' } },
    refusals: [
      [404, 'not-found', 'There never was such a member.'],
      [403, 'forbidden', 'It is a marketer or an admin, and the caller is no admin.'],
      [409, 'own-membership', 'It is the caller’s own.'],
    ],
    isKeyed: true,
  },
  {
    ...desk,
    method: 'post',
    path: '/v1/desk/invites/:id/revoke',
    name: 'revokeInvite',
    summary: 'Take an invite back',
    params: { id: inviteIdSchema },
    answers: { 204: { what: 'It is no longer good.' } },
    refusals: [[409, 'not-open', 'It was used or revoked before.']],
    isKeyed: true,
  },
  {
    ...desk,
    method: 'get',
    path: '/v1/desk/settings',
    name: 'readSettings',
    summary: 'What is settled for everybody',
    answers: { 200: { what: 'The settings.', schema: workspaceSettingsSchema } },
  },
  {
    ...desk,
    method: 'patch',
    path: '/v1/desk/settings',
    name: 'changeSettings',
    summary: 'Settle something for everybody',
    about:
      'Changes what is named and nothing else, so that two admins at once lose nothing; every device hears of it. A broken rule of a site is refused, each fault by its path.',
    who: ['admin'],
    body: changeSettingsRequestSchema,
    answers: { 200: { what: 'The settings as they are then.', schema: workspaceSettingsSchema } },
    refusals: [[422, 'no-company-domain', 'A domain to be added belongs to no one company.']],
  },
];

export const deskOperations: readonly Operation[] = [
  ...audiences,
  ...talkingPoints,
  ...qualityOperations,
  ...handOverOperations,
  ...insightOperations,
  ...askOperations,
  ...people,
];
