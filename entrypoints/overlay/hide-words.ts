import { type ComponentChild, Fragment, h, options, type VNode } from 'preact';

/** Elements whose text is no text of the card, or that hold nothing but characters. */
const kept = new Set(['option', 'textarea', 'style', 'title', 'tspan']);
/** The element that stands for a run of text, and the attribute that holds it. */
const carrier = 'x-t';

/** Draws each run of text from an attribute. Goes with `hideWordsFromFind`. */
export const hiddenWordsSheet: string = `${carrier}::before{content:attr(data-t)}`;

function isText(child: ComponentChild): child is string | number {
  return (typeof child === 'string' && child !== '') || typeof child === 'number';
}

function carry(child: ComponentChild): ComponentChild {
  return isText(child) ? h(carrier, { 'data-t': String(child) }) : child;
}

/**
 * Firefox: `window.find` of the page, told to search in frames, finds text in the panel's frame too, and so would answer whether any word
 * stands in the card. Generated content it does not find: so every run of text becomes an element that draws it from an attribute.
 * Screen readers read generated content; what is lost is selecting text in the panel with the pointer. Fields are not found as they are.
 */
export function hideWordsFromFind(): void {
  const before = options.vnode;
  options.vnode = (vnode: VNode) => {
    const { type, props } = vnode as VNode<{ children?: ComponentChild | ComponentChild[] }>;
    const holdsText = typeof type === 'string' ? type !== carrier && !kept.has(type) : type === Fragment;
    if (holdsText && props.children !== undefined)
      props.children = Array.isArray(props.children) ? props.children.map(carry) : carry(props.children);
    before?.(vnode);
  };
}
