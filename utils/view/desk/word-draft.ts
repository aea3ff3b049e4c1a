import type { LanguageKind, WordItem } from '#contract/agreement.ts';
import {
  foldWord,
  type Responsible,
  type Segment,
  type SegmentField,
  type SegmentRule,
} from '#contract/common-language.ts';
import { word } from '../../platform/words.ts';
import { listRuleGroups } from '../../scoring/segment.ts';
import { type CriterionFaults, type FitWay, readFitTest } from './criterion-draft.ts';

export const mostDefined = 2000;
/** So many groups of rules a segment has at most. */
export const mostGroups = 10;

/** A rule as it is typed. `values`: one a line. */
export interface RuleDraft {
  field: SegmentField;
  way: FitWay;
  values: string;
  min: string;
  max: string;
}

/** A word of a list as it is typed. `was`: what it is called so far; null: it is new. */
export interface WordDraft {
  was: string | null;
  name: string;
  definition: string;
  side: Responsible;
  targetDays: string;
  /** An account passes all rules of one group. There is always a first, which may be empty. */
  groups: readonly (readonly RuleDraft[])[];
  /** It had more than one group: that it has no more must be said. */
  hadGroups: boolean;
}

/** What is wrong, by field; of rules group by group, in their order. */
export interface WordFaults {
  name?: string;
  definition?: string;
  targetDays?: string;
  groups?: readonly (readonly CriterionFaults[])[];
}

/** The form for a rule that is not there yet. */
export const newRule: RuleDraft = { field: 'industry', way: 'is', values: '', min: '', max: '' };

/** The form for a word that is not there yet. */
export function newWord(name = ''): WordDraft {
  return { was: null, name, definition: '', side: 'both', targetDays: '', groups: [[]], hadGroups: false };
}

function draftRule({ field, test }: SegmentRule): RuleDraft {
  const values = test.op === 'is' || test.op === 'contains' ? test.values.join('\n') : '';
  const [min, max] = test.op === 'between' ? [test.min, test.max] : [null, null];
  return { field, way: test.op, values, min: min?.toString() ?? '', max: max?.toString() ?? '' };
}

/** The form for a word as it stands. */
export function draftWord(item: WordItem): WordDraft {
  const own = { ...newWord(), was: item.name, name: item.name, definition: item.definition };
  if ('side' in item) return { ...own, side: item.side, targetDays: item.targetDays?.toString() ?? '' };
  if (!('rules' in item)) return own;
  const groups = listRuleGroups(item).map((rules) => rules.map(draftRule));
  return { ...own, groups: groups.length > 0 ? groups : [[]], hadGroups: (item.or ?? []).length > 0 };
}

function readDays(typed: string, faults: WordFaults): number | null {
  if (typed.trim() === '') return null;
  const days = Number(typed.trim());
  if (!Number.isInteger(days) || days < 1 || days > 3650) faults.targetDays = word('desk_words_target_bad');
  return days;
}

function readGroups({ groups, hadGroups }: WordDraft, faults: WordFaults): Pick<Segment, 'rules' | 'or'> {
  const all = groups.map((rules) => rules.map((): CriterionFaults => ({})));
  const read = groups.map((rules, group) =>
    rules.map((rule, at): SegmentRule => ({ field: rule.field, test: readFitTest(rule, all[group]?.[at] ?? {}) })),
  );
  if (all.flat().some((each) => Object.keys(each).length > 0)) faults.groups = all;
  const [rules = [], ...or] = read.filter((group) => group.length > 0);
  return { rules, ...(or.length > 0 || hadGroups ? { or } : {}) };
}

/** Reads what is typed into a word of the list; where something is wrong, a sentence for each field that it is about, and no word. */
export function readWord(
  kind: LanguageKind,
  draft: WordDraft,
  items: readonly WordItem[],
): { item: WordItem; faults: null } | { item: null; faults: WordFaults } {
  const faults: WordFaults = {};
  const name = draft.name.trim();
  const definition = draft.definition.trim();
  const others = items.filter((each) => draft.was === null || foldWord(each.name) !== foldWord(draft.was));
  if (name === '' || name.length > 120) faults.name = word('desk_words_name_bad');
  else if (kind === 'tiers' && !/^[1-9]$/.test(name)) faults.name = word('desk_words_tier_bad');
  else if (others.some((each) => foldWord(each.name) === foldWord(name))) faults.name = word('desk_words_twice', name);
  if (definition === '') faults.definition = word('desk_words_definition_none');
  else if (definition.length > mostDefined) faults.definition = word('desk_words_definition_long', mostDefined);
  const term = { name, definition };
  let item: WordItem = term;
  if (kind === 'stages') item = { ...term, side: draft.side, targetDays: readDays(draft.targetDays, faults) };
  if (kind === 'segments') item = { ...term, ...readGroups(draft, faults) };
  return Object.keys(faults).length > 0 ? { item: null, faults } : { item, faults: null };
}
