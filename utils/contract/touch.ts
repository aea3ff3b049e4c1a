import { z } from 'zod';
import { campaignIdSchema, instantSchema, touchIdSchema } from './ids.ts';
import { kept } from './kept.ts';

/** What a touch can be, in the field's words. A newer store may send others: readers keep and show them as they are. */
export const touchKinds = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'unsubscribed',
  'subscribed',
  'responded',
  'submitted_form',
  'downloaded',
  'registered',
  'attended',
  'no_show',
  'visited_page',
  'requested_contact',
  'met',
  'other',
] as const;
export type TouchKind = (typeof touchKinds)[number];
export const touchKindSchema = z.enum(touchKinds);

/**
 * One past campaign event on one person. Append-only.
 * `detail` is what the source said (`Pricing page`, `Attended, 41 min`); `isRobot` marks opens and clicks of mail-scanning robots.
 */
export const touchSchema = kept({
  id: touchIdSchema,
  kind: z.string().max(40),
  at: instantSchema,
  campaignId: campaignIdSchema.nullable(),
  campaign: z.string().max(300).nullable(),
  detail: z.string().max(500).nullable(),
  isRobot: z.boolean(),
});
export type Touch = z.infer<typeof touchSchema>;

/** One touch that marketing intends: it can be moved, cancelled, fulfilled. Only those still to come reach a device. */
export const plannedTouchSchema = kept({
  id: touchIdSchema,
  kind: z.string().max(40),
  plannedAt: instantSchema,
  campaignId: campaignIdSchema.nullable(),
  campaign: z.string().max(300).nullable(),
  detail: z.string().max(500).nullable(),
});
export type PlannedTouch = z.infer<typeof plannedTouchSchema>;
