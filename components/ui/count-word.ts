import { word } from '../../utils/platform/words.ts';

/** The words for a count: the key ends in `_one` for 1, in `_other` for all else; the count fills the first place. */
export function countWord(key: string, count: number, ...substitutions: (string | number)[]): string {
  return word(`${key}_${count === 1 ? 'one' : 'other'}`, count, ...substitutions);
}
