import { word } from '../../../utils/platform/words.ts';
import { writePoints } from '../../../utils/view/desk/figures.ts';
import type { Offer } from '../../../utils/view/desk/hindsight.ts';
import { Glyph } from '../parts/Glyph.tsx';

interface OfferCellProps {
  /** Null: the labels speak for the points as they are. */
  offer: Offer | null;
  label: string;
  /** Null: whoever reads cannot take it. */
  onTake: ((offer: Offer) => void) | null;
}

/** The points suggested for a criterion, to be taken into the draft; whether they are, or others were set by hand. */
export function OfferCell({ offer, label, onTake }: OfferCellProps) {
  if (offer === null) return <td />;
  const { standing, to } = offer;
  const points = writePoints(to);
  if (standing === 'taken')
    return (
      <td class="figure strong whole">
        <Glyph name="check" isSmall /> {points}
      </td>
    );
  return (
    <td class="figure whole">
      {standing === 'byHand' && <span class="small-text soft">{word('desk_offer_by_hand')} </span>}
      {onTake ? (
        <button
          type="button"
          class="press small"
          aria-label={word('desk_suggestion_take_name', label, points)}
          onClick={() => onTake(offer)}
        >
          {points}
        </button>
      ) : (
        points
      )}
    </td>
  );
}
