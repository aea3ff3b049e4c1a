import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import type { RuleReport } from '#contract/rule-report.ts';
import type { SiteRule } from '#contract/site-rule.ts';
import { explainRule } from '../../utils/sites/rules/explain-rule.ts';

/** A page is told no more than this of one field, in characters. */
const longestValue = 300;

function tryRule(rule: SiteRule): RuleReport {
  const { state, record, read, broken } = explainRule(rule, document, new URL(location.href));
  const fields =
    read &&
    Object.fromEntries(
      Object.entries(read.fields).map(([field, found]) => [
        field,
        { ...found, value: found.value?.slice(0, longestValue) ?? null },
      ]),
    );
  return { state, record, fields, broken };
}

/**
 * Reads the page by a rule that is being written, when the background asks. Injected when an admin tries the rule on an open tab; nothing watches the page,
 * and all that stays is this function, in the extension's own world.
 */
export default defineUnlistedScript(() => {
  (globalThis as Record<symbol, unknown>)[Symbol.for('baton.try-rule')] = tryRule;
});
