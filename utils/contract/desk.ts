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
import {
  insightAnswerSchema,
  insightKindSchema,
  insightMethodSchema,
  insightThemeSchema,
  swotSchema,
} from './insight.ts';
import { longest } from './limits.ts';
import { gradeSchema, scoreSchema } from './score.ts';
import { roleSchema } from './session.ts';
import { touchSchema } from './touch.ts';
import { verdictReasonSchema, verdictValueSchema } from './verdict.ts';

/** The values an audience can be chosen from, with how many accounts have each, most first. Accounts without a value cannot be chosen by it. */
const choiceSchema = z.object({ value: z.string(), accounts: z.number().int() });
/**
 * `GET /v1/desk/audience-choices`. `owners`: addresses as the CRM names them, with the member's name where there is one. `grades`: those that people have, with how many
 * people. A store that does not know a list leaves it out. `asOf`: when it was counted, in a large workspace some minutes ago; an older store does not tell.
 */
export const audienceChoicesSchema = z.object({
  asOf: instantSchema.optional(),
  segments: z.array(choiceSchema),
  tiers: z.array(choiceSchema),
  stages: z.array(choiceSchema),
  campaigns: z.array(z.object({ id: campaignIdSchema, name: z.string(), accounts: z.number().int() })),
  territories: z.array(choiceSchema).default([]),
  owners: z.array(choiceSchema.extend({ name: z.string().nullable() })).default([]),
  grades: z.array(z.object({ value: z.string(), contacts: z.number().int() })).default([]),
});
export type AudienceChoices = z.infer<typeof audienceChoicesSchema>;

/** The query of `GET /v1/desk/accounts`: those whose name holds the words, or those with the ids (`a,b`); at most 50, by name. */
export const namedAccountQuerySchema = z.object({
  search: z.string().trim().max(200).default(''),
  ids: z
    .string()
    .max(8000)
    .default('')
    .transform((ids) => ids.split(',').filter((id) => id !== ''))
    .pipe(z.array(accountIdSchema).max(200)),
});
export const namedAccountSchema = z.object({
  id: accountIdSchema,
  name: z.string(),
  segment: z.string().nullable(),
});
export type NamedAccount = z.infer<typeof namedAccountSchema>;

/** Newer than the first four, and so never asked for by an older Desk. */
const chosenSince = {
  territories: z.array(z.string().max(120)).max(100).default([]),
  owners: z.array(z.string().max(320)).max(200).default([]),
  campaigns: z.array(campaignIdSchema).max(100).default([]),
  grades: z.array(gradeSchema).max(16).default([]),
  accounts: z.array(accountIdSchema).max(200).default([]),
};

/**
 * Which accounts: each list that is not empty must hold the account's value. `campaigns`: touched by one of these; `grades`: somebody there has one of these scores;
 * `accounts`: named one by one. `activeDays`: touched (robots aside) or judged within that many days; `dormantDays`: not within that many (null: any).
 * `without`: accounts that any of its lists holds are left out. Accounts not to be contacted always are.
 */
export const audienceSchema = z.object({
  segments: z.array(z.string().max(120)).max(100),
  tiers: z.array(z.number().int()).max(9),
  stages: z.array(z.string().max(120)).max(100),
  activeDays: z.number().int().min(1).max(3650).nullable(),
  dormantDays: z.number().int().min(1).max(3650).nullable().default(null),
  ...chosenSince,
  without: z
    .object({
      segments: z.array(z.string().max(120)).max(100).default([]),
      tiers: z.array(z.number().int()).max(9).default([]),
      stages: z.array(z.string().max(120)).max(100).default([]),
      ...chosenSince,
    })
    .prefault({}),
});
export type Audience = z.infer<typeof audienceSchema>;
/** An audience as it is sent: what is left out chooses all. */
export type AudienceInput = z.input<typeof audienceSchema>;

