import { word } from '../../../utils/platform/words.ts';
import type { RateStanding } from '../../../utils/view/desk/rated.ts';
import { Glyph } from './Glyph.tsx';
import type { Tone } from './IntervalMark.tsx';

/** What a rate above or below that of all says of leads. `more`: what more of it says. */
export function toneOf(standing: RateStanding, more: 'weak' | 'strong'): Exclude<Tone, 'accent'> {
  if (standing === 'cannotTell') return 'plain';
  return (standing === 'above') === (more === 'weak') ? 'weak' : 'strong';
}

/** How a rate stands to that of all, in a word with a triangle; "can't tell" is an answer and is written out. */
export function Standing({ tone }: { tone: ReturnType<typeof toneOf> }) {
  if (tone === 'plain') return <span class="faint">{word('desk_cannot_tell')}</span>;
  const isWeaker = tone === 'weak';
  return (
    <span class={tone}>
      <Glyph name={isWeaker ? 'worse' : 'better'} isSmall /> {word(isWeaker ? 'desk_weaker' : 'desk_stronger')}
    </span>
  );
}
