import type { Segment, SegmentField, SegmentRule, Segments } from '#contract/common-language.ts';
import { isKnown, passesTest } from './fit.ts';

/** What rules ask of an account. Null means not known. */
export interface SegmentedAccount {
  industry: string | null;
  employees: number | null;
  country: string | null;
  tier: number | null;
  stage: string | null;
  territory: string | null;
  technologies: readonly string[] | null;
}

/** What is known of a field: nothing, one value, or several technologies. */
function readField(account: SegmentedAccount, field: SegmentField): (string | number)[] {
  const values = field === 'technology' ? (account.technologies ?? []) : [account[field]];
  return values.filter(isKnown);
}

/** Whether an account passes a rule, by any of a field's values. A field that is not known passes `missing` alone. */
export function meetsRule({ field, test }: SegmentRule, account: SegmentedAccount): boolean {
  const values = readField(account, field);
  return test.op === 'missing' ? values.length === 0 : values.some((value) => passesTest(test, value));
}

/** A segment's groups of rules, each of which is enough by itself; none without rules. */
export function listRuleGroups({ rules, or = [] }: Pick<Segment, 'rules' | 'or'>): readonly (readonly SegmentRule[])[] {
  return [rules, ...or].filter((group) => group.length > 0);
}

/** The first segment of which an account passes all rules of a group; null: none. One without rules is nobody's. */
export function findSegment(segments: readonly Segment[], account: SegmentedAccount): string | null {
  const found = segments.find((segment) =>
    listRuleGroups(segment).some((rules) => rules.every((rule) => meetsRule(rule, account))),
  );
  return found?.name ?? null;
}

/** An account's segment by an agreement. `given`: what an import said; null: nothing. */
export function settleSegment(
  { segments, rulesFirst }: Segments,
  account: SegmentedAccount,
  given: string | null,
): string | null {
  const found = findSegment(segments, account);
  return rulesFirst ? (found ?? given) : (given ?? found);
}
