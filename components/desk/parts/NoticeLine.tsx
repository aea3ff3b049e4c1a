import { useEffect } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { Glyph } from './Glyph.tsx';

/** Long enough to read it and to change one's mind. */
const staysMs = 12_000;

/** What was just done, with the way back. */
export function NoticeLine({ desk }: { desk: Desk }) {
  const notice = desk.notice.value;
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(desk.dismissNotice, staysMs);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div class="says" role="status" aria-live="polite">
      {notice && (
        <div class="notice">
          <span>{notice.text}</span>
          {notice.undo && (
            <button
              type="button"
              class="go"
              onClick={() => {
                notice.undo?.();
                desk.dismissNotice();
              }}
            >
              {word('desk_undo')}
            </button>
          )}
          <button type="button" class="press bare small" aria-label={word('desk_dismiss')} onClick={desk.dismissNotice}>
            <Glyph name="cross" />
          </button>
        </div>
      )}
    </div>
  );
}
