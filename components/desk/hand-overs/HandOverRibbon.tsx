import type { HandOverFigures } from '#contract/desk-hand-over.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';
import { writeHours } from './hand-over-words.ts';

/** A rate, with its interval and count below it; of few answers their count, and how far it is to the first rate. */
function tellRate(hits: number, count: number): { large: string; small: string } {
  const counted = word('desk_of', writeCount(hits), writeCount(count));
  if (count === 0) return { large: '–', small: word('desk_hand_over_no_answers') };
  if (count < enough) return { large: counted, small: word('desk_few', count, enough) };
  return { large: writePercent(hits / count), small: word('desk_hand_over_rate', writeInterval(hits, count), counted) };
}

/** What waits, how many were taken, whether in time, and who is qualified and was never offered; each leads to its rows. */
export function HandOverRibbon({ figures, desk }: { figures: HandOverFigures; desk: Desk }) {
  const { open, total, hours, medianHours, unoffered } = figures;
  const answered = total.accepted + total.returned;
  const accepted = tellRate(total.accepted, answered);
  const link = (params: Record<string, string>) => desk.address.link({ row: '', lead: '', account: '', ...params });
  const isMany = unoffered.count >= unoffered.most;
  return (
    <div class="ribbon">
      <a href={link({ view: open.overdue > 0 ? 'overdue' : '' })}>
        <span class="soft">{word('desk_hand_over_waiting')}</span>
        <span class="large">{writeCount(open.waiting)}</span>
        <span class="small-text soft">
          {open.overdue > 0 && <span class="danger">{countWord('desk_hand_over_overdue', open.overdue)} </span>}
          {open.nobody > 0 && countWord('desk_hand_over_with_nobody', open.nobody)}
          {open.overdue + open.nobody === 0 && word('desk_hand_over_all_in_time')}
        </span>
      </a>
      <a href={link({ view: 'accepted' })}>
        <span class="soft">{word('desk_hand_over_accepted')}</span>
        <span class="large">{accepted.large}</span>
        <span class="small-text soft">{accepted.small}</span>
      </a>
      <a href={link({ view: 'all' })}>
        <span class="soft">{word('desk_hand_over_in_time', writeHours(hours))}</span>
        <span class="large">
          {answered === 0 ? '–' : word('desk_of', writeCount(total.inTime), writeCount(answered))}
        </span>
        <span class="small-text soft">
          {medianHours === null
            ? word('desk_hand_over_no_answers')
            : word('desk_hand_over_median', writeHours(medianHours))}
        </span>
      </a>
      <a href={link({ lead: 'new' })}>
        <span class="soft">{word('desk_hand_over_unoffered')}</span>
        <span class="large">
          {writeCount(unoffered.count)}
          {isMany && '+'}
        </span>
        <span class="small-text soft">{word('desk_hand_over_unoffered_text')}</span>
      </a>
    </div>
  );
}
