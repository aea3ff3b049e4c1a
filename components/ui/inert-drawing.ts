import { options, type VNode } from 'preact';
import { cleanText } from './inert-text.ts';

/** The attributes whose text is read or shown. What stands in a field is left as it was typed. */
const told = ['title', 'aria-label', 'aria-description', 'aria-valuetext', 'placeholder', 'alt', 'label', 'data-t'];

/**
 * From now on whatever is drawn is without characters that turn or hide text, whoever typed it and whichever part draws it. Each entrypoint calls this once, before it
 * draws and before anything else that looks at what is drawn.
 */
export function drawInertText(): void {
  const before = options.vnode;
  options.vnode = (vnode: VNode) => {
    const drawn = vnode as { type: unknown; props: unknown };
    // A run of text: Preact holds it where an element holds its attributes.
    if (typeof drawn.props === 'string') drawn.props = cleanText(drawn.props);
    else if (typeof drawn.type === 'string') {
      const props = drawn.props as Record<string, unknown>;
      for (const name of told) {
        const text = props[name];
        if (typeof text === 'string') props[name] = cleanText(text);
      }
    }
    before?.(vnode);
  };
}