/** What an audience is chosen by in lists, with and without, in the order in which a person reads them. */
export const chosenNames = [
  'segments',
  'tiers',
  'stages',
  'territories',
  'owners',
  'campaigns',
  'grades',
  'accounts',
] as const;
export type Chosen = (typeof chosenNames)[number];

const conditionSchema = z.enum([
  'all',
  ...chosenNames,
  'active',
  'dormant',
  ...chosenNames.map((name) => `without_${name}` as const),
  'contactable',
]);
/** A line of an audience, in the order in which they are applied. */
export type AudienceCondition = z.infer<typeof conditionSchema>;

/**
 * `POST /v1/desk/reach` of an audience. `steps` tell who is left after each condition, in order, beginning with all accounts; `all`, `segments`, `tiers`, `stages`, `active`
 * and `contactable` always, the others where they are asked for: a store that leaves one out does not know it. `reps`: those with a live device who hold one of the accounts.
 * `bySegment` splits the accounts, most first. `remedy`, only when nobody is left: the condition that emptied it and the nearest change that would not
 * (`activeDays` and `dormantDays` null: drop the condition), with how many accounts there would be; null when no single change helps.
 * `asOf`: up to when touches are in what is counted.
 */
export const reachSchema = z.object({
  accounts: z.number().int(),
  contacts: z.number().int(),
  reps: z.number().int(),
  steps: z.array(z.object({ condition: conditionSchema, accounts: z.number().int() })),
  bySegment: z.array(z.object({ segment: z.string().nullable(), accounts: z.number().int() })),
  remedy: z
    .object({
      condition: conditionSchema,
      activeDays: z.number().int().nullable(),
      dormantDays: z.number().int().nullable().default(null),
      accounts: z.number().int(),
    })
    .nullable(),
  asOf: instantSchema.nullable().default(null),
});
export type Reach = z.infer<typeof reachSchema>;

/** `POST /v1/desk/audience-accounts` of an audience: the accounts behind its reach, best tier first, then by name, at most 500. `lastActiveAt`: the newest touch (robots aside) or verdict. */
export const audienceAccountSchema = z.object({
  id: accountIdSchema,
  name: z.string(),
  segment: z.string().nullable(),
  tier: z.number().int().nullable(),
  stage: z.string().nullable(),
  contacts: z.number().int(),
  lastActiveAt: instantSchema.nullable(),
});
export type AudienceAccount = z.infer<typeof audienceAccountSchema>;

/**
 * `POST /v1/desk/talking-points` writes and pushes one; answers how many accounts it went to. `id`, named by the Desk, makes sending it twice push it once.
 * `replaces` ends another in the same transaction: an edit is a new talking point, so that results stay with the words they belong to.
 */
export const talkingPointDraftSchema = z
  .object({
    id: talkingPointIdSchema.optional(),
    replaces: talkingPointIdSchema.nullable().default(null),
    title: z.string().trim().min(1).max(longest.title),
    text: z.string().trim().min(1).max(longest.text),
    whyNow: z.string().trim().max(longest.whyNow).nullable(),
    link: z
      .url({ protocol: /^https$/ })
      .max(2000)
      .nullable(),
    campaignId: campaignIdSchema.nullable(),
    startsOn: daySchema.nullable(),
    expiresOn: daySchema.nullable(),
    /** Who answers for it; null: who sends it. */
    ownerId: memberIdSchema.nullable().default(null),
    audience: audienceSchema,
  })
  .refine((draft) => !draft.startsOn || !draft.expiresOn || draft.startsOn <= draft.expiresOn, {
    path: ['expiresOn'],
    message: 'The talking point would expire before it starts.',
  });
export type TalkingPointDraft = z.input<typeof talkingPointDraftSchema>;
export type CheckedDraft = z.output<typeof talkingPointDraftSchema>;
export const pushedTalkingPointSchema = z.object({ id: talkingPointIdSchema, accounts: z.number().int() });
export type PushedTalkingPoint = z.infer<typeof pushedTalkingPointSchema>;

