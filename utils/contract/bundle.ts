import { z } from 'zod';
import { segmentRuleSchema } from './common-language.ts';
import {
  accountIdSchema,
  campaignIdSchema,
  contactIdSchema,
  daySchema,
  identifierKeySchema,
  insightIdSchema,
  instantSchema,
  memberIdSchema,
  talkingPointIdSchema,
  verdictIdSchema,
} from './ids.ts';
import { insightAnswerSchema } from './insight.ts';
import { growing, kept } from './kept.ts';
import { qualifiedRuleSchema, scorecardSchema, scoreSchema } from './score.ts';
import { workspaceSettingsSchema } from './settings.ts';
import { plannedTouchSchema, touchSchema } from './touch.ts';
import { verdictReasonSchema, verdictValueSchema } from './verdict.ts';

/** A customer company, as a device holds it: no address, no telephone number. `tier` 1 is the best. */
export const bundleAccountSchema = kept({
  id: accountIdSchema,
  name: z.string().max(300),
  segment: z.string().max(120).nullable(),
  tier: z.number().int().min(1).max(9).nullable(),
  stage: z.string().max(120).nullable(),
  industry: z.string().max(200).nullable(),
  employees: z.number().int().min(0).nullable(),
  country: z.string().max(120).nullable(),
  doNotContact: z.boolean(),
  latestWin: z.string().max(500).nullable(),
  /** What it uses, as criteria may ask; null: not known. Missing from a store that does not tell. */
  technologies: z.array(z.string().max(2000)).max(1000).nullable().optional(),
  keys: z.array(identifierKeySchema),
});
export type BundleAccount = z.infer<typeof bundleAccountSchema>;

/** An identifier that a member led to a person by a choice: who (by name, as members come and go) and when. `key` is among the person's keys. */
export const bundleLinkSchema = kept({
  key: identifierKeySchema,
  memberId: memberIdSchema,
  by: z.string().max(200),
  at: instantSchema,
});
export type BundleLink = z.infer<typeof bundleLinkSchema>;

/** A person there. Holds the newest 50 touches and how many there are in all, since when, and of them by robots. */
export const bundleContactSchema = kept({
  id: contactIdSchema,
  name: z.string().max(300).nullable(),
  title: z.string().max(300).nullable(),
  role: z.string().max(120).nullable(),
  /** Theirs, which stands in where the account's is not known; missing from a store that does not tell. */
  country: z.string().max(120).nullable().optional(),
  doNotContact: z.boolean(),
  score: scoreSchema,
  touches: z.array(touchSchema).max(50),
  touchCount: z.number().int().min(0),
  robotCount: z.number().int().min(0),
  firstTouchAt: instantSchema.nullable(),
  planned: z.array(plannedTouchSchema).max(20),
  keys: z.array(identifierKeySchema),
  /** Of the keys, those that members chose; missing from a store that does not tell. */
  links: z.array(bundleLinkSchema).optional(),
});
export type BundleContact = z.infer<typeof bundleContactSchema>;

/** What a customer said or did, as colleagues see it. Newest first in a bundle, 10 at most. */
export const bundleInsightSchema = kept({
  id: insightIdSchema,
  contactId: contactIdSchema.nullable(),
  text: z.string(),
  quote: z.string().nullable(),
  kind: z.string().max(40),
  method: z.string().max(40),
  at: instantSchema,
  by: z.string().max(200),
  /** What marketing answered; null: nothing yet; missing from a store that does not tell. */
  answer: insightAnswerSchema.nullable().optional(),
  /** A table brought it in, and `by` names that; else a member wrote it. */
  isImported: z.boolean().optional(),
});
export type BundleInsight = z.infer<typeof bundleInsightSchema>;

/**
 * All that a card needs about one account, in one row of the replica. A contact without an account has a bundle of its own (`account` null);
 * `id` is the account's id, or that lone contact's.
 */
export const bundleSchema = kept({
  id: z.uuid(),
  account: bundleAccountSchema.nullable(),
  contacts: z.array(bundleContactSchema),
  insights: z.array(bundleInsightSchema).max(10),
});
export type Bundle = z.infer<typeof bundleSchema>;

