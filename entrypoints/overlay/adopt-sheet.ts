/** What Firefox gives a content script to reach the frame's own objects; the page never had a hand on this frame, so they are as the browser made them. */
type Raw<T> = T & { wrappedJSObject?: T };

/**
 * Gives a document its style as an adopted sheet: the page's content security policy, which the frame inherits, would refuse a `<style>`.
 * In Firefox a content script may not write `adoptedStyleSheets` through its own view of the document, only through the document's.
 */
export function adoptSheet(inside: Document, css: string): void {
  const view = inside.defaultView as Raw<Window & typeof globalThis> | null;
  if (view === null) return;
  const own = view.wrappedJSObject ?? view;
  const sheet = new own.CSSStyleSheet();
  sheet.replaceSync(css);
  own.document.adoptedStyleSheets.push(sheet);
}
