import { word } from '../../utils/platform/words.ts';
import { Button } from '../ui/Button.tsx';
import { Mark } from '../ui/Mark.tsx';

/** Before the panel leaves the page for a side that the browser does not open by itself: how it is opened. */
export function SideNote({ onGo, onStay }: { onGo: () => void; onStay: () => void }) {
  return (
    <aside class="panel" tabIndex={-1} aria-label={word('manifest_name')}>
      <div class="body">
        <section class="first">
          <Mark size={32} />
          <h1>{word('panel_side_note')}</h1>
          <p>{word('panel_side_note_detail')}</p>
          <div class="form-end">
            <Button look="main" onPress={onGo}>
              {word('panel_side_note_go')}
            </Button>
            <Button look="bare" onPress={onStay}>
              {word('panel_cancel')}
            </Button>
          </div>
        </section>
      </div>
    </aside>
  );
}
