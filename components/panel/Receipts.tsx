import { useState } from 'preact/hooks';
import type { ReceiptId } from '#contract/ids.ts';
import type { Receipt } from '#contract/receipt.ts';
import { word } from '../../utils/platform/words.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { receiptWord } from './receipt-words.ts';
import { dayWord } from './wording.ts';

interface ReceiptsProps {
  receipts: readonly Receipt[];
  now: number;
  onDismiss: (id: ReceiptId) => void;
}

/** What the member's own verdicts changed: the newest, until it is put away. What was published, why and by whose signatures unfolds below it. */
export function Receipts({ receipts: [receipt], now, onDismiss }: ReceiptsProps) {
  const [isOpen, setOpen] = useState(false);
  const first = receipt?.lines[0];
  if (!receipt || !first) return null;
  const { version, at, why, signedBy, lines } = receipt;
  return (
    <section class="strip told" aria-label={word('panel_receipt')}>
      <Icon name="check" />
      <p role="status">
        <b>{receiptWord(first)}</b>{' '}
        {isOpen && (
          <span class="change">
            {lines.slice(1).map((line) => (
              <span key={line.criterion}>{receiptWord(line)} </span>
            ))}
            {word('panel_receipt_version', version, dayWord(at, now))} {why === null ? '' : `${cleanText(why)} `}
            {signedBy.length > 0 && word('panel_receipt_signed', signedBy.map(cleanText).join(', '))}
          </span>
        )}
      </p>
      <span class="acts">
        <Button look="ghost" onPress={() => setOpen(!isOpen)}>
          {word(isOpen ? 'panel_receipt_less' : 'panel_receipt_more')}
        </Button>
        <Button look="ghost" onPress={() => onDismiss(receipt.id)}>
          {word('panel_receipt_read')}
        </Button>
      </span>
    </section>
  );
}
