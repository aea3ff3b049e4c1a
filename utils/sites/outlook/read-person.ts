import { type Mailbox, toMailbox } from '../dom/mailbox.ts';
import { shownText } from '../dom/own.ts';

/** `From: Dana Ortiz <dana@…>`, `Ortiz, Dana<dana@…>;`, `dana@…`: one person with an address, the label in any language. Null when there is no address. */
export function readLabel(text: string | null): Mailbox | null {
  const bare = (text ?? '').replace(/^[^:<>@]{1,30}:\s*/, '').replace(/\s*;\s*$/, '');
  const [, name, address] = /^(.*?)\s*<\s*([^<>]+)>$/s.exec(bare.trim()) ?? [];
  return address === undefined ? toMailbox(bare, null) : toMailbox(address, name);
}

/** Pictures that stand as letters beside a name. */
const glyphs = '[aria-hidden="true"], svg, button';

/** The name that an element shows; all of its text where what is left without its pictures is no word. */
function shownName(element: Element): string | null {
  const named = shownText(element, glyphs);
  return named !== null && /\p{L}{2}/u.test(named) ? named : element.textContent;
}

/** The person an element names, by its label, its title or its text. Null when none holds an address: Outlook names colleagues without. */
export function readPerson(element: Element): Mailbox | null {
  const { textContent } = element;
  const boxes = [element.getAttribute('aria-label'), element.getAttribute('title'), textContent].map(readLabel);
  const named = boxes.find((box) => box?.name != null);
  const found = named ?? boxes.find((box) => box !== null) ?? null;
  if (found === null || found.name !== null) return found;
  // The label can be the address alone, and the text the name alone.
  return textContent?.includes('@') === false ? toMailbox(found.email, shownName(element)) : found;
}
