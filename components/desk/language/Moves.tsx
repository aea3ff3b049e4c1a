import { useEffect } from 'preact/hooks';
import type { Segments } from '#contract/common-language.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { listRuleGroups } from '../../../utils/scoring/segment.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import type { Language } from '../../../utils/view/desk/language.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Glyph } from '../parts/Glyph.tsx';

const mostShown = 12;

/** What the draft's segments would make of the accounts: who would move from where to where, and whom no rule takes. Counted by the store, unsaved changes among it. */
export function Moves({ model, body }: { model: Language; body: Segments }) {
  const text = JSON.stringify(body);
  useEffect(() => model.countMoves(body), [text]);
  const moves = model.moves.value.value;
  const failure = model.moves.failure.value;
  const isStale = JSON.stringify(model.moves.answers.value?.body) !== text;
  const segmentName = (name: string | null) => (name === null ? word('desk_words_no_segment') : cleanText(name));
  return (
    <section aria-busy={isStale}>
      <div class="heading">
        <h2>{word('desk_words_moves')}</h2>
        {isStale && !failure && <span class="small-text faint">{word('desk_words_counting')}</span>}
      </div>
      {failure && (
        <p class="fault" role="alert">
          {failure.message}
        </p>
      )}
      {moves && (
        <>
          <p>
            {word('desk_words_moved', writeCount(moves.moved), writeCount(moves.accounts))}{' '}
            <span class="soft">{countWord('desk_words_unmatched', moves.unmatched)}</span>
          </p>
          {moves.moves.length > 0 && (
            <table>
              <caption class="unseen">{word('desk_words_moves')}</caption>
              <thead>
                <tr>
                  <th scope="col">{word('desk_words_from')}</th>
                  <th scope="col">{word('desk_words_to')}</th>
                  <th scope="col" class="figure">
                    {word('desk_words_accounts')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {moves.moves.slice(0, mostShown).map(({ from, to, accounts }) => (
                  <tr key={JSON.stringify([from, to])}>
                    <td>{segmentName(from)}</td>
                    <td>{segmentName(to)}</td>
                    <td class="figure">{writeCount(accounts)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {moves.moves.length > mostShown && (
            <p class="small-text faint">{word('desk_words_more_moves', moves.moves.length - mostShown)}</p>
          )}
          {body.segments
            .filter((segment) => listRuleGroups(segment).length > 0)
            .filter(({ name }) => moves.segments.some((each) => each.name === name && each.matched === 0))
            .map(({ name }) => (
              <p key={name} class="small-text danger">
                <Glyph name="worse" isSmall /> {word('desk_words_matches_nobody', cleanText(name))}
              </p>
            ))}
        </>
      )}
    </section>
  );
}
