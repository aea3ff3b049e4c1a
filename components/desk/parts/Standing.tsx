import { word } from '../../../utils/platform/words.ts';
import type { RatedRow } from '../../../utils/view/desk/quality.ts';
import { Glyph } from './Glyph.tsx';

/** How a rate stands to that of all, in a word with a triangle; "can't tell" is an answer and is written out. A share stands to nothing. */
export function Standing({ standing }: { standing: NonNullable<RatedRow['standing']> }) {
  if (standing === 'share') return null;
  if (standing === 'cannotTell') return <span class="faint">{word('desk_cannot_tell')}</span>;
  const isWeaker = standing === 'above';
  return (
    <span class={isWeaker ? 'weak' : 'strong'}>
      <Glyph name={isWeaker ? 'worse' : 'better'} isSmall /> {word(isWeaker ? 'desk_weaker' : 'desk_stronger')}
    </span>
  );
}
