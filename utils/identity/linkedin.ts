/** A member urn (`ACoAA…`; Sales Navigator: `ACwAA…`) is base64url: its case matters, and it is another identifier than the slug. */
const memberUrn = /^AC[ow]AA[\w-]{6,}$/;

/** The readable form of a path segment, percent-encoding undone. Null when it cannot be one. */
function decodeSegment(segment: string): string | null {
  let text: string;
  try {
    text = decodeURIComponent(segment);
  } catch {
    return null;
  }
  const slug = text.trim();
  return slug === '' || slug.length > 200 || /[\s/?#%\\@:<>"\p{Cc}]/u.test(slug) ? null : slug;
}

function segmentAfter(raw: string, section: RegExp): string | null {
  const text = raw.trim();
  const found = section.exec(text);
  if (found !== null) return decodeSegment(found[1] ?? '');
  return /[/?#]/.test(text) ? null : decodeSegment(text);
}

/**
 * The one form of a person's LinkedIn identifier, from a profile's address or the bare identifier: slugs decoded and in lower case,
 * member urns as they are. Null when it is neither. Idempotent.
 */
export function normalizeLinkedIn(slugOrUrl: string): string | null {
  const slug = segmentAfter(slugOrUrl, /(?:^|\/)(?:in|pub|sales\/(?:lead|people))\/([^/?#,]+)/i);
  if (slug === null || memberUrn.test(slug)) return slug;
  return slug.toLowerCase().normalize('NFC');
}

/** Whether a normalised identifier is a member urn and not a public slug. */
export function isMemberUrn(identifier: string): boolean {
  return memberUrn.test(identifier);
}

/** The one form of a company's LinkedIn slug or number. Null when it is neither. Idempotent. */
export function normalizeLinkedInCompany(slugOrUrl: string): string | null {
  const slug = segmentAfter(slugOrUrl, /(?:^|\/)(?:company|school|showcase)\/([^/?#]+)/i);
  return slug === null ? null : slug.toLowerCase().normalize('NFC');
}
