import type { Session } from '#contract/session.ts';
import { type HashKey, importKey } from '../identity/hash.ts';
import { type ReplicaHead, readHead } from '../replica/database.ts';
import { type Connection, changeLocal, readLocal } from '../settings/local-state.ts';
import type { Ground } from './ground.ts';

/** Devices move to a new key at some moment of an hour each, so that the store is not asked for all copies at once. In milliseconds. */
const spreadMs = 60 * 60_000;
/** A copy that could not be had is asked for again after so long; until then the one that is there is kept up to date. */
const againMs = 10 * 60_000;

/** Under which key the copy is. One that was taken before copies said so is under the key that this browser knew by then. */
export function keyIdOf(head: ReplicaHead, connection: Connection): string {
  return head.keyId ?? connection.session.hashing.keyId;
}

/** A key as the session carries it (base64url), by its id; null when this browser does not have it. */
export async function readSecret(ground: Ground, connection: Connection, keyId: string): Promise<string | null> {
  const { hashing } = connection.session;
  if (hashing.keyId === keyId) return hashing.key;
  return (await readLocal(ground.local, 'hashKeys'))?.[keyId] ?? null;
}

/** The key that a session carries, taken in. */
export async function takeHashKey(keyId: string, secret: string): Promise<HashKey> {
  const bytes = Uint8Array.from(atob(secret.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));
  return importKey(keyId, bytes);
}

/**
 * Keeps the keys that are in use: the newest, and the one that the copy is under. To be called before the session takes the place of the one before, and after a copy
 * was taken: a key that no copy is under any more is forgotten.
 */
export async function keepHashKeys(ground: Ground, session: Session): Promise<void> {
  const connection = await readLocal(ground.local, 'connection');
  const head = await readHead(ground.replica);
  if (connection === null) return;
  const held = head && keyIdOf(head, connection);
  // What the head does not say is known for the last time now.
  if (head !== null && head.keyId === undefined && held !== null)
    await ground.replica.put('head', { ...head, keyId: held });
  const { keyId, key, previous } = session.hashing;
  const before = connection.session.hashing;
  await changeLocal(ground.local, 'hashKeys', (known) => {
    const all = {
      [before.keyId]: before.key,
      ...known,
      ...(previous && { [previous.keyId]: previous.key }),
      [keyId]: key,
    };
    return Object.fromEntries(Object.entries(all).filter(([id]) => id === keyId || id === held));
  });
}

/** What of a session is kept with the connection: older keys are kept apart, and forgotten apart. */
export function withoutOlderKeys(session: Session): Session {
  const { keyId, key } = session.hashing;
  return { ...session, hashing: { keyId, key } };
}

/** How long the store keeps the older key from now on, by its own clock; 0 when it keeps none. */
function previousLasts({ hashing: { previous }, storeTime }: Session): number {
  return previous === undefined ? 0 : Math.max(0, Date.parse(previous.endsAt) - Date.parse(storeTime));
}

/**
 * Settles when this browser takes its copy under the newest key: at a random moment of the next hour, once, so that a restart neither begins the hour anew nor
 * puts it off; at once where the older key is about to end.
 */
export async function planMove(ground: Ground, session: Session, random: () => number = Math.random): Promise<void> {
  const now = ground.now();
  const { keyId } = session.hashing;
  const isEnding = previousLasts(session) < spreadMs;
  const drawn = now + Math.round(random() * spreadMs);
  await changeLocal(ground.local, 'keyMove', (planned) => {
    if (isEnding) return { keyId, at: now };
    return planned?.keyId === keyId ? planned : { keyId, at: drawn };
  });
}

/** Whether the copy is to be taken anew now, under a newer key than it is under. A moment that a turned clock put far off has come. */
export async function isMoveDue(ground: Ground, head: ReplicaHead): Promise<boolean> {
  const connection = await readLocal(ground.local, 'connection');
  if (connection === null || keyIdOf(head, connection) === connection.session.hashing.keyId) return false;
  const move = await readLocal(ground.local, 'keyMove');
  const now = ground.now();
  return move === null || now >= move.at || move.at - now > spreadMs;
}

/** The person asked to be brought up to date: a move that is planned is due. */
export async function hastenMove(ground: Ground): Promise<void> {
  const at = ground.now();
  await changeLocal(ground.local, 'keyMove', (planned) => planned && { ...planned, at });
}

/** The move did not come about: the copy stays as it is for a while. */
export async function putMoveOff(ground: Ground): Promise<void> {
  const at = ground.now() + againMs;
  await changeLocal(ground.local, 'keyMove', (planned) => planned && { ...planned, at });
}
