/** Words as part of a LIKE pattern that finds them as they are written: `%`, `_` and `\` stand for themselves. */
export function likeWords(words: string): string {
  return words.replace(/[\\%_]/g, '\\$&');
}
