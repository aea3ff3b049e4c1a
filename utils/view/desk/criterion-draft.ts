import type { CardBody } from '#contract/agreement.ts';
import {
  type Criterion,
  criterionSchema,
  type EngagementCriterion,
  type FitCriterion,
  type FitField,
} from '#contract/score.ts';
import type { TouchKind } from '#contract/touch.ts';
import { word } from '../../platform/words.ts';
import { linesOf } from './lines-of.ts';

/** The ways in which a criterion of fit can ask. */
export const fitWays = ['is', 'contains', 'between', 'missing'] as const;
export type FitWay = (typeof fitWays)[number];

/** What both kinds of criteria have, as it is typed. `id` null: a new one. */
interface DraftHead {
  id: string | null;
  label: string;
  points: string;
}

/** A criterion of fit as it is typed. `values`: one a line. */
export interface FitDraft extends DraftHead {
  axis: 'fit';
  field: FitField;
  way: FitWay;
  values: string;
  min: string;
  max: string;
}

/** A criterion of engagement as it is typed. `detail`: words that a touch or its campaign must hold; empty: any. */
export interface EngagementDraft extends DraftHead {
  axis: 'engagement';
  kinds: readonly TouchKind[];
  detail: string;
  halfLifeDays: string;
  cap: string;
}

export type CriterionDraft = FitDraft | EngagementDraft;

/** What of the form a sentence is about. */
export type CriterionPlace = 'label' | 'points' | 'values' | 'min' | 'kinds' | 'detail' | 'halfLifeDays' | 'cap';
export type CriterionFaults = Partial<Record<CriterionPlace, string>>;

/** The form for a criterion that is not there yet. */
export function newCriterion(axis: Criterion['axis']): CriterionDraft {
  const head = { id: null, label: '', points: '10' };
  return axis === 'fit'
    ? { ...head, axis, field: 'industry', way: 'is', values: '', min: '', max: '' }
    : { ...head, axis, kinds: [], detail: '', halfLifeDays: '30', cap: '30' };
}

/** The form for a criterion as it stands. */
export function draftCriterion(criterion: Criterion): CriterionDraft {
  const head = { id: criterion.id, label: criterion.label, points: String(criterion.points) };
  if (criterion.axis === 'engagement') {
    const { axis, kinds, detail, halfLifeDays, cap } = criterion;
    return { ...head, axis, kinds, detail: detail ?? '', halfLifeDays: String(halfLifeDays), cap: String(cap) };
  }
  const { axis, field, test } = criterion;
  const values = test.op === 'is' || test.op === 'contains' ? test.values.join('\n') : '';
  const [min, max] = test.op === 'between' ? [test.min, test.max] : [null, null];
  return { ...head, axis, field, way: test.op, values, min: min?.toString() ?? '', max: max?.toString() ?? '' };
}

/** A number as people type it; null where nothing is typed, NaN where it is none, or so large that none is meant. */
function readNumber(typed: string): number | null {
  const text = typed.trim().replace(/−/g, '-').replace(/[\s']/g, '');
  if (text === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : Number.NaN;
}

/** What a criterion asks, without what it is called and worth: two that ask the same count twice. */
function questionOf(criterion: Criterion): string {
  if (criterion.axis === 'fit') return JSON.stringify([criterion.field, criterion.test]);
  return JSON.stringify([[...criterion.kinds].sort(), criterion.detail?.toLowerCase() ?? null]);
}

/** An id that says what the criterion is, and that no other of the card has. */
function nameId(label: string, taken: ReadonlySet<string>): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 50);
  const base = plain || 'criterion';
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(id)) return id;
  }
}

/** Reads what a test asks as it is typed; where something is wrong, a sentence for each field that it is about. */
export function readFitTest(
  draft: Pick<FitDraft, 'way' | 'values' | 'min' | 'max'>,
  faults: CriterionFaults,
): FitCriterion['test'] {
  if (draft.way === 'missing') return { op: 'missing' };
  if (draft.way !== 'between') {
    const values = [...new Set(linesOf(draft.values))];
    if (values.length === 0) faults.values = word('desk_criterion_no_values');
    else if (values.length > 100 || values.some((value) => value.length > 200))
      faults.values = word('desk_criterion_values_many');
    return { op: draft.way, values };
  }
  const [min, max] = [readNumber(draft.min), readNumber(draft.max)];
  if (Number.isNaN(min) || Number.isNaN(max)) faults.min = word('desk_criterion_border_number');
  else if (min === null && max === null) faults.min = word('desk_criterion_border_none');
  else if (min !== null && max !== null && min > max) faults.min = word('desk_criterion_border_order', min, max);
  return { op: 'between', min, max };
}

function readWorth(draft: EngagementDraft, faults: CriterionFaults): Pick<EngagementCriterion, 'halfLifeDays' | 'cap'> {
  const [halfLifeDays, cap] = [readNumber(draft.halfLifeDays) ?? Number.NaN, readNumber(draft.cap) ?? Number.NaN];
  if (!(halfLifeDays > 0 && halfLifeDays <= 3650)) faults.halfLifeDays = word('desk_criterion_half_life_bad');
  if (!(Number.isInteger(cap) && cap >= 1 && cap <= 1000)) faults.cap = word('desk_criterion_cap_bad');
  return { halfLifeDays, cap };
}

/** Reads what is typed into a criterion of this card; where something is wrong, a sentence for each field that it is about, and no criterion. */
export function readCriterion(
  draft: CriterionDraft,
  card: CardBody,
): { criterion: Criterion; faults: null } | { criterion: null; faults: CriterionFaults } {
  const faults: CriterionFaults = {};
  const label = draft.label.trim();
  const points = readNumber(draft.points) ?? Number.NaN;
  if (label === '' || label.length > 120) faults.label = word('desk_criterion_label_bad');
  if (!Number.isInteger(points) || Math.abs(points) > 100) faults.points = word('desk_criterion_points_bad');
  const id = draft.id ?? nameId(label, new Set(card.criteria.map((each) => each.id)));
  const head = { id, label, points };
  const others = card.criteria.filter((each) => each.id !== id && each.axis === draft.axis);
  let typed: Criterion;
  let place: CriterionPlace;
  if (draft.axis === 'fit') {
    typed = { ...head, axis: 'fit', field: draft.field, test: readFitTest(draft, faults) };
    place = draft.way === 'between' ? 'min' : 'values';
  } else {
    const detail = draft.detail.trim() || null;
    if (draft.kinds.length === 0) faults.kinds = word('desk_criterion_no_kinds');
    typed = { ...head, axis: 'engagement', kinds: [...draft.kinds], detail, ...readWorth(draft, faults) };
    place = 'kinds';
  }
  const same = others.find((each) => questionOf(each) === questionOf(typed));
  if (same) faults[place] ??= word('desk_criterion_twice', same.label);
  if (Object.keys(faults).length > 0) return { criterion: null, faults };
  return { criterion: criterionSchema.parse(typed), faults: null };
}

/** The card with a criterion in the place of the one with its id; a new one stands last of its axis. */
export function withCriterion(card: CardBody, criterion: Criterion): CardBody {
  const at = card.criteria.findIndex((each) => each.id === criterion.id);
  if (at !== -1) return { ...card, criteria: card.criteria.with(at, criterion) };
  const last = card.criteria.findLastIndex((each) => each.axis === criterion.axis);
  const place = last === -1 ? card.criteria.length : last + 1;
  return { ...card, criteria: card.criteria.toSpliced(place, 0, criterion) };
}
