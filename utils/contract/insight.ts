import { z } from 'zod';
import { instantSchema } from './ids.ts';
import { growing, kept } from './kept.ts';
import { longest } from './limits.ts';

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

/** What marketing answered to who wrote it: `used`: where it was used; `thanks`: why it helped. `by`: the marketer's name. */
export const insightAnswerSchema = kept({
  kind: growing(z.enum(['used', 'thanks'])),
  text: z.string().max(longest.insightAnswer),
  by: z.string().max(200),
  at: instantSchema,
});
export type InsightAnswer = z.infer<typeof insightAnswerSchema>;

/** What an insight speaks of, in the company's own word; what marketing files it under. */
export const insightThemeSchema = z
  .string()
  .trim()
  .min(1)
  .max(longest.theme)
  .regex(/^[^,]*$/, 'holds a comma, which parts themes from each other');

/** Where marketing puts it in its field intelligence. */
export const swotSchema = z.enum(['strength', 'weakness', 'opportunity', 'threat']);
export type Swot = z.infer<typeof swotSchema>;
