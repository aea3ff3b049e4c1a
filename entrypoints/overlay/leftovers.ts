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

/** Notes in the panel's document what has to be put back on the page, for a later version of this script. */
export function noteDock(inside: Document | null, described: string | null): void {
  if (inside !== null) inside.documentElement.dataset['dock'] = described ?? '';
}

/**
 * Takes off what an earlier script of this extension left on the page, and answers what it had noted of the page (null when there is nothing).
 * After an update that script is dead in Firefox and cannot tidy up; in Chromium it still can, in its next turn: that turn is waited for.
 * Called before the new host is put on.
 */
export async function removeLeftovers(): Promise<string | null> {
  let noted: string | null = null;
  for (const element of [...document.documentElement.children]) {
    if (!(element instanceof HTMLElement) || !element.hasAttribute('popover')) continue;
    const inside = openRoot(element)?.querySelector('iframe')?.contentDocument?.documentElement;
    if (inside?.id !== marker) continue;
    noted = inside.dataset['dock'] || null;
    element.remove();
  }
  await new Promise((resolve) => setTimeout(resolve));
  return noted;
}
