import { useEffect, useMemo } from 'preact/hooks';
import type { Agreement } from '#contract/agreement.ts';
import { receiptsPreviewSchema } from '#contract/receipt.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { receiptWord } from '../../panel/receipt-words.ts';

/** What publishing the draft would tell the reps whose verdicts led to it, before it is sent. Nobody is named. */
export function ReceiptBox({ desk, agreement }: { desk: Desk; agreement: Agreement }) {
  const receipts = useMemo(() => desk.open(receiptsPreviewSchema), []);
  const revision = agreement.draft?.revision;
  useEffect(() => {
    receipts.show({ method: 'GET', path: '/v1/agreements/scorecard/receipts' });
  }, []);
  useEffect(() => void receipts.reload(), [revision]);
  const told = receipts.value.value;
  if (!told) return null;
  const [line] = told.sample ?? [];
  return (
    <div class="box sunk small-text">
      {line ? (
        <>
          <span class="soft">{countWord('desk_receipts', told.members)}</span>
          <p>“{receiptWord(line)}”</p>
        </>
      ) : (
        <span class="soft">{word('desk_receipts_none')}</span>
      )}
    </div>
  );
}
