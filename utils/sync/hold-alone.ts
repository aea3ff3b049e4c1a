/** The part of Web Locks that is used. A browser that has none runs one background, which takes its turns by itself. */
type Locks = Pick<LockManager, 'request'>;

/**
 * Does the work while nobody else of this extension in this browser does work under the same name: who comes second waits. A background that dies lets go of
 * it. Rejects as the work does.
 */
export async function holdAlone<T>(
  name: string,
  work: () => Promise<T>,
  locks: Locks | null = globalThis.navigator?.locks ?? null,
): Promise<T> {
  return locks === null ? work() : await locks.request(name, work);
}
