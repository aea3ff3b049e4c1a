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

/** A profile's address of before 2013, whose last parts belong to the name: LinkedIn leads `/pub/<name>/<a>/<bbb>/<ccc>` to `/in/<name>-<ccc><bbb><a>`. */
const oldAddress = /(?:^|\/)pub\/([^/?#]+)\/([0-9a-z]{1,3})\/([0-9a-z]{1,3})\/([0-9a-z]{1,3})(?:[/?#]|$)/i;

/** The slug that an old address leads to. Null where a part is short: nobody can tell how it was filled up, and the bare name is somebody else's. */
function readOldAddress([, name = '', a = '', b = '', c = '']: RegExpExecArray): string | null {
  return b.length === 3 && c.length === 3 ? decodeSegment(`${name}-${c}${b}${a}`) : null;
}

/**
 * The one form of a person's LinkedIn identifier, from a profile's address or the bare identifier: slugs decoded and in lower case,
 * member urns as they are, out of their longer form too (`urn:li:fsd_profile:ACoAA…`). Null when it is neither. Idempotent.
 */
export function normalizeLinkedIn(slugOrUrl: string): string | null {
  const urn = /^urn:li:\w+:\(?(AC[ow]AA[\w-]{6,})(?:[,)].*)?$/.exec(slugOrUrl.trim());
  if (urn !== null) return urn[1] ?? null;
  const old = oldAddress.exec(slugOrUrl);
  const slug =
    old === null
      ? segmentAfter(slugOrUrl, /(?:^|\/)(?:in|pub|sales\/(?:lead|people))\/([^/?#,]+)/i)
      : readOldAddress(old);
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
