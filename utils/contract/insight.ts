import { z } from 'zod';

/** What an insight is about. */
export const insightKindSchema = z.enum(['customer', 'competitor', 'product', 'market', 'buying_journey']);
export type InsightKind = z.infer<typeof insightKindSchema>;

/** How it was learnt. */
export const insightMethodSchema = z.enum([
  'interview',
  'observation',
  'complaint',
  'survey',
  'focus_group',
  'market_research',
]);
export type InsightMethod = z.infer<typeof insightMethodSchema>;
