import type { FitCriterion, FitField, ScoreReason } from '#contract/score.ts';

/** Who is scored. Null means not known; a contact without an account has `account` null. `country` of the contact stands in when the account has none. */
export interface Subject {
  account: {
    segment: string | null;
    industry: string | null;
    employees: number | null;
    country: string | null;
    tier: number | null;
    stage: string | null;
  } | null;
  contact: { title: string | null; country?: string | null };
}

function readField(subject: Subject, field: FitField): string | number | null {
  const value = (() => {
    if (field === 'title') return subject.contact.title;
    if (field === 'country') return subject.account?.country ?? subject.contact.country ?? null;
    return subject.account?.[field] ?? null;
  })();
  return typeof value === 'string' && value.trim() === '' ? null : value;
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

/** True when the subject passes the criterion's test. A field that is not known passes `missing` alone. */
export function meetsFit(criterion: FitCriterion, subject: Subject): boolean {
  const value = readField(subject, criterion.field);
  const { test } = criterion;
  if (test.op === 'missing') return value === null;
  if (value === null) return false;
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