/**
 * `GET /v1/desk/talking-points`, newest first. Counts are of accounts, save `seen` (views, counted once a device and day). `told` = landed + fellFlat,
 * the newest word at each account. `used`: copied or inserted, each account once. `bySegment`, `byStage`: told accounts as they stand now.
 * `replacedBy`: the edit that took its place; an ended one without is paused. `edits`: how many versions came before it. `words`: how many reps said something of it.
 * `lastUsedAt`: the newest copy or insertion. `POST /v1/desk/talking-points/<id>/end` pauses one, `…/resume` takes that back.
 */
export const talkingPointResultSchema = z.object({
  id: talkingPointIdSchema,
  title: z.string(),
  text: z.string(),
  whyNow: z.string().nullable(),
  link: z.string().nullable(),
  campaignId: campaignIdSchema.nullable(),
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
  used: z.number().int(),
  landed: z.number().int(),
  fellFlat: z.number().int(),
  endedAt: instantSchema.nullable(),
  bySegment: z.array(z.object({ segment: z.string().nullable(), landed: z.number().int(), told: z.number().int() })),
  byStage: z
    .array(z.object({ stage: z.string().nullable(), landed: z.number().int(), told: z.number().int() }))
    .default([]),
  ownerId: memberIdSchema.nullable().default(null),
  replacedBy: talkingPointIdSchema.nullable().default(null),
  edits: z.number().int().default(0),
  words: z.number().int().default(0),
  lastUsedAt: instantSchema.nullable().default(null),
});
export type TalkingPointResult = z.infer<typeof talkingPointResultSchema>;

/** The words of a talking point as they stood, and what came of them. */
export const talkingPointVersionSchema = talkingPointResultSchema.pick({
  id: true,
  title: true,
  text: true,
  whyNow: true,
  link: true,
  campaign: true,
  owner: true,
  startsOn: true,
  expiresOn: true,
  audience: true,
  accounts: true,
  landed: true,
  fellFlat: true,
});
export type TalkingPointVersion = z.infer<typeof talkingPointVersionSchema>;
/**
 * `GET /v1/desk/talking-points/<id>/history`, newest first: this one and those it took the place of. `version`: what was pushed; null where it was paused or resumed.
 * `by` is empty where it was not kept.
 */
export const talkingPointEventSchema = z.object({
  kind: z.enum(['pushed', 'edited', 'paused', 'resumed']),
  at: instantSchema,
  by: z.string(),
  version: talkingPointVersionSchema.nullable(),
});
export type TalkingPointEvent = z.infer<typeof talkingPointEventSchema>;

/** `GET /v1/desk/talking-points/<id>/words`: what reps wrote of it, newest first, at most 200. `outcome`: what they said came of it at that account. */
export const talkingPointWordsSchema = z.object({
  id: insightIdSchema,
  text: z.string(),
  quote: z.string().nullable(),
  at: instantSchema,
  by: z.string(),
  account: z.string().nullable(),
  outcome: z.enum(['landed', 'fell_flat']).nullable(),
});
export type TalkingPointWords = z.infer<typeof talkingPointWordsSchema>;

