import { describe, expect, it } from 'vitest';
import { identifierKeySchema } from '#contract/ids.ts';
import { importKey, keyOf } from './hash.ts';

const bytes = Uint8Array.from({ length: 32 }, (_, index) => index);

describe('keyOf', () => {
  // Computed with OpenSSL: printf '%s' 'email:…' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102… -binary | basenc --base64url
  it.each([
    ['email', 'dana.ortiz@brightforge.example', 'l5HfBdMpPXZg3HdEVONYCPIkmnBcvYjgZIlOuFuOJ3s'],
    ['domain', 'brightforge.example', '_DJlSAWExMTuHm4FbVPoTucfnvYrkj34X3YVGW_po9U'],
  ] as const)('is HMAC-SHA-256 over kind and value: %s', async (kind, value, mac) => {
    expect(await keyOf(await importKey('k1', bytes), kind, value)).toBe(`k1:${mac}`);
  });

  it('has the form of the contract, led by the key’s id', async () => {
    const key = await keyOf(await importKey('2026a', bytes), 'crm', 'salesforce:contact:0035g00000DanOrAAJ');
    expect(identifierKeySchema.parse(key)).toBe(key);
    expect(key.startsWith('2026a:')).toBe(true);
  });

  it('differs by kind, by value and by secret', async () => {
    const hashKey = await importKey('k1', bytes);
    const other = await importKey(
      'k1',
      bytes.map((byte) => byte ^ 1),
    );
    const keys = await Promise.all([
      keyOf(hashKey, 'domain', 'a.example'),
      keyOf(hashKey, 'linkedin', 'a.example'),
      keyOf(hashKey, 'domain', 'b.example'),
      keyOf(other, 'domain', 'a.example'),
    ]);
    expect(new Set(keys).size).toBe(4);
  });
});

it('refuses a key id that could not stand in an identifier key, and a secret too short to keep', async () => {
  await expect(importKey('K:1', bytes)).rejects.toThrow('no key id');
  await expect(importKey('k1', bytes.slice(0, 8))).rejects.toThrow('too short');
});
