import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

function keyOf(token: string): Buffer {
  return Buffer.from(hkdfSync('sha256', token, '', 'baton kept answer', 32));
}

/** Locks a text up so that only who holds the token can read it: the store itself knows no more of a token than its hash. `about` must be the same to open it. */
export function seal(token: string, about: Buffer, text: string): string {
  const iv = randomBytes(ivBytes);
  const lock = createCipheriv(cipher, keyOf(token), iv).setAAD(about);
  const locked = Buffer.concat([lock.update(text, 'utf8'), lock.final()]);
  return Buffer.concat([iv, lock.getAuthTag(), locked]).toString('base64');
}

/** Opens what `seal` locked up. Throws when the token or `about` is another, or a byte was changed. */
export function unseal(token: string, about: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const lock = createDecipheriv(cipher, keyOf(token), bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  lock.setAAD(about).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return lock.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + lock.final('utf8');
}