/** What `GET /v1/desk/lead-quality?by=…&days=…` rolls up by. One row a contact and member: the latest verdict not undone, given within the last `days`. */
export const rollUpBySchema = z.enum(['campaign', 'source', 'segment', 'tier', 'band', 'criterion', 'reason', 'week']);
export type RollUpBy = z.infer<typeof rollUpBySchema>;
/** By which verdicts are filtered, each to one value as it stood when they were given, written as the key of a row is. */
export const verdictSides = ['segment', 'tier', 'source'] as const satisfies readonly RollUpBy[];
export type VerdictSide = (typeof verdictSides)[number];
const sideValueSchema = z.string().max(200).optional();
/** The query of `GET /v1/desk/lead-quality`, and of the rows behind it. A side that is missing chooses all, an empty one those without it. */
export const rollUpQuerySchema = z.object({
  by: rollUpBySchema.default('campaign'),
  days: z.coerce.number().int().min(1).max(3650).default(91),
  segment: sideValueSchema,
  tier: sideValueSchema,
  source: sideValueSchema,
});
export const verdictQuerySchema = rollUpQuerySchema.extend({
  key: z.string().max(200).optional(),
  value: verdictValueSchema.optional(),
  /** Only those against their score that nobody has looked into yet. */
  only: z.literal('disagreements').optional(),
});
/** Verdicts and insights are listed so many at once; fewer are the last. */
export const listedRows = 500;
/** How the rows behind a count stand: newest first, by grade with the best first, or by account in the order of its name; newest first among equals. */
export const verdictOrderSchema = z.enum(['newest', 'grade', 'account']);
export type VerdictOrder = z.infer<typeof verdictOrderSchema>;
/** `GET /v1/desk/verdicts?…&order=…&after=…`. `after`: a verdict of the list; the rows are those that follow it. */
export const verdictListQuerySchema = verdictQuerySchema.extend({
  order: verdictOrderSchema.default('newest'),
  after: verdictIdSchema.optional(),
});
/** `reason` null: weak, and no reason given. */
const reasonCountSchema = z.object({ reason: verdictReasonSchema.nullable(), count: z.number().int() });
/** `reasons` are those of the weak verdicts, most frequent first. */
const qualityRowSchema = z.object({
  /** The campaign's id, its channel, the segment's name, the tier, the grade, the criterion's id, the reason, or the week's Monday; null gathers verdicts without one. */
  key: z.string().nullable(),
  label: z.string().nullable(),
  weak: z.number().int(),
  strong: z.number().int(),
  reasons: z.array(reasonCountSchema),
});
export type QualityRow = z.infer<typeof qualityRowSchema>;
/** One side that verdicts are filtered by. `chosen`: its value as it was asked for; missing: all. `values`: those that verdicts of the period have, whatever is chosen, an empty one (those without) last. */
const sideFilterSchema = z.object({ chosen: z.string().optional(), values: z.array(z.string()) });
/** Each verdict once: by `campaign` and `source` at the contact's last campaign when it was given, by `segment`, `tier` and `band` as they stood then; by `criterion` under each that was met, so that rows add up to more. `disagreements`: verdicts against their score that nobody has looked into; missing from an older store. `filters`: what was counted alone, and what could be; an older store leaves them out, and counts all. `weeks` begin on Mondays by the calendars of `zone` (missing: UTC), oldest first, empty ones too. */
export const leadQualitySchema = z.object({
  by: rollUpBySchema,
  asOf: instantSchema,
  total: qualityRowSchema,
  rows: z.array(qualityRowSchema),
  weeks: z.array(z.object({ startsOn: daySchema, weak: z.number().int(), strong: z.number().int() })),
  grades: z.array(z.object({ grade: z.string(), weak: z.number().int(), strong: z.number().int() })),
  disagreements: z.number().int().optional(),
  zone: z.string().optional(),
  filters: z.object({ segment: sideFilterSchema, tier: sideFilterSchema, source: sideFilterSchema }).optional(),
});
export type LeadQuality = z.infer<typeof leadQualitySchema>;

/** `GET /v1/desk/verdicts?by=…&key=…&days=…&value=…&order=…&after=…`: the rows behind a roll-up's count, at most `listedRows`. No `key`: all; an empty one: those without. */
export const verdictRowSchema = z.object({
  id: verdictIdSchema,
  value: verdictValueSchema,
  reason: verdictReasonSchema.nullable(),
  at: instantSchema,
  contactId: contactIdSchema,
  contact: z.string().nullable(),
  account: z.string().nullable(),
  segment: z.string().nullable(),
  campaign: z.string().nullable(),
  grade: z.string(),
});
export type VerdictRow = z.infer<typeof verdictRowSchema>;

/**
 * `GET /v1/desk/verdicts/export?…&after=<verdict>`: the same rows as lines of CSV, 5,000 at most, the first with its header; `next`: what to ask after; null: that was all.
 * Who gave a verdict is not in it, and orders nothing that could be told from it.
 */
