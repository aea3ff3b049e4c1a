import { type Mailbox, toMailbox } from '../dom/mailbox.ts';

/** `From: Dana Ortiz <dana@…>`, `Ortiz, Dana<dana@…>;`, `dana@…`: one person with an address, the label in any language. Null when there is no address. */
export function readLabel(text: string | null): Mailbox | null {
  const bare = (text ?? '').replace(/^[^:<>@]{1,30}:\s*/, '').replace(/\s*;\s*$/, '');
  const [, name, address] = /^(.*?)\s*<\s*([^<>]+)>$/s.exec(bare.trim()) ?? [];
  return address === undefined ? toMailbox(bare, null) : toMailbox(address, name);
}

/** The person an element names, by its label, its title or its text. Null when none holds an address: Outlook names colleagues without. */
export function readPerson(element: Element): Mailbox | null {
  const { textContent } = element;
  const boxes = [element.getAttribute('aria-label'), element.getAttribute('title'), textContent].map(readLabel);
  const named = boxes.find((box) => box?.name != null);
  const found = named ?? boxes.find((box) => box !== null) ?? null;
  if (found === null || found.name !== null) return found;
  // The label can be the address alone, and the text the name alone.
  return textContent?.includes('@') === false ? toMailbox(found.email, textContent) : found;
}