/** Something to say to certain accounts. `accountIds`: where it was pushed. Times bound when it holds; null means open. */
export const talkingPointSchema = kept({
  id: talkingPointIdSchema,
  title: z.string().max(120),
  text: z.string().max(2000),
  whyNow: z.string().max(300).nullable(),
  link: z
    .url({ protocol: /^https$/ })
    .max(2000)
    .nullable(),
  campaignId: campaignIdSchema.nullable(),
  pushedAt: instantSchema,
  startsOn: daySchema.nullable(),
  expiresOn: daySchema.nullable(),
  accountIds: z.array(accountIdSchema),
});
export type TalkingPoint = z.infer<typeof talkingPointSchema>;

/** This member's own newest verdict on a contact (`undone` false), or the taking back of it. Sent to its author's devices only. */
export const ownVerdictSchema = kept({
  verdictId: verdictIdSchema,
  contactId: contactIdSchema,
  value: growing(verdictValueSchema),
  reason: growing(verdictReasonSchema).nullable(),
  at: instantSchema,
  undone: z.boolean(),
});
export type OwnVerdict = z.infer<typeof ownVerdictSchema>;

/** This member's own newest use and outcome of a talking point at an account. */
export const ownOutcomeSchema = kept({
  talkingPointId: talkingPointIdSchema,
  accountId: accountIdSchema.nullable(),
  usedAt: instantSchema.nullable(),
  outcome: growing(z.enum(['landed', 'fell_flat'])).nullable(),
});
export type OwnOutcome = z.infer<typeof ownOutcomeSchema>;

/** An agreement on words that is in force: its version, when and by whom it was signed (nobody: the workspace came with it), and what it says as a text, if it is one. */
export const agreedWordsSchema = kept({
  kind: growing(z.enum(['stages', 'qualified', 'segments', 'tiers', 'ideal-customer'])),
  version: z.number().int(),
  publishedAt: instantSchema,
  signedBy: z.array(z.string().max(200)),
  text: z.string().max(2000).nullable(),
});
export type AgreedWords = z.infer<typeof agreedWordsSchema>;

/** What every card needs that belongs to no account: words, people, the scorecard's name. */
export const workspaceFactsSchema = kept({
  name: z.string().max(200),
  scorecardVersion: z.number().int(),
  scorecardPublishedAt: instantSchema,
  scorecardSignedBy: z.array(z.string().max(120)),
  /** The scorecard in force, so that a device can score by it what it holds; missing where the store does not tell it, or tells one that this build cannot read. */
  scorecard: scorecardSchema.optional().catch(undefined),
  /** The scorecard's, so that a device can grade a score that faded since it was computed. */
  engagementThresholds: z.tuple([z.number(), z.number(), z.number()]).optional(),
  /** The scorecard's, so that a card can say what its letter means. */
  fitThresholds: z.tuple([z.number(), z.number(), z.number()]).optional(),
  definitions: z.array(
    kept({
      term: z.string().max(120),
      kind: growing(z.enum(['segment', 'tier', 'stage'])),
      text: z.string().max(2000),
      /** Of a stage that was agreed on: who looks after it, and for how long at most; null: no number of days was agreed. Missing from a store that does not tell. */
      side: growing(z.enum(['marketing', 'sales', 'both'])).optional(),
      targetDays: z.number().int().nullable().optional(),
      /** Of a segment with rules: an account of it passes all of one group. Missing where there are none, or some that this build cannot read. */
      rules: z.array(z.array(segmentRuleSchema)).optional().catch(undefined),
    }),
  ),
  /** The agreements that the definitions are from, and those that are a text; missing from a store that does not tell. */
  agreed: z.array(agreedWordsSchema).optional().catch(undefined),
  /** The scorecard's rule of who is qualified; missing where none was agreed, or the store does not tell. */
  qualified: qualifiedRuleSchema.optional().catch(undefined),
  members: z.array(kept({ id: memberIdSchema, name: z.string().max(200) })),
  /** The company's own domains, normalised: those of the members' addresses, freemail aside, and what an admin added. Whoever writes from there is a colleague. */
  ownDomains: z.array(z.string().max(253)).optional(),
  /** What an admin settled for everybody. */
  settings: workspaceSettingsSchema.optional(),
});
export type WorkspaceFacts = z.infer<typeof workspaceFactsSchema>;