export const verdictExportQuerySchema = verdictQuerySchema.extend({ after: verdictIdSchema.optional() });
export const verdictExportSchema = z.object({
  csv: z.string(),
  rows: z.number().int(),
  next: verdictIdSchema.nullable(),
});

/** What the store holds of a person, as a correction may change it. */
export const contactRecordSchema = z.object({
  name: z.string().max(300).nullable(),
  title: z.string().max(300).nullable(),
  country: z.string().max(120).nullable(),
  doNotContact: z.boolean(),
});
export type ContactRecord = z.infer<typeof contactRecordSchema>;
/** `PATCH /v1/desk/contacts/<id>`: corrects what is wrong of a person; what is missing stays. The next import of their source may bring the old value again. */
export const correctContactSchema = contactRecordSchema.partial();

/**
 * `GET /v1/desk/verdicts/<id>`: one verdict as it stood, and how it stands now. `contact`, `title`, `account`: what they were called then; of a verdict from before a store kept that, what they are called now. `by`: who gave it, which stands here alone and is nothing to look, sort or export by;
 * missing from an older store. `team` with its number of reps, or null below 5. `settled`: looked into. `record`: the person as the store holds them now; null: no longer there. `touches`: before the verdict, newest first, at most 50. `gradeNow` null: no longer scored.
 */
export const verdictContextSchema = verdictRowSchema.extend({
  title: z.string().nullable(),
  team: z.object({ name: z.string(), reps: z.number().int() }).nullable(),
  by: z.string().optional(),
  settled: z.boolean().default(false),
  record: contactRecordSchema.nullable().default(null),
  undone: z.boolean(),
  score: scoreSchema,
  gradeNow: z.string().nullable(),
  campaigns: z.array(z.string()),
  touches: z.array(touchSchema),
});
export type VerdictContext = z.infer<typeof verdictContextSchema>;

/** A row of `GET /v1/desk/insights`. What marketing makes of it is missing from an older store. */
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
  theme: z.string().nullable().default(null),
  swot: swotSchema.nullable().default(null),
  answer: insightAnswerSchema.nullable().default(null),
  /** Brought in by a table: its file, or the mapping it was read by. Null: a member wrote it. */
  importedFrom: z.string().nullable().default(null),
});
export type InsightRow = z.infer<typeof insightRowSchema>;

/** `a,b` as a list; absent or empty chooses all. */
const listedSchema = z
  .string()
  .max(400)
  .default('')
  .transform((words) => words.split(',').filter((each) => each !== ''));
/** How insights stand: newest or oldest first, by account in the order of its name (those without one last), or those first that a member wrote and nobody has answered; newest first among equals. */
export const insightOrderSchema = z.enum(['newest', 'oldest', 'account', 'unanswered']);
export type InsightOrder = z.infer<typeof insightOrderSchema>;
/** The query of `GET /v1/desk/insights`. */
export const insightQuerySchema = z.object({
  kind: listedSchema.pipe(z.array(insightKindSchema)),
  method: listedSchema.pipe(z.array(insightMethodSchema)),
  theme: listedSchema,
  account: accountIdSchema.optional(),
  search: z.string().trim().max(200).default(''),
  days: z.coerce.number().int().min(1).max(3650).optional(),
  order: insightOrderSchema.default('newest'),
  after: insightIdSchema.optional(),
  /** The rows alone, where how many there are is known already. */
  only: z.literal('rows').optional(),
});

/**
 * `GET /v1/desk/insights?kind=…&method=…&theme=…&account=…&search=…&days=…&order=…&after=…` (`kind`, `method` and `theme` may list several, with commas; no `days`: all time).
 * `search` takes words as search engines do: all of them, `"a phrase"`, `or`, `-without`; the last one may be a beginning. Accounts and people are found by name.
 * `rows` at most 500 of `matching`, those that follow the insight `after` where one is named; `order`: how they stand, missing from an older store, which knows newest first alone. `all` counts those of the period. With `only=rows` the answer is `rows` alone. A facet's counts leave its own filter out; of themes and accounts, the 12 most frequent.
 */
