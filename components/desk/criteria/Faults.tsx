import type { CardBody } from '#contract/agreement.ts';
import { word } from '../../../utils/platform/words.ts';
import { checkScorecard } from '../../../utils/scoring/check-scorecard.ts';

/** What keeps the draft from being published, however many sign it; nothing when it is sound. */
export function Faults({ card }: { card: CardBody }) {
  const faults = checkScorecard(card);
  if (faults.length === 0) return null;
  return (
    <ul class="fault" role="alert">
      {faults.map(({ criterion, what, values }) => (
        <li key={`${criterion} ${what}`}>{word(`desk_card_fault_${what}`, ...values)}</li>
      ))}
    </ul>
  );
}
