import { word } from '../../../utils/platform/words.ts';
import type { Failure } from '../../../utils/view/desk/store.ts';
import { Empty } from './Empty.tsx';

/** Nothing could be shown: why, and another try. */
export function Failed({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  return (
    <Empty glyph="warning" title={word('desk_failed_title')} text={failure.message}>
      <button type="button" class="press small" onClick={onRetry}>
        {word('desk_try_now')}
      </button>
    </Empty>
  );
}
