/** A text's number from 0 up to 1, spread evenly (FNV-1a, then mixed so that short ids that differ in the last sign lie apart). */
export function hashToShare(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}

/** Of all rows so many are held out. */
export const heldOutShare = 0.2;
