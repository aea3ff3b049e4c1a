import { word } from '../../../utils/platform/words.ts';
import type { Draft } from '../../../utils/view/desk/draft.ts';
import { writeCalendarDay } from '../../../utils/view/desk/figures.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText, safeLink } from '../../ui/inert-text.ts';
import { Glyph } from '../parts/Glyph.tsx';

/** The talking point as it stands in a rep's panel. The buttons are drawn, not there to press. */
export function PointPreview({ draft }: { draft: Draft }) {
  const link = safeLink(draft.link.trim());
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_points_preview')}</h2>
      </div>
      <div class="box raised">
        <div class="row line">
          <b class="cut">{cleanText(draft.title.trim()) || <span class="faint">{word('desk_preview_title')}</span>}</b>
          <span class="space" />
          {draft.expiresOn && (
            <span class="small-text faint whole">
              {word('desk_preview_until', writeCalendarDay(draft.expiresOn, false))}
            </span>
          )}
        </div>
        <p class="wrap" style={{ marginTop: '4px' }}>
          {draft.text.trim() ? (
            <InertText text={draft.text.trim()} />
          ) : (
            <span class="faint">{word('desk_preview_text')}</span>
          )}
        </p>
        {draft.whyNow.trim() && (
          <p class="small-text soft wrap" style={{ marginTop: '4px' }}>
            <b>{word('desk_points_why')}</b> <InertText text={draft.whyNow.trim()} />
          </p>
        )}
        {link && (
          <p class="small-text" style={{ marginTop: '4px' }}>
            <a class="go cut" href={link} target="_blank" rel="noopener noreferrer">
              {link.replace(/^https:\/\//, '')}
            </a>
          </p>
        )}
        <div class="row" style={{ gap: '6px', marginTop: '8px' }} aria-hidden="true">
          <span class="press first small">
            <Glyph name="insert" isSmall />
            {word('desk_preview_insert')}
          </span>
          <span class="press small">
            <Glyph name="copy" isSmall />
            {word('desk_preview_copy')}
          </span>
          <span class="space" />
          <span class="press bare small">{word('desk_preview_landed')}</span>
          <span class="press bare small">{word('desk_preview_flat')}</span>
        </div>
      </div>
    </section>
  );
}
