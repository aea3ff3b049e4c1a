/** What stands where a person was named. */
export const erasedWord = '[erased]';

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Names of one letter or two would be found everywhere. */
const shortestName = 3;

/**
 * The words by which a person can be named in what others wrote: their identifiers, their whole name, and, where `isAbout` (a text about them alone), its parts.
 * Longest first.
 */
export function namesOf(
  person: { name: string | null; identifiers: readonly { value: string }[] },
  isAbout: boolean,
): string[] {
  const name = person.name?.trim() ?? '';
  const parts = isAbout ? name.split(/\s+/) : [];
  const words = [name, ...parts, ...person.identifiers.map(({ value }) => value)];
  return [...new Set(words.filter((each) => [...each].length >= shortestName))].sort((a, b) => b.length - a.length);
}

/** The text with each of the words taken out, whatever their case; the same text when none stands there. Parts of longer words stay. Pure. */
export function redact(text: string, words: readonly string[]): string {
  if (words.length === 0) return text;
  const anyOf = words.map(quote).join('|');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])(?:${anyOf})(?![\\p{L}\\p{N}])`, 'giu'), erasedWord);
}
