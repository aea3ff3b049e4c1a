import { normalizeEmail } from '../../identity/email.ts';
import { cleanText } from './text.ts';

/** An address as it stood on the page, its one form for comparing, and the name beside it (null: none, or only the address again). */
export interface Mailbox {
  email: string;
  address: string;
  name: string | null;
}

/** The mailbox of an address and a name; null when the address is none. */
export function toMailbox(rawEmail: string | null | undefined, rawName: string | null | undefined): Mailbox | null {
  const email = cleanText((rawEmail ?? '').replace(/^mailto:/i, '').replace(/\?.*$/s, ''), 320);
  const address = email === null ? null : normalizeEmail(email);
  if (email === null || address === null) return null;
  const name = cleanText(rawName);
  return { email, address, name: name === null || normalizeEmail(name) === address ? null : name };
}

/** The mailboxes in a list as people and mail clients write it: `Dana Ortiz <dana@…>, "Lind, Tomas" <tomas@…>; x@y`. What is no address is left out. */
export function parseMailboxes(list: string): Mailbox[] {
  const entries = list.slice(0, 20_000).match(/(?:"(?:[^"\\]|\\.)*"|[^,;"])+/g) ?? [];
  return entries.flatMap((entry) => {
    const named = /^(.*)<([^<>]*)>\s*$/s.exec(entry);
    const box =
      named === null
        ? toMailbox(entry, null)
        : toMailbox(
            named[2],
            (named[1] ?? '')
              .trim()
              .replace(/^"(.*)"$/s, '$1')
              .replace(/\\(.)/gs, '$1'),
          );
    return box ?? [];
  });
}
