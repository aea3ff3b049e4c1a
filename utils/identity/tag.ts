import type { Clue } from '#contract/sighting.ts';

/** What a key can stand for: a kind of clue, or `untagged`, an address of which only the form without its `+tag` is told. */
export type KeyKind = Clue['kind'] | 'untagged';

/** A normalised address without its `+tag`: `dana+webinar@…` → `dana@…`. Null when it has none; a quoted local part has none either. */
export function untagEmail(email: string): string | null {
  const plus = email.indexOf('+');
  return plus < 1 || email.startsWith('"') || plus > email.lastIndexOf('@')
    ? null
    : email.slice(0, plus) + email.slice(email.lastIndexOf('@'));
}

/**
 * Under which terms the store enters a normalised identifier into a bundle: itself, and an address with a tag also as `untagged`,
 * which is another key than the address without it, so that neither is ever taken for the other.
 */
export function listIndexTerms({ kind, value }: Clue): { kind: KeyKind; value: string }[] {
  const untagged = kind === 'email' ? untagEmail(value) : null;
  return untagged === null
    ? [{ kind, value }]
    : [
        { kind, value },
        { kind: 'untagged', value: untagged },
      ];
}

/**
 * The weaker questions after a normalised address itself has missed: the address without its tag, then those that differ in their tag alone.
 * With `listIndexTerms` they hit exactly when two addresses differ by a tag and by nothing else.
 */
export function listTagProbes(email: string): { kind: KeyKind; value: string }[] {
  const untagged = untagEmail(email);
  const others = { kind: 'untagged', value: untagged ?? email } as const;
  return untagged === null ? [others] : [{ kind: 'email', value: untagged }, others];
}
