import type { Bundle } from '#contract/bundle.ts';
import type { Face } from '../../store/face.ts';

/** What a bundle is found by. The same as `readFaces` reads where bundles are not needed whole. Pure. */
export function faceOf({ id, account, contacts }: Bundle): Face {
  const keys = [account?.keys ?? [], ...contacts.map((each) => each.keys)];
  return {
    id,
    ids: [...(account === null ? [] : [account.id]), ...contacts.map((each) => each.id)],
    keys: [...new Set(keys.flat())],
    names: [...(account === null ? [] : [account.name]), ...contacts.map((each) => each.name)],
    contacts: contacts.length,
  };
}
