import type { Bundle, OwnOutcome } from '#contract/bundle.ts';
import type { BundleRow, OutcomeRow } from './database.ts';

/** The words of a name by which it is searched: small letters, accents off, without repeats. Pure. */
export function searchWords(...names: (string | null)[]): string[] {
  const words = names.flatMap((name) =>
    (name ?? '')
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLocaleLowerCase('en')
      .split(/[^\p{L}\p{N}]+/u),
  );
  return [...new Set(words.filter((each) => each !== ''))];
}

/** A bundle as it is kept, with what it is found by. Pure. */
export function toBundleRow(bundle: Bundle): BundleRow {
  const people = bundle.contacts;
  return {
    ...bundle,
    keys: [...new Set([...(bundle.account?.keys ?? []), ...people.flatMap((each) => each.keys)])],
    contactIds: people.map((each) => each.id),
    words: searchWords(bundle.account?.name ?? null, ...people.map((each) => each.name)),
  };
}

/** The key of an own outcome: a talking point at an account, or at nobody's. */
export function outcomeKey(outcome: Pick<OwnOutcome, 'talkingPointId' | 'accountId'>): string {
  return `${outcome.talkingPointId}@${outcome.accountId ?? ''}`;
}

/** An own outcome as it is kept. Pure. */
export function toOutcomeRow(outcome: OwnOutcome): OutcomeRow {
  return { ...outcome, id: outcomeKey(outcome) };
}
