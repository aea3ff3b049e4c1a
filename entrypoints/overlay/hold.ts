import type { PanelHost } from './host.ts';

/** How often the page may take the host off or change it before the panel gives up: enough for a page that redraws itself, too few for a fight. */
const mostRemovals = 5;
const mostChanges = 20;

/**
 * Keeps the host on the page as it must be: put back when the page takes it off, mended when the page changes it, each a bounded number of times,
 * then `giveUp`. `isAlive` false (the extension is gone, a newer script has taken over): it is left alone.
 */
export function holdHost(host: PanelHost, isAlive: () => boolean, giveUp: () => void): () => void {
  let removals = 0;
  let changes = 0;

  const structure = new MutationObserver(() => {
    if (host.element.isConnected && host.element.parentNode === document.documentElement) return;
    removals += 1;
    if (!isAlive() || removals > mostRemovals) return giveUp();
    host.attach();
    watch();
  });
  const look = new MutationObserver(() => {
    // Our own changes are seen here as well: they leave it whole.
    if (host.isWhole()) return;
    changes += 1;
    if (changes > mostChanges) return giveUp();
    host.mend();
  });

  /** Only the root's own children: the page's everyday changes lie deeper and cost nothing here. */
  function watch(): void {
    structure.disconnect();
    structure.observe(document, { childList: true });
    structure.observe(document.documentElement, { childList: true });
  }

  watch();
  look.observe(host.element, { attributes: true });
  return () => {
    structure.disconnect();
    look.disconnect();
  };
}
