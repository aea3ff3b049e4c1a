import { word } from '../../utils/platform/words.ts';
import { readInviteLink } from '../../utils/settings/invite-link.ts';
import { readPolicy } from '../../utils/settings/policy.ts';

/** Refuses an invite to another store than the one the organisation that manages this browser has fixed; null: it may be looked at. */
export async function barInvite(pasted: string): Promise<{ ok: false; message: string } | null> {
  const { storeUrl } = (await readPolicy()).policy;
  const link = readInviteLink(pasted);
  if (storeUrl === null || !link.ok || link.storeUrl === storeUrl) return null;
  return { ok: false, message: word('connect_other_store', new URL(storeUrl).host) };
}
