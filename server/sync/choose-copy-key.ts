import { inWorkspace } from '../db/scope.ts';
import type { Caller, Deps } from '../deps.ts';
import { findKey, type HashKey, noteDeviceKey, readDeviceKeyId, readHashKeys } from '../store/hash-key.ts';

/**
 * Under which key a device gets a whole copy, noted as the device's own: the one it names; one that names none looks people up by the key that it was last
 * given. One that is no longer in use is answered under the newest.
 */
export function chooseCopyKey({ db }: Deps, caller: Caller, named: string | null): Promise<HashKey> {
  const { workspaceId, deviceId } = caller;
  return inWorkspace(db, workspaceId, async (scope) => {
    const keys = await readHashKeys(scope, workspaceId);
    const wanted = named ?? (await readDeviceKeyId(scope, workspaceId, deviceId));
    const key = findKey(keys, wanted) ?? keys.current;
    await noteDeviceKey(scope, workspaceId, deviceId, key.keyId);
    return key;
  });
}
