import type { UnsentItem } from '#contract/card.ts';
import type { VerdictReason } from '#contract/verdict.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { reasonWord } from '../panel/wording.ts';
import { cleanText } from '../ui/inert-text.ts';

/** What was done, in words: the detail itself where it says enough (`Weak`, `Landed`), else the kind of thing. */
export function deedWord({ kind, detail }: Pick<UnsentItem, 'kind' | 'detail'>): string {
  const key = detail === null ? '' : `panel_unsent_${kind}_${detail}`;
  if (key !== '' && word(key) !== key) return word(key);
  if (kind === 'setVerdictReason' && detail !== null)
    return word('panel_unsent_reason', reasonWord(detail as VerdictReason));
  const plain = `panel_unsent_${kind}`;
  return word(plain) === plain ? kind : word(plain);
}

/** One item in words: what was done, and about whom. */
export function itemWord(item: Pick<UnsentItem, 'kind' | 'detail' | 'label'>): string {
  const deed = deedWord(item);
  return cleanText(item.label === null ? deed : `${deed}: ${item.label}`);
}

/** When something is tried again: in a moment, in about a minute, in so many. Null where that is not settled or past. `key` names shorter words. */
export function retryWord(retryAt: string | null, now: number, key = 'unsent_retry'): string | null {
  if (retryAt === null) return null;
  const left = Date.parse(retryAt) - now;
  if (left <= 0) return null;
  return left < 45_000 ? word(`${key}_soon`) : countWord(key, Math.round(left / 60_000));
}

/** What the person can do about a refusal. */
export function remedyWord(code: string | null): string {
  const key = `unsent_todo_${(code ?? '').replaceAll('-', '_')}`;
  return word(key) === key ? word('unsent_todo_other') : word(key);
}

/** Where an item stands, in a sentence: saved here, sending, or refused, why, and what to do. */
export function stateWord(item: UnsentItem, now: number): string {
  if (item.delivery === 'refused')
    return `${word('unsent_state_refused', cleanText(item.refusal ?? ''))} ${remedyWord(item.refusalCode)}`;
  if (item.delivery === 'sending') return word('unsent_state_sending');
  const tried = item.tries > 0 ? countWord('unsent_tries', item.tries) : null;
  return [word('unsent_state_saved'), tried, retryWord(item.retryAt, now)].filter(Boolean).join(', ');
}

/** Of these, what the store refused, and what waits. */
export function splitUnsent<T extends Pick<UnsentItem, 'delivery'>>(
  items: readonly T[],
): { refused: T[]; waiting: T[] } {
  return {
    refused: items.filter((item) => item.delivery === 'refused'),
    waiting: items.filter((item) => item.delivery !== 'refused'),
  };
}
