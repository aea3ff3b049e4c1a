import type { ComponentChildren } from 'preact';
import { Glyph, type GlyphName } from './Glyph.tsx';

interface EmptyProps {
  glyph: GlyphName;
  title: string;
  /** Why there is nothing. */
  text: ComponentChildren;
  /** The one step that helps, and what else can be done. */
  children?: ComponentChildren;
}

/** Says what is missing, why, and what helps. */
export function Empty({ glyph, title, text, children }: EmptyProps) {
  return (
    <div class="empty">
      <span class="sign">
        <Glyph name={glyph} />
      </span>
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
        {children && <div class="steps">{children}</div>}
      </div>
    </div>
  );
}
