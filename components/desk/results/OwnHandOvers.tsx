import type { OwnHandOver } from '#contract/hand-over.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeDay } from '../../../utils/view/desk/figures.ts';
import { causeWord, dueWord, earlierWord, returnedWord } from '../../panel/hand-over-words.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';

/** The leads that were handed to the reader: what waits, the first due first, then what they answered lately. They are answered in the panel, beside the lead. */
export function OwnHandOvers({ rows, now }: { rows: readonly OwnHandOver[]; now: number }) {
  return (
    <>
      {rows.some(({ state }) => state === 'offered') && (
        <p class="small-text soft" style={{ marginBottom: '8px' }}>
          {word('desk_own_handed_where')}
        </p>
      )}
      <table>
        <caption class="unseen">{word('desk_own_handed')}</caption>
        <thead>
          <tr>
            <th scope="col" style={{ width: '48px' }}>
              {word('desk_then')}
            </th>
            <th scope="col" style={{ width: '30%' }}>
              {word('desk_lead')}
            </th>
            <th scope="col">{word('desk_own_handed_why')}</th>
            <th scope="col" style={{ width: '24%' }}>
              {word('desk_hand_over_state')}
            </th>
            <th scope="col" class="figure" style={{ width: '64px' }}>
              {word('desk_hand_over_offered_at')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} now={now} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row({ row, now }: { row: OwnHandOver; now: number }) {
  const isLate = row.state === 'offered' && Date.parse(row.dueAt) < now;
  return (
    <tr>
      <td>
        <span class="grade">{row.grade}</span>
      </td>
      <td class="tight wrap">
        <b>{row.name === null ? word('desk_nameless') : cleanText(row.name)}</b>{' '}
        <span class="soft">{cleanText(row.account ?? '')}</span>
        {row.earlier && <div class="small-text faint">{earlierWord(row.earlier, now)}</div>}
      </td>
      <td class="tight wrap soft small-text">
        {causeWord(row)} {row.note !== null && <InertText text={row.note} />}
      </td>
      <td class={isLate ? 'tight wrap danger' : 'tight wrap soft'}>{stateOf(row, now)}</td>
      <td class="figure faint">{writeDay(row.offeredAt)}</td>
    </tr>
  );
}

/** Until when it waits, or what the reader answered. */
function stateOf({ state, answer, dueAt }: OwnHandOver, now: number): string {
  if (state === 'offered' || answer === null) return dueWord({ dueAt }, now);
  if (answer.way === null || answer.reason === null) return word('desk_hand_over_state_accepted');
  return returnedWord(answer.way, answer.reason);
}
