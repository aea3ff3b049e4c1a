import type { FitCriterion, FitField, ScoreReason } from '#contract/score.ts';
import { readSeniority } from './seniority.ts';

/** Who is scored. Null (of technologies also none at all) means not known; a contact without an account has `account` null. `country` of the contact stands in when the account has none. */
export interface Subject {
  account: {
    segment: string | null;
    industry: string | null;
    employees: number | null;
    country: string | null;
    tier: number | null;
    stage: string | null;
    technologies?: readonly string[] | null | undefined;
  } | null;
  contact: { title: string | null; country?: string | null };
}

type FieldValue = string | number | null;

/** How each field is read that is not simply one of the account's. */
const readers: Partial<Record<FitField, (subject: Subject) => readonly FieldValue[]>> = {
  title: ({ contact }) => [contact.title],
  seniority: ({ contact }) => [readSeniority(contact.title)],
  country: ({ account, contact }) => [account?.country ?? contact.country ?? null],
  technology: ({ account }) => account?.technologies ?? [],
};

/** What is known of a field: nothing, one value, or several technologies. */
function readField(subject: Subject, field: FitField): (string | number)[] {
  const read = readers[field];
  const values = read ? read(subject) : [subject.account?.[field as keyof typeof subject.account] as FieldValue];
  return values.filter(isKnown);
}

/** True of a value that says something. */
export function isKnown(value: FieldValue | undefined): value is string | number {
  return value !== null && value !== undefined && String(value).trim() !== '';
}

/** A scorecard's words and a company's titles come again and again: so many spellings are remembered. */
const mostSpelled = 2000;
const spelledBefore = new Map<string, string>();

/** Lower case words with one space between and around, so that a phrase is found only at word borders. */
function spellWords(text: string): string {
  const known = spelledBefore.get(text);
  if (known !== undefined) return known;
  const spelled = spellAnew(text);
  if (spelledBefore.size >= mostSpelled) spelledBefore.clear();
  spelledBefore.set(text, spelled);
  return spelled;
}

function spellAnew(text: string): string {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return ` ${words.join(' ')} `;
}

/** True when the subject passes the criterion's test, by any of a field's values. A field that is not known passes `missing` alone. */
export function meetsFit(criterion: FitCriterion, subject: Subject): boolean {
  const values = readField(subject, criterion.field);
  return criterion.test.op === 'missing'
    ? values.length === 0
    : values.some((value) => passesTest(criterion.test, value));
}

/** Whether a known value passes a test; `missing` none does. */
export function passesTest(test: FitCriterion['test'], value: string | number): boolean {
  if (test.op === 'missing') return false;
  if (test.op === 'between') {
    const number = Number(value);
    return !Number.isNaN(number) && number >= (test.min ?? -Infinity) && number <= (test.max ?? Infinity);
  }
  const spelled = spellWords(String(value));
  if (test.op === 'is') return test.values.some((wanted) => spellWords(wanted) === spelled);
  return test.values.some((wanted) => spellWords(wanted).trim() !== '' && spelled.includes(spellWords(wanted)));
}

/** One reason for each fit criterion that the subject meets, in the scorecard's order. */
export function listFitReasons(criteria: readonly FitCriterion[], subject: Subject): ScoreReason[] {
  return criteria
    .filter((criterion) => meetsFit(criterion, subject))
    .map((criterion) => ({
      axis: 'fit',
      criterion: criterion.id,
      label: criterion.label,
      points: criterion.points,
      at: null,
      touchId: null,
      count: 1,
      halfLifeDays: null,
    }));
}
