import { wilsonInterval } from '../utils/scoring/wilson.ts';
import type { Levelled } from './make-levels.ts';

/** A column that seems to be known only after the outcome, and by what. */
export interface Leak {
  column: string;
  why: string;
}

/** How many weak and strong rows a level holds. */
interface Group {
  weak: number;
  strong: number;
  isMissing: boolean;
  isRange: boolean;
}

/**
 * Words of columns that are commonly filled in when a lead is closed, or after it was worked on. By such a name alone no column is left out; it lowers what its values must show.
 * What was so before (a previous outcome) is known in time.
 */
const afterwards =
  /^(outcome|result|disposition|won|lost|win|loss|closed|close|closing|closure|conversion|converted|signed|invoice|invoiced|refund|refunded|churn|churned|cancelled|canceled|cancellation|duration|tag|tags|quality|verdict|final|recovery|recoveries|settlement|repaid|defaulted|chargeoff|onboarded|boat|lifeboat)$/;
const beforehand = /^(previous|prior|past|prev|former|expected|planned|target)$/;

/** Splits a column's name into words: at signs, and where capitals begin. */
function splitName(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
}

/** How clearly a column must tell the outcome by itself before it is held to be known only after it. */
interface Limits {
  auc: number;
  /** How many times the odds of all a part must have, and how much of one outcome it must explain. */
  lift: number;
  share: number;
}

/** No honest column is so clear: one that moves the odds twentyfold in a standard deviation reaches an AUC of 0.92. */
const strict: Limits = { auc: 0.96, lift: 40, share: 0.3 };
/** Of words also a smaller part, when it is purer still. */
const purest: Limits = { auc: 1, lift: 150, share: 0.12 };
const byName: Limits = { auc: 0.74, lift: 10, share: 0.12 };
/** Whether a cell is filled at all seldom tells much, unless it is filled because of the outcome. */
const byGaps: Limits = { auc: 0.9, lift: 15, share: 0.25 };
const copy = { odds: 60, share: 0.7 };
const gradualShare = 0.25;

/** Why a column seems to be known only after the outcome; null when it does not. `labels`: 1, 0; `rows`: which rows are looked at. */
export function findLeak(column: Levelled, labels: Int8Array, rows: readonly number[]): Leak | null {
  const groups = countGroups(column, labels, rows);
  const sharply = isGradual(groups)
    ? null
    : (explainParts(groups, strict) ?? explainParts(groups, purest) ?? explainCopy(groups));
  const why = explainAuc(groups, strict) ?? sharply ?? explainGaps(groups) ?? explainName(column.name, groups);
  return why === null ? null : { column: column.name, why };
}

function countGroups(
  { names, levels, missing, ranges }: Levelled,
  labels: Int8Array,
  rows: readonly number[],
): Group[] {
  const groups = names.map((_, level) => ({
    weak: 0,
    strong: 0,
    isMissing: level === missing,
    isRange: level < ranges,
  }));
  for (const row of rows) {
    const group = groups[levels[row] ?? -1];
    if (group === undefined) continue;
    if (labels[row] === 1) group.strong += 1;
    else group.weak += 1;
  }
  return groups.filter((group) => group.strong + group.weak > 0);
}

/** Groups from the strongest down; a few rows more of each kind keep small groups from the ends. */
function sortGroups(groups: readonly Group[]): Group[] {
  const { weak, strong } = add(groups);
  const rate = strong / (strong + weak);
  const rateOf = (group: Group) => (group.strong + 4 * rate) / (group.strong + group.weak + 4);
  return [...groups].sort((a, b) => rateOf(b) - rateOf(a));
}

function add(groups: readonly Group[]): Group {
  const sum = { weak: 0, strong: 0, isMissing: false, isRange: false };
  for (const group of groups) {
    sum.weak += group.weak;
    sum.strong += group.strong;
  }
  return sum;
}

/** The AUC of a column by itself, its groups sorted by their rate. */
function aucOfGroups(groups: readonly Group[]): number {
  const all = add(groups);
  let below = all.weak;
  let sum = 0;
  for (const group of sortGroups(groups)) {
    below -= group.weak;
    sum += group.strong * (below + group.weak / 2);
  }
  return sum / (all.strong * all.weak);
}

