import {
  type Audience,
  type AudienceChoices,
  type AudienceCondition,
  type Chosen,
  chosenNames,
} from '#contract/desk.ts';
import { countWord, word } from '../../platform/words.ts';
import { writeCount } from './figures.ts';

/** A condition that is a list: with or without. */
export type ListCondition = Chosen | `without_${Chosen}`;
/** A condition that is a period. */
export type PeriodCondition = 'active' | 'dormant';

/** What can be asked for, in the order in which it is applied, and what can be left out. */
export const listConditions: readonly ListCondition[] = chosenNames;
export const withoutConditions: readonly ListCondition[] = chosenNames.map((name) => `without_${name}` as const);
export const periodConditions: readonly PeriodCondition[] = ['active', 'dormant'];

/** The list that a condition is chosen from: that of `without_segments` is `segments`. */
export const chosenOf = (condition: ListCondition): Chosen => condition.replace('without_', '') as Chosen;

const isPeriod = (condition: AudienceCondition): condition is PeriodCondition =>
  condition === 'active' || condition === 'dormant';

/** What a list holds. */
export function readList(audience: Audience, condition: ListCondition): readonly (string | number)[] {
  return (condition.startsWith('without_') ? audience.without : audience)[chosenOf(condition)];
}

/** The audience with other values in a list. */
export function withList(audience: Audience, condition: ListCondition, values: readonly (string | number)[]): Audience {
  const change = { [chosenOf(condition)]: values };
  if (!condition.startsWith('without_')) return { ...audience, ...change };
  return { ...audience, without: { ...audience.without, ...change } };
}

/** How many days a period is; null: it is not asked for. */
export function readPeriod(audience: Audience, condition: PeriodCondition): number | null {
  return condition === 'active' ? audience.activeDays : audience.dormantDays;
}

/** The audience with another period. */
export function withPeriod(audience: Audience, condition: PeriodCondition, days: number | null): Audience {
  return { ...audience, ...(condition === 'active' ? { activeDays: days } : { dormantDays: days }) };
}

/** The audience without a condition. */
export function withoutCondition(audience: Audience, condition: AudienceCondition): Audience {
  if (condition === 'all' || condition === 'contactable') return audience;
  return isPeriod(condition) ? withPeriod(audience, condition, null) : withList(audience, condition, []);
}

/** The conditions asked for, in the order in which they are applied; `all` comes first and `contactable` last. */
export function listUsed(audience: Audience): AudienceCondition[] {
  return [
    'all',
    ...listConditions.filter((condition) => readList(audience, condition).length > 0),
    ...periodConditions.filter((condition) => readPeriod(audience, condition) !== null),
    ...withoutConditions.filter((condition) => readList(audience, condition).length > 0),
    'contactable',
  ];
}

/** What a condition is called: without its "without", which the page writes before it. */
export const nameCondition = (condition: AudienceCondition): string =>
  word(`desk_condition_${condition.replace('without_', '')}`);

/** A value that can be chosen, as a person reads it; `amount`: how many accounts (of grades: people) have it. */
export interface Offered {
  value: string;
  text: string;
  amount: string;
}

/** What a list can be chosen from. Accounts are searched for instead. */
export function listOffered(choices: AudienceChoices | null, name: Chosen): Offered[] {
  if (!choices || name === 'accounts') return [];
  if (name === 'campaigns')
    return choices.campaigns.map(({ id, name: text, accounts }) => ({ value: id, text, amount: writeCount(accounts) }));
  if (name === 'grades')
    return choices.grades.map(({ value, contacts }) => ({
      value,
      text: value,
      amount: countWord('desk_audience_people', contacts),
    }));
  if (name === 'owners')
    return choices.owners.map(({ value, name: text, accounts }) => ({
      value,
      text: text ?? value,
      amount: writeCount(accounts),
    }));
  return choices[name].map(({ value, accounts }) => ({ value, text: value, amount: writeCount(accounts) }));
}

/** What a condition asks for, in words. `names`: of accounts that were named. */
export function describeCondition(
  audience: Audience,
  condition: AudienceCondition,
  choices: AudienceChoices | null,
  names: ReadonlyMap<string, string>,
): string {
  if (condition === 'all' || condition === 'contactable') return '';
  if (isPeriod(condition)) return countWord(`desk_audience_${condition}_days`, readPeriod(audience, condition) ?? 0);
  const offered = new Map(listOffered(choices, chosenOf(condition)).map(({ value, text }) => [value, text]));
  return readList(audience, condition)
    .map((value) => offered.get(String(value)) ?? names.get(String(value)) ?? String(value))
    .join(', ');
}

/** The whole audience in words, line by line, for a history. */
export function describeAudience(
  audience: Audience,
  choices: AudienceChoices | null,
  names: ReadonlyMap<string, string>,
): string {
  const used = listUsed(audience).filter((condition) => condition !== 'all' && condition !== 'contactable');
  if (used.length === 0) return word('desk_condition_all');
  return used
    .map((condition) => {
      const without = condition.startsWith('without_') ? `${word('desk_audience_without')} ` : '';
      return `${without}${nameCondition(condition)}: ${describeCondition(audience, condition, choices, names)}`;
    })
    .join(' · ');
}
