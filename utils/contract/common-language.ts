import { z } from 'zod';
import { kept } from './kept.ts';
import { fitTestSchema } from './score.ts';

/** The character that no text of PostgreSQL holds. */
const hasNoZero = (text: string): boolean => !text.includes('\0');
const zeroMessage = 'A character is in it that no text has';

/** A word as it stands in the accounts' data, and on a chip of the panel. Case aside each is there once in its list. */
const wordSchema = z.string().trim().min(1).max(120).refine(hasNoZero, zeroMessage);
/** What a word means, as plain text. Empty: nothing was agreed on yet. */
const definitionSchema = z.string().trim().max(2000).refine(hasNoZero, zeroMessage);

/** How a list tells its words apart: case and width of letters aside. */
export function foldWord(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/** Refuses a list that has a word twice, and says which one. */
function wordsOnce(list: readonly { name: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { name }] of list.entries()) {
    const folded = foldWord(name);
    if (seen.has(folded))
      context.addIssue({ code: 'custom', path: [index, 'name'], message: `“${name}” is there twice` });
    seen.add(folded);
  }
}

/** A word and what it means. */
export const termSchema = z.object({ name: wordSchema, definition: definitionSchema });
export type Term = z.infer<typeof termSchema>;

/** Who looks after the accounts of a stage. */
export const responsibleSchema = z.enum(['marketing', 'sales', 'both']);
export type Responsible = z.infer<typeof responsibleSchema>;

/** A stage of the funnel. `targetDays`: so long an account should stay in it at most; null: none was agreed on. */
export const stageSchema = termSchema.extend({
  side: responsibleSchema,
  targetDays: z.number().int().min(1).max(3650).nullable(),
});
export type Stage = z.infer<typeof stageSchema>;

/** The agreement `stages`: the funnel, in its order. */
export const stagesSchema = z.object({ stages: z.array(stageSchema).max(60).superRefine(wordsOnce) });
export type Stages = z.infer<typeof stagesSchema>;

/** The agreement `tiers`: a tier is named by its number. */
export const tiersSchema = z.object({
  tiers: z
    .array(termSchema.extend({ name: z.string().regex(/^[1-9]$/) }))
    .max(9)
    .superRefine(wordsOnce),
});
export type Tiers = z.infer<typeof tiersSchema>;

/** What a segment's rules may ask of an account. `technology` may have several values. */
export const segmentFields = ['industry', 'employees', 'country', 'technology', 'tier', 'stage', 'territory'] as const;
export const segmentFieldSchema = z.enum(segmentFields);
export type SegmentField = z.infer<typeof segmentFieldSchema>;

/** One thing that an account of the segment has: a field that passes a test, read as criteria of fit read it. */
export const segmentRuleSchema = kept({
  field: segmentFieldSchema,
  test: fitTestSchema.refine((test) => !('values' in test) || test.values.every(hasNoZero), zeroMessage),
});
export type SegmentRule = z.infer<typeof segmentRuleSchema>;

const rulesSchema = z.array(segmentRuleSchema).max(20);

/**
 * A segment. An account is of it when it passes all `rules`, or all of one group of `or`; without any rule, only by what an import says. Where a segment that has
 * such groups is saved without `or`, it keeps them: an older Desk does not know of them; an empty list takes them away.
 */
export const segmentSchema = termSchema.extend({
  rules: rulesSchema,
  or: z.array(rulesSchema.min(1)).max(9).optional(),
});
export type Segment = z.infer<typeof segmentSchema>;

/**
 * The agreement `segments`: of those whose rules an account passes it is of the first. `rulesFirst`: the rules go before what an import said of an account; else they
 * are for accounts of which no import said anything. Where no rule holds, the import's word stands either way.
 */
export const segmentsSchema = z.object({
  segments: z.array(segmentSchema).max(60).superRefine(wordsOnce),
  rulesFirst: z.boolean(),
});
export type Segments = z.infer<typeof segmentsSchema>;

/** The agreement `qualified`: what a qualified lead is, in words. Which grades are qualified stands in the scorecard. */
export const qualifiedSchema = z.object({ qualified: definitionSchema });
export type Qualified = z.infer<typeof qualifiedSchema>;

/** The agreement `ideal-customer`: whom both sides want, in words, and by what one knows them. */
export const idealCustomerSchema = z.object({
  idealCustomer: definitionSchema,
  traits: z.array(termSchema).max(40).superRefine(wordsOnce),
});
export type IdealCustomer = z.infer<typeof idealCustomerSchema>;

/**
 * `POST /v1/agreements/segments/moves`: what an agreement on segments, as it stands in the editor, would make of all accounts. `moves`: from which segment to which (null: none),
 * most accounts first, 200 at most; `moved`: all of them. `segments`: of each that is agreed on how many accounts pass its rules and those of none before it, and how many
 * would be of it. `unmatched`: accounts that pass the rules of none.
 */
export const segmentMovesSchema = z.object({
  accounts: z.number().int(),
  moved: z.number().int(),
  unmatched: z.number().int(),
  moves: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), accounts: z.number().int() })),
  segments: z.array(z.object({ name: z.string(), matched: z.number().int(), accounts: z.number().int() })),
});
export type SegmentMoves = z.infer<typeof segmentMovesSchema>;