/** Whether a number passes from weak to strong by degrees, as what is known beforehand does however much it tells: many rows lie where either may come. */
function isGradual(groups: readonly Group[]): boolean {
  const ranges = groups.filter((group) => group.isRange);
  const countOf = (some: readonly Group[]) => some.reduce((sum, { weak, strong }) => sum + weak + strong, 0);
  const between = ranges.filter(({ weak, strong }) => Math.min(weak, strong) >= 0.1 * (weak + strong));
  return countOf(between) >= gradualShare * countOf(ranges) && ranges.length > 2;
}

function explain(groups: readonly Group[], limits: Limits): string | null {
  return explainAuc(groups, limits) ?? explainParts(groups, limits);
}

function explainAuc(groups: readonly Group[], limits: Limits): string | null {
  const auc = aucOfGroups(groups);
  return auc >= limits.auc ? `by itself it tells strong from weak with an AUC of ${auc.toFixed(2)}` : null;
}

function explainParts(groups: readonly Group[], limits: Limits): string | null {
  const sorted = sortGroups(groups);
  const all = add(groups);
  for (let end = 1; end < sorted.length; end++) {
    const top = add(sorted.slice(0, end));
    const rest = { ...all, weak: all.weak - top.weak, strong: all.strong - top.strong };
    if (isPure(top.strong, top.weak, all.strong, all.weak, limits)) return describePart(top, all.strong, 'strong');
    if (isPure(rest.weak, rest.strong, all.weak, all.strong, limits)) return describePart(rest, all.weak, 'weak');
  }
  return null;
}

/** Whether a part holds one outcome so purely, and so much of it, that its odds lie `lift` times above those of all, and by much even at the low end of their interval. */
function isPure(hits: number, misses: number, allHits: number, allMisses: number, limits: Limits): boolean {
  if (hits < limits.share * allHits || hits + misses < 20) return false;
  const oddsOfAll = allHits / allMisses;
  const { low } = wilsonInterval(hits, hits + misses);
  return (hits + 0.5) / (misses + 0.5) >= limits.lift * oddsOfAll && low / (1 - low) >= (limits.lift / 3) * oddsOfAll;
}

function describePart(part: Group, all: number, outcome: 'strong' | 'weak'): string {
  const count = part.strong + part.weak;
  return `some of its values stand for ${outcome} on ${part[outcome]} of ${count} rows, ${Math.round((100 * part[outcome]) / all)} % of all that are ${outcome}`;
}

/** A copy of the outcome with some errors: it splits most strong from most weak rows. */
function explainCopy(groups: readonly Group[]): string | null {
  const sorted = sortGroups(groups);
  const all = add(groups);
  for (let end = 1; end < sorted.length; end++) {
    const top = add(sorted.slice(0, end));
    const [strong, weak] = [top.strong / all.strong, 1 - top.weak / all.weak];
    const odds = (strong / (1 - strong)) * (weak / (1 - weak));
    if (Math.min(strong, weak) >= copy.share && odds >= copy.odds) {
      return `one cut through its values has ${Math.round(100 * strong)} % of the strong and ${Math.round(100 * (1 - weak))} % of the weak rows on one side`;
    }
  }
  return null;
}

function explainGaps(groups: readonly Group[]): string | null {
  if (!groups.some((group) => group.isMissing)) return null;
  const [gaps, rest] = [
    add(groups.filter((group) => group.isMissing)),
    add(groups.filter((group) => !group.isMissing)),
  ];
  const why = explain([{ ...gaps, isMissing: true }, rest], byGaps);
  return why === null ? null : 'whether it is filled in depends on the outcome';
}

function explainName(name: string, groups: readonly Group[]): string | null {
  const words = splitName(name);
  const word = words.find((each) => afterwards.test(each));
  if (word === undefined || words.some((each) => beforehand.test(each))) return null;
  const why = explain(groups, byName);
  return why === null ? null : `"${word}" is commonly known afterwards, and ${why}`;
}
