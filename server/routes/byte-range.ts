/** What of a file is asked for: all of it, a stretch (`to` is the byte after its last), or more than there is. */
export type ByteRange = 'whole' | 'beyond' | { from: number; to: number };

/**
 * Reads `Range` for a file of so many bytes. One stretch of bytes is understood, from both ends; several at once, other units and what makes no sense are passed
 * over, as RFC 9110 allows: all of the file is the answer then. With an `If-Range` that does not name this very file it is, too. Pure.
 */
export function readRange(
  headers: { range: string | undefined; ifRange: string | undefined },
  file: { etag: string; bytes: number },
): ByteRange {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'whole';
  if (headers.ifRange !== undefined && headers.ifRange !== file.etag) return 'whole';
  if (first === '')
    return Number(last) === 0 ? 'beyond' : { from: Math.max(0, file.bytes - Number(last)), to: file.bytes };
  const from = Number(first);
  if (last !== '' && Number(last) < from) return 'whole';
  if (from >= file.bytes) return 'beyond';
  return { from, to: last === '' ? file.bytes : Math.min(file.bytes, Number(last) + 1) };
}

/** Whether `If-None-Match` names this file. A weak one names it as well: nothing is put together from it. */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === etag);
}
