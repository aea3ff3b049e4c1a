import { hash, randomBytes } from 'node:crypto';

/**
 * What tells an event apart within its source, in 24 characters however long its parts are: the unique index over it is the largest
 * of the store. The source's own id is kept as it is where it is short, so that it can be found again.
 */
export function eventIdentity(externalId: string | null, place: string): string {
  if (externalId !== null && externalId.length <= 60) return `id:${externalId}`;
  return `h:${hash('sha256', externalId ?? place, 'base64url').slice(0, 22)}`;
}

let pool = Buffer.alloc(0);
let used = 0;

/** Ten random bytes out of a larger draw: asking for each alone costs more than all the rest. */
function drawRandom(): string {
  if (used + 10 > pool.length) {
    pool = randomBytes(8192);
    used = 0;
  }
  used += 10;
  return pool.toString('hex', used - 10, used);
}

/** A UUID that begins with the time (version 7, RFC 9562), so that new rows stand side by side in their index. For rows that come by the thousand. */
export function createTimedId(now: number): string {
  const time = now.toString(16).padStart(12, '0');
  const random = drawRandom();
  const variant = ((Number.parseInt(random[3] ?? '0', 16) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}
