import { browser } from 'wxt/browser';

/** Firefox's sidebar, which the types of the other browser do not know. */
interface SidebarAction {
  open(): Promise<void>;
  close(): Promise<void>;
  toggle(): Promise<void>;
}

/** Firefox's sidebar; null in browsers that have a side panel instead. */
export function findSidebar(): SidebarAction | null {
  return (browser as unknown as { sidebarAction?: SidebarAction }).sidebarAction ?? null;
}

/**
 * Opens the browser's own side panel in this window. Browsers allow it only inside a press or a key: call it before anything is awaited, not one
 * promise later. Firefox allows it in the extension's own pages and for its keys alone, never on behalf of a web page.
 * Rejects where the browser refuses.
 */
export async function openSidePanel(windowId: number): Promise<void> {
  const sidebar = findSidebar();
  await (sidebar === null ? browser.sidePanel.open({ windowId }) : sidebar.open());
}

/** Closes the side panel in which the calling page stands. In Firefox inside a press only. */
export async function closeSidePanel(): Promise<void> {
  const sidebar = findSidebar();
  if (sidebar === null) globalThis.close();
  else await sidebar.close();
}
