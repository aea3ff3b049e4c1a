import type { Agreement, CardBody } from '#contract/agreement.ts';
import type { MeasuredFigure, SuggestedChange, TriedCard } from '#contract/hindsight.ts';
import { word } from '../../platform/words.ts';
import { writeDecimal } from './figures.ts';

/** A suggested change beside the draft. `open`: the draft still has the points in force; `taken`: it has those suggested; `byHand`: others; `gone`: it has no such criterion. */
export interface Offer extends SuggestedChange {
  label: string;
  standing: 'open' | 'taken' | 'byHand' | 'gone';
  /** The draft's points; null: gone. */
  now: number | null;
}

/** The suggested changes, the largest first, as they stand beside what is being worked on (the draft, or, where there is none, what is in force). */
export function listOffers(changes: readonly SuggestedChange[], inForce: CardBody, shown: CardBody): Offer[] {
  return changes
    .map((change): Offer => {
      const own = shown.criteria.find(({ id }) => id === change.criterion);
      const known = own ?? inForce.criteria.find(({ id }) => id === change.criterion);
      const now = own?.points ?? null;
      return { ...change, label: known?.label ?? change.criterion, now, standing: judge(change, now) };
    })
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
}

function judge({ from, to }: SuggestedChange, now: number | null): Offer['standing'] {
  if (now === null) return 'gone';
  if (now === to) return 'taken';
  return now === from ? 'open' : 'byHand';
}

/** What a card that was tried is called. */
export function nameCard(card: TriedCard, { inForce }: Agreement): string {
  if (card === 'suggestion') return word('desk_suggestion');
  return card === 'draft' ? word('desk_version_draft', inForce.version + 1) : word('desk_version', inForce.version);
}

/** A figure with so many decimals; a dash where it cannot be told. */
export function writeFigure({ value }: MeasuredFigure, digits: number): string {
  return value === null ? '–' : writeDecimal(value, digits);
}

/** Its interval: `0.59–0.74`; a dash where it is open. */
export function writeReach({ low, high }: MeasuredFigure, digits: number): string {
  return low === null || high === null ? '–' : `${writeDecimal(low, digits)}–${writeDecimal(high, digits)}`;
}
