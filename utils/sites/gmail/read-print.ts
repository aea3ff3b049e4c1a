import { parseMailboxes, toMailbox } from '../dom/mailbox.ts';
import { textOf } from '../dom/text.ts';
import type { Correspondence } from './read-thread.ts';
import { printedMessage, printedOwner, printedPage, printedRecipients } from './selectors.ts';

/** Whether an address is that of the page for printing a thread. */
export function asksForPrint(url: URL): boolean {
  return url.searchParams.get('view') === 'pt';
}

/** Whether this is the page for printing, by its address or by what its body is. */
export function isPrinted(document: Document, url: URL): boolean {
  const body = document.querySelector('body');
  return asksForPrint(url) || [...(body?.children ?? [])].some((child) => child.matches(printedPage));
}

function rowsOf(table: Element): Element[] {
  return [...table.querySelectorAll('tr')].filter((row) => row.closest('table') === table);
}

/** `Dana Ortiz <dana@…>`, the name in bold. It is all of the name, with whatever commas. */
function readSender(cell: Element): Correspondence['sender'] {
  const address = /<([^<>]*)>\s*$/.exec(cell.textContent?.trim() ?? '')?.[1] ?? cell.textContent;
  return toMailbox(address, textOf(cell.querySelector('b')));
}

/** Whose mailbox was printed, normalised: it stands at the top of the page. Nothing else there is Gmail's own. */
export function readPrintedOwner(document: Document): Set<string> {
  return new Set(parseMailboxes(document.querySelector(printedOwner)?.textContent ?? '').map((box) => box.address));
}

/** The messages of the page for printing, oldest first: each is a table whose first row names the sender and whose second the recipients. */
export function readPrinted(document: Document): Correspondence[] {
  return [...document.querySelectorAll(printedMessage)]
    .filter((table) => table.parentElement?.closest(printedMessage) === null)
    .map((table) => {
      const [from, to] = rowsOf(table);
      const cell = from?.querySelector('td');
      const lines = [...(to?.querySelectorAll(printedRecipients) ?? [])];
      return {
        sender: cell == null ? null : readSender(cell),
        // "To: …" in any language: what stands before the first colon is a label, unless it holds an address.
        recipients: lines.flatMap((line) => parseMailboxes((line.textContent ?? '').replace(/^[^:：@]*[:：]/, ''))),
      };
    });
}
