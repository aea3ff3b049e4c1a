import type { ReceiptLine } from '#contract/receipt.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { cleanText } from '../ui/inert-text.ts';
import { reasonWord } from './wording.ts';

/** Points with their sign: `+4`, `−8`, `0`. */
const writePoints = (points: number): string => (points > 0 ? `+${points}` : `${points}`.replace('-', '−'));

/** What they said, and what came of it: “You said “Wrong person” on 14 leads. From today “Title: below manager” counts −8.” */
export function receiptWord({ label, after, value, reason, count }: ReceiptLine): string {
  const said = reason === null ? word(`panel_unsent_recordVerdict_${value}`) : reasonWord(reason);
  const first = countWord('panel_receipt_said', count, said);
  const name = cleanText(label);
  const second =
    after === null ? word('panel_receipt_gone', name) : word('panel_receipt_counts', name, writePoints(after));
  return `${first} ${second}`;
}
