import { inviteSecretSchema } from '#contract/session.ts';
import { word } from '../platform/words.ts';

/** An invite link taken apart: where its store is (without a slash at the end), and the secret that it takes once. */
export type InviteLink = { ok: true; storeUrl: string; secret: string } | { ok: false; message: string };

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

function toUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** Whether what is sent to this address can be read on the way. On the machine itself nobody stands in between. */
export function isPlainToFar(url: URL): boolean {
  return url.protocol === 'http:' && !loopback.has(url.hostname);
}

/** Whether the address of an open page is meant as an invite link, whole or not: of the many pages called `join`, one whose fragment begins as a secret does. Pure. */
export function looksLikeInvite(address: string): boolean {
  const url = toUrl(address);
  if (url === null) return false;
  return url.pathname.endsWith('/join') && /^#[0-9a-f]{8}-[0-9a-f-]{1,27}/.test(url.hash);
}

/** Reads what somebody pasted as an invite link. Pure. `message` says what is wrong with it and what to do. */
export function readInviteLink(pasted: string): InviteLink {
  const url = toUrl(pasted.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return { ok: false, message: word('connect_no_link') };
  if (isPlainToFar(url)) return { ok: false, message: word('connect_plain_http', url.host) };
  const secret = url.hash.slice(1);
  if (!url.pathname.endsWith('/join') || !inviteSecretSchema.safeParse(secret).success)
    return { ok: false, message: word('connect_incomplete_link') };
  return { ok: true, storeUrl: `${url.origin}${url.pathname.slice(0, -'/join'.length)}`, secret };
}
