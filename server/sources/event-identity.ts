import { hash, randomBytes } from 'node:crypto';

/** Sixty-four signs in the order of their codes: what they spell sorts as its bytes do. */
const signs = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/** A contact's id as it begins the identities of its planned events: 22 characters that sort as the ids do. */
function contactPrefix(contactId: string): string {
  const hex = contactId.replaceAll('-', '');
  let prefix = '';
  for (let at = 0; at < hex.length; at += 3) {
    // Three signs of the id are twelve bits, and two of ours. The last two of the id are eight bits.
    const bits = Number.parseInt(hex.slice(at, at + 3).padEnd(3, '0'), 16);
    prefix += (signs[bits >> 6] ?? '') + (signs[bits & 63] ?? '');
  }
  return prefix;
}

/** The same few campaigns and statuses come in row after row: places by campaign and mark, of which no text is made to look them up. */
const mostPlaces = 10_000;
const places = new Map<string, Map<string, string>>();
let placesKept = 0;
/** Rows of one campaign come together. */
let last = { campaignId: '', marks: new Map<string, string>() };

function hashPlace(campaignId: string, mark: string): string {
  if (last.campaignId !== campaignId) last = { campaignId, marks: places.get(campaignId) ?? new Map() };
  const known = last.marks.get(mark);
  if (known !== undefined) return known;
  if (placesKept >= mostPlaces) {
    places.clear();
    placesKept = 0;
    last = { campaignId, marks: new Map() };
  }
  const made = hash('sha256', `${campaignId}:${mark}`, 'base64url').slice(0, 12);
  last.marks.set(mark, made);
  places.set(campaignId, last.marks);
  placesKept += 1;
  return made;
}

/**
 * What tells a thing apart within its source, in 24 characters however long its parts are. The source's own id is kept as it is where it is short, so that it
 * can be found again.
 */
export function sourceIdentity(externalId: string | null, place: string): string {
  if (externalId !== null && externalId.length <= 60) return `id:${externalId}`;
  return `h:${hash('sha256', externalId ?? place, 'base64url').slice(0, 22)}`;
}

/**
 * What tells an event apart among those of its contact and source: the source's own id, else its campaign and `mark`, all else that makes it this event and not
 * another. The same twelve characters, then, for all whom a campaign met in one way.
 */
export function eventIdentity(externalId: string | null, campaignId: string | null, mark: string): string {
  return externalId === null ? hashPlace(campaignId ?? '', mark) : sourceIdentity(externalId, '');
}

/** What tells an event apart among all of its source, of what tells it apart among its contact's. The source's own ids do so by themselves, and they alone have a colon. */
export function wholeIdentity(contactId: string, identity: string): string {
  return identity.includes(':') ? identity : contactId + identity;
}

/** What tells a planned event apart among all of its source. */
export function plannedIdentity(
  externalId: string | null,
  contactId: string,
  campaignId: string | null,
  kind: string,
): string {
  const identity = eventIdentity(externalId, campaignId, kind);
  return externalId === null ? contactPrefix(contactId) + identity : identity;
}

let pool = Buffer.alloc(0);
let used = 0;
let lastMs = 0;
let lastCount = 0;

/**
 * Writes a UUID's sixteen bytes that begin with the time and, within a millisecond, a count (version 7, RFC 9562): each is after all that this process made before,
 * so that new rows stand side by side in their indexes, in the order in which they came. For rows that come by the thousand.
 */
export function writeTimedId(into: Uint8Array, at: number, now: number): void {
  lastCount += 1;
  if (now > lastMs || lastCount > 0xfff) {
    lastMs = Math.max(now, lastMs + 1);
    lastCount = 0;
  }
  // Out of a larger draw: asking for eight random bytes alone costs more than all the rest.
  if (used + 8 > pool.length) {
    pool = randomBytes(8192);
    used = 0;
  }
  const high = Math.floor(lastMs / 0x1_0000_0000);
  into[at] = high >> 8;
  into[at + 1] = high;
  into[at + 2] = lastMs >>> 24;
  into[at + 3] = lastMs >>> 16;
  into[at + 4] = lastMs >>> 8;
  into[at + 5] = lastMs;
  into[at + 6] = 0x70 | (lastCount >> 8);
  into[at + 7] = lastCount;
  for (let place = 8; place < 16; place += 1) into[at + place] = pool[used + place - 8] ?? 0;
  into[at + 8] = 0x80 | ((into[at + 8] ?? 0) & 0x3f);
  used += 8;
}

/** A UUID as text, of sixteen bytes. */
export function toUuid(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const one = Buffer.alloc(16);

/** The same as text. */
export function createTimedId(now: number): string {
  writeTimedId(one, 0, now);
  return toUuid(one, 0);
}
