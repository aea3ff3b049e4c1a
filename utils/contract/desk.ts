import { z } from 'zod';
import {
  accountIdSchema,
  campaignIdSchema,
  contactIdSchema,
  daySchema,
  deviceIdSchema,
  insightIdSchema,
  instantSchema,
  inviteIdSchema,
  memberIdSchema,
  talkingPointIdSchema,
  verdictIdSchema,
} from './ids.ts';
import { insightKindSchema, insightMethodSchema } from './insight.ts';
import { scoreSchema } from './score.ts';
import { roleSchema } from './session.ts';
import { touchSchema } from './touch.ts';
import { verdictReasonSchema, verdictValueSchema } from './verdict.ts';

/** The values an audience can be chosen from, with how many accounts have each. `value` null means "not set". */
const choiceSchema = z.object({ value: z.string(), accounts: z.number().int() });
/** `GET /v1/desk/audience-choices`. */
export const audienceChoicesSchema = z.object({
  segments: z.array(choiceSchema),
  tiers: z.array(choiceSchema),
  stages: z.array(choiceSchema),
  campaigns: z.array(z.object({ id: campaignIdSchema, name: z.string(), accounts: z.number().int() })),
});
export type AudienceChoices = z.infer<typeof audienceChoicesSchema>;

/** Which accounts: each list that is not empty must hold the account's value; `activeDays`: touched or judged within that many days (null: any). Accounts not to be contacted are always left out. */
export const audienceSchema = z.object({
  segments: z.array(z.string().max(120)).max(100),
  tiers: z.array(z.number().int()).max(9),
  stages: z.array(z.string().max(120)).max(100),
  activeDays: z.number().int().min(1).max(3650).nullable(),
});
export type Audience = z.infer<typeof audienceSchema>;

/** `POST /v1/desk/reach` of an audience. `steps` tell who is left after each condition, in order, beginning with all accounts. `reps`: reps with a live device. */
export const reachSchema = z.object({
  accounts: z.number().int(),
  contacts: z.number().int(),
  reps: z.number().int(),
  steps: z.array(z.object({ condition: z.enum(['all', 'segments', 'tiers', 'stages', 'active', 'contactable']), accounts: z.number().int() })),
});
export type Reach = z.infer<typeof reachSchema>;

/** `POST /v1/desk/talking-points` writes and pushes one. */
export const talkingPointDraftSchema = z
  .object({
    title: z.string().trim().min(1).max(60),
    text: z.string().trim().min(1).max(280),
    whyNow: z.string().trim().max(120).nullable(),
    link: z.url({ protocol: /^https$/ }).max(2000).nullable(),
    campaignId: campaignIdSchema.nullable(),
    startsOn: daySchema.nullable(),
    expiresOn: daySchema.nullable(),
    audience: audienceSchema,
  })
  .refine((draft) => !draft.startsOn || !draft.expiresOn || draft.startsOn <= draft.expiresOn, {
    path: ['expiresOn'],
    message: 'The talking point would expire before it starts.',
  });
export type TalkingPointDraft = z.infer<typeof talkingPointDraftSchema>;

/** `GET /v1/desk/talking-points`, newest first. Counts are of accounts, save `seen` (views, counted once a device and day). `told` = landed + fellFlat. */
export const talkingPointResultSchema = z.object({
  id: talkingPointIdSchema,
  title: z.string(),
  text: z.string(),
  whyNow: z.string().nullable(),
  link: z.string().nullable(),
  campaign: z.string().nullable(),
  owner: z.string(),
  state: z.enum(['live', 'ended', 'expired', 'scheduled']),
  pushedAt: instantSchema,
  startsOn: daySchema.nullable(),
  expiresOn: daySchema.nullable(),
  audience: audienceSchema,
  accounts: z.number().int(),
  seen: z.number().int(),
  copied: z.number().int(),
  inserted: z.number().int(),
  landed: z.number().int(),
  fellFlat: z.number().int(),
});
export type TalkingPointResult = z.infer<typeof talkingPointResultSchema>;

/** What `GET /v1/desk/lead-quality?by=…&days=…` rolls up by. One row a contact and member: the latest verdict not undone. */
export const rollUpBySchema = z.enum(['campaign', 'segment']);
export type RollUpBy = z.infer<typeof rollUpBySchema>;
const reasonCountSchema = z.object({ reason: verdictReasonSchema.nullable(), count: z.number().int() });
const qualityRowSchema = z.object({
  /** The campaign's id or the segment's name; null gathers verdicts without one. */
  key: z.string().nullable(),
  label: z.string(),
  weak: z.number().int(),
  strong: z.number().int(),
  reasons: z.array(reasonCountSchema),
});
export const leadQualitySchema = z.object({
  by: rollUpBySchema,
  asOf: instantSchema,
  total: qualityRowSchema,
  rows: z.array(qualityRowSchema),
  weeks: z.array(z.object({ startsOn: daySchema, weak: z.number().int(), strong: z.number().int() })),
});
export type LeadQuality = z.infer<typeof leadQualitySchema>;

/** `GET /v1/desk/verdicts?by=…&key=…&days=…`, newest first, at most 500. */
export const verdictRowSchema = z.object({
  id: verdictIdSchema,
  value: verdictValueSchema,
  reason: verdictReasonSchema.nullable(),
  at: instantSchema,
  contactId: contactIdSchema,
  contact: z.string(),
  account: z.string().nullable(),
  segment: z.string().nullable(),
  campaign: z.string().nullable(),
  grade: z.string(),
});
export type VerdictRow = z.infer<typeof verdictRowSchema>;

/** `GET /v1/desk/verdicts/<id>`: one verdict as it stood, and how it stands now. `by` is named here only. */
export const verdictContextSchema = verdictRowSchema.extend({
  title: z.string().nullable(),
  by: z.string(),
  score: scoreSchema,
  gradeNow: z.string().nullable(),
  campaigns: z.array(z.string()),
  touches: z.array(touchSchema),
});
export type VerdictContext = z.infer<typeof verdictContextSchema>;

/** `GET /v1/desk/insights?kind=…&method=…&search=…&days=…`, newest first, at most 500. */
export const insightRowSchema = z.object({
  id: insightIdSchema,
  text: z.string(),
  quote: z.string().nullable(),
  kind: insightKindSchema,
  method: insightMethodSchema,
  at: instantSchema,
  by: z.string(),
  account: z.string().nullable(),
  accountId: accountIdSchema.nullable(),
  contact: z.string().nullable(),
  segment: z.string().nullable(),
});
export type InsightRow = z.infer<typeof insightRowSchema>;

/** `GET /v1/desk/people`. */
export const peopleSchema = z.object({
  members: z.array(
    z.object({
      id: memberIdSchema,
      name: z.string(),
      address: z.string(),
      role: roleSchema,
      joinedAt: instantSchema,
      devices: z.array(z.object({ id: deviceIdSchema, name: z.string(), lastSeenAt: instantSchema.nullable(), revoked: z.boolean() })),
    }),
  ),
  invites: z.array(
    z.object({
      id: inviteIdSchema,
      address: z.string(),
      role: roleSchema,
      invitedBy: z.string(),
      createdAt: instantSchema,
      expiresAt: instantSchema,
      state: z.enum(['open', 'used', 'expired', 'revoked']),
      usedAt: instantSchema.nullable(),
    }),
  ),
});
export type People = z.infer<typeof peopleSchema>;