export const insightListSchema = z.object({
  rows: z.array(insightRowSchema),
  order: insightOrderSchema.optional(),
  matching: z.number().int(),
  all: z.number().int(),
  reps: z.number().int(),
  accounts: z.number().int(),
  kinds: z.array(z.object({ value: insightKindSchema, count: z.number().int() })),
  methods: z.array(z.object({ value: insightMethodSchema, count: z.number().int() })),
  themes: z.array(z.object({ value: z.string(), count: z.number().int() })).default([]),
  byAccount: z.array(z.object({ value: accountIdSchema, name: z.string(), count: z.number().int() })).default([]),
});
/** The answer with `only=rows`, and what is read of any answer to go on with its rows. */
export const insightRowsSchema = insightListSchema.pick({ rows: true });
export type InsightList = z.infer<typeof insightListSchema>;

/** `POST /v1/desk/insights`: one that marketing learnt, from a survey, a focus group, research. It stands on the account's card as a rep's does. */
export const newInsightSchema = z.object({
  id: insightIdSchema,
  accountId: accountIdSchema.nullable(),
  text: z.string().trim().min(1).max(longest.insight),
  quote: z.string().trim().min(1).max(longest.insight).nullable(),
  kind: insightKindSchema,
  method: insightMethodSchema,
  theme: insightThemeSchema.nullable(),
  swot: swotSchema.nullable(),
});
/** Its answer. */
export const enteredInsightSchema = z.object({ id: insightIdSchema });
export type NewInsight = z.infer<typeof newInsightSchema>;
/** `PATCH /v1/desk/insights/<id>`: what marketing files it under; null takes that back, what is missing stays. */
export const fileInsightSchema = z.object({
  theme: insightThemeSchema.nullable().optional(),
  swot: swotSchema.nullable().optional(),
});
/** `PUT /v1/desk/insights/<id>/answer`: answers who wrote it, in place of an earlier answer; `DELETE` takes it back. It shows in the panel, where the insight does. */
export const answerInsightSchema = z.object({
  kind: z.enum(['used', 'thanks']),
  text: z.string().trim().min(1).max(longest.insightAnswer),
});
export type AnswerInsight = z.infer<typeof answerInsightSchema>;

/** `GET /v1/desk/account-names?search=…`: accounts whose names begin so, or have a word that does, by name, 20 at most. */
export const accountNameQuerySchema = z.object({ search: z.string().trim().min(1).max(120) });
export const accountNameSchema = z.object({ id: accountIdSchema, name: z.string() });

/** A territory as accounts have it. */
const territorySchema = z.string().min(1).max(120);

/**
 * `PUT /v1/desk/members/<id>/territories`, by an admin: whose accounts a rep holds where the workspace bounds reps by territory. What was there before is replaced.
 */
export const memberTerritoriesSchema = z.object({ territories: z.array(territorySchema).max(200) });

/** `GET /v1/desk/people`. `territories`: those that accounts have, by name; a member's own may be among them or not (any more). `POST /v1/desk/devices/<id>/revoke` and `POST /v1/desk/invites/<id>/revoke` take access back; members by name, invites newest first. */
export const peopleSchema = z.object({
  members: z.array(
    z.object({
      id: memberIdSchema,
      name: z.string(),
      address: z.string(),
      role: roleSchema,
      team: z.string().nullable(),
      territories: z.array(z.string()).default([]),
      joinedAt: instantSchema,
      devices: z.array(
        z.object({ id: deviceIdSchema, name: z.string(), lastSeenAt: instantSchema.nullable(), revoked: z.boolean() }),
      ),
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
  territories: z.array(z.object({ territory: z.string(), accounts: z.number().int() })).default([]),
});
export type People = z.infer<typeof peopleSchema>;
