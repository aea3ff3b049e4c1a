import { z } from 'zod';

/** A place of a rule that gave nothing: `several` different values stand there · `broken` the browser knows no such selector. */
const placeProblemSchema = z.object({ place: z.string(), problem: z.enum(['several', 'broken']) });

/** What one field of a rule gave on a page, and by which of its places; null: nothing. */
export const fieldReportSchema = z.object({
  value: z.string().nullable(),
  place: z.string().nullable(),
  problems: z.array(placeProblemSchema),
});
export type FieldReport = z.infer<typeof fieldReportSchema>;

/**
 * What a rule makes of an open page, told to who writes the rule. `state`: `none` the address is no record's · `list` a mark of a list is in view ·
 * `unrendered` the record is not drawn yet · `record` it is. `record`: which of the rule's kinds, by which template, with what number. `fields` null: nothing
 * was read. `broken`: parts of the rule with a selector that the browser does not know. Holds text of the page: it is shown and forgotten.
 */
export const ruleReportSchema = z.object({
  state: z.enum(['none', 'list', 'unrendered', 'record']),
  record: z.object({ object: z.string(), isCompany: z.boolean(), template: z.string(), id: z.string() }).nullable(),
  fields: z.record(z.string(), fieldReportSchema).nullable(),
  broken: z.array(z.string()),
});
export type RuleReport = z.infer<typeof ruleReportSchema>;
