/**
 * Asks the browser not to clear what is kept here when the disk runs low; once granted, nothing is asked again. A service worker has nobody to ask:
 * there the extension's `unlimitedStorage` says the same.
 */
export async function keepStorage(): Promise<void> {
  const storage: StorageManager | undefined = globalThis.navigator?.storage;
  if (typeof storage?.persist !== 'function' || (await storage.persisted())) return;
  await storage.persist();
}
