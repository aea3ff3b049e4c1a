import { word } from '../../../utils/platform/words.ts';
import { writeTime } from '../../../utils/view/desk/figures.ts';

/** When the figures were true. Nothing before they are there. */
export function AsOf({ at }: { at: number | null }) {
  if (at === null) return null;
  return <span class="small-text faint whole">{word('desk_as_of', writeTime(new Date(at)))}</span>;
}
