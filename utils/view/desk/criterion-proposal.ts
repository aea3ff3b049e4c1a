import type { FitField } from '#contract/score.ts';
import type { TouchKind } from '#contract/touch.ts';
import { type VerdictReason, weakReasons } from '#contract/verdict.ts';
import { word } from '../../platform/words.ts';
import { type CriterionDraft, type FitWay, newCriterion } from './criterion-draft.ts';

const ask = (field: FitField, way: FitWay, values: readonly string[] = []) => ({
  axis: 'fit' as const,
  change: { field, way, values: values.join('\n') },
});
const did = (kinds: readonly TouchKind[], detail = '') => ({ axis: 'engagement' as const, change: { kinds, detail } });

/** What a criterion that foretells each reason would ask; the values stand where they are the same for every company. */
const questions: Record<VerdictReason, ReturnType<typeof ask> | ReturnType<typeof did>> = {
  not_ideal_customer: ask('industry', 'is'),
  wrong_person: ask('seniority', 'is', ['staff', 'junior']),
  no_need: ask('segment', 'is'),
  bad_timing: ask('stage', 'is'),
  bad_data: ask('title', 'missing'),
  already_customer: ask('stage', 'is'),
  not_a_buyer: ask('title', 'contains', ['student', 'intern', 'consultant']),
  right_person: ask('seniority', 'is', ['owner', 'c_level', 'vp', 'director', 'head']),
  real_need: did(['visited_page'], 'pricing'),
  good_timing: did(['requested_contact']),
  has_budget: ask('employees', 'between'),
  asked_for_more: did(['submitted_form', 'downloaded']),
};
const steps = { weak: '-8', strong: '8' };

/** The form for a criterion that would foretell a reason, for a person to finish: named by the reason, worth a small step its way. */
export function proposeCriterion(reason: VerdictReason): CriterionDraft {
  const { axis, change } = questions[reason];
  const isWeak = weakReasons.some((each) => each === reason);
  const points = isWeak ? steps.weak : steps.strong;
  return { ...newCriterion(axis), ...change, label: word(`panel_reason_${reason}`), points } as CriterionDraft;
}
