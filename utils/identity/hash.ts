import type { IdentifierKey } from '#contract/ids.ts';
import type { KeyKind } from './tag.ts';

/** A workspace's key for hashing identifiers, and its public id. */
export interface HashKey {
  keyId: string;
  key: CryptoKey;
}

const encoder = new TextEncoder();

/** Bytes as base64url, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/**
 * Takes the workspace's secret bytes in, so that they cannot be read back out.
 * Throws when the key's id is not 1 to 16 of `a-z0-9`, or the secret is shorter than 16 bytes.
 */
export async function importKey(keyId: string, rawBytes: Uint8Array<ArrayBuffer>): Promise<HashKey> {
  if (!/^[a-z0-9]{1,16}$/.test(keyId))
    throw new Error(`"${keyId}" is no key id: it takes 1 to 16 small letters and digits.`);
  if (rawBytes.byteLength < 16) throw new Error('The key for identifiers is too short: it takes at least 16 bytes.');
  const key = await crypto.subtle.importKey('raw', rawBytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return { keyId, key };
}

/**
 * The keyed hash by which device and store speak of an identifier: HMAC-SHA-256 over `<kind>:<normalised value>` in UTF-8.
 * The kind is part of it, so that a domain and an address never share a key. `normalisedValue` comes from `normalizeClue`; kind and value of the weaker forms from `tag.ts`.
 */
export async function keyOf(hashKey: HashKey, kind: KeyKind, normalisedValue: string): Promise<IdentifierKey> {
  const mac = await crypto.subtle.sign('HMAC', hashKey.key, encoder.encode(`${kind}:${normalisedValue}`));
  return `${hashKey.keyId}:${toBase64Url(new Uint8Array(mac))}` as IdentifierKey;
}
