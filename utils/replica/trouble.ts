/** Names of what a database says when its files are damaged, as the browsers do. */
const damages: ReadonlySet<string> = new Set(['UnknownError', 'DataError', 'NotReadableError', 'NotFoundError']);

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : '';
}

/** Whether the browser or the disk has no room for what was to be kept. */
export function isNoRoom(error: unknown): boolean {
  return nameOf(error) === 'QuotaExceededError';
}

/** Whether the database itself cannot be read: emptying it would not help, only making it anew. */
export function isDamage(error: unknown): boolean {
  return error instanceof DOMException && damages.has(nameOf(error));
}
