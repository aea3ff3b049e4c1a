import type { Clue } from '#contract/sighting.ts';
import { normalizeClue } from './clue.ts';

function readKind(text: string): Clue['kind'] {
  if (/linkedin\.com\//i.test(text)) return 'linkedin';
  return text.includes('@') ? 'email' : 'crm';
}

/** The person that a typed text names: by an address, the address of a LinkedIn profile, or a record (`salesforce:contact:003…`). Null when it names none. */
export function readPersonClue(text: string): Clue | null {
  return normalizeClue({ kind: readKind(text), value: text.trim() });
}
