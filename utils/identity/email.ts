import { toAsciiHost } from './domain.ts';

/** What needs no quotes in a local part: no blanks, no controls, none of RFC 5322's specials. */
const plainLocal = /^[^\s\p{Cc}@"(),:;<>[\\\]]+$/u;

/** Providers whose two names are one mailbox. */
const sameProvider: Readonly<Record<string, string>> = { 'googlemail.com': 'gmail.com' };

function normalizeLocal(raw: string): string | null {
  if (plainLocal.test(raw)) return raw;
  if (raw.length < 3 || !raw.startsWith('"') || !raw.endsWith('"')) return null;
  const inner = raw.slice(1, -1).replace(/\\(.)/gsu, '$1');
  if (/[\r\n\p{Cc}]/u.test(inner)) return null;
  return plainLocal.test(inner) ? inner : `"${inner.replace(/["\\]/gu, '\\$&')}"`;
}

/**
 * The one form of an address that is compared and hashed: lower case, NFC, IDN as punycode, needless quotes removed, `googlemail.com` as `gmail.com`.
 * Null when it is no address. Idempotent. A `+tag` stays: at many providers it is another mailbox, and both sides would have to guess alike.
 * Accepts `mailto:` and angle brackets around the address, not a display name.
 */
export function normalizeEmail(raw: string): string | null {
  const text = raw
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/^mailto:/iu, '')
    .replace(/^<(.*)>$/su, '$1')
    .toLowerCase()
    .normalize('NFC');
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > 320) return null;
  const local = normalizeLocal(text.slice(0, at));
  const domain = toAsciiHost(text.slice(at + 1));
  if (local === null || domain === null) return null;
  return `${local}@${sameProvider[domain] ?? domain}`;
}

/** The domain of a normalised address. */
export function emailDomain(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}
