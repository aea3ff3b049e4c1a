import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { Glyph } from './Glyph.tsx';

/** Copies the address of this view. */
export function CopyLink({ desk }: { desk: Desk }) {
  const copy = async () => {
    await desk.tools.copy(globalThis.location.href);
    desk.notify(word('desk_link_copied'));
  };
  return (
    <button type="button" class="press bare" onClick={() => void copy()}>
      <Glyph name="link" />
      {word('desk_copy_link')}
    </button>
  );
}
