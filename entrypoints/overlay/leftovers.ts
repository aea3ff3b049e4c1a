/** Marks the panel's document for a later version of this script; only an extension's script can look into the frame. */
const marker = 'baton-panel';

type Opener = { dom?: { openOrClosedShadowRoot(element: HTMLElement): ShadowRoot | null } };

function openRoot(element: HTMLElement): ShadowRoot | null {
  const chromium = (globalThis as { chrome?: Opener }).chrome?.dom;
  if (chromium) return chromium.openOrClosedShadowRoot(element);
  return (element as HTMLElement & { openOrClosedShadowRoot?: ShadowRoot | null }).openOrClosedShadowRoot ?? null;
}

/** Names the document as the panel's. */
export function markInside(inside: Document): void {
  inside.documentElement.id = marker;
}

/**
 * Takes off what an earlier script of this extension left on the page: after an update, in Firefox, that script is dead and cannot tidy up itself.
 * Called before the new host is put on.
 */
export function removeLeftovers(): void {
  for (const element of document.documentElement.children) {
    if (!(element instanceof HTMLElement) || !element.hasAttribute('popover')) continue;
    const frame = openRoot(element)?.querySelector('iframe');
    if (frame?.contentDocument?.documentElement.id === marker) element.remove();
  }
}
