import { z } from 'zod';
import { instantSchema, receiptIdSchema } from './ids.ts';
import { growing, kept } from './kept.ts';
import { verdictReasonSchema, verdictValueSchema } from './verdict.ts';

/**
 * What one member's verdicts had part in: `count` of their leads that met the criterion were called `value`, most often for `reason` (null: without one), and its points went that
 * way. `before` and `after`: its points; null: it was not there, or is not any more.
 */
export const receiptLineSchema = kept({
  criterion: z.string().max(60),
  label: z.string().max(120),
  before: z.number().int().nullable(),
  after: z.number().int().nullable(),
  value: growing(verdictValueSchema),
  reason: growing(verdictReasonSchema).nullable(),
  count: z.number().int().min(1),
});
export type ReceiptLine = z.infer<typeof receiptLineSchema>;

/** What a member is told once when a scorecard was published in which their verdicts had part. `why`: the reason it was published with. Most verdicts first, three lines at most. */
export const receiptSchema = kept({
  id: receiptIdSchema,
  version: z.number().int(),
  at: instantSchema,
  why: z.string().max(500).nullable(),
  signedBy: z.array(z.string().max(120)),
  lines: z.array(receiptLineSchema).min(1),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** `GET /v1/agreements/scorecard/receipts`: what publishing the saved draft would send. `members`: to how many; `sample`: what one of them would read, who is not named; null: nobody gets one. */
export const receiptsPreviewSchema = z.object({
  members: z.number().int().min(0),
  sample: z.array(receiptLineSchema).nullable(),
});
export type ReceiptsPreview = z.infer<typeof receiptsPreviewSchema>;
