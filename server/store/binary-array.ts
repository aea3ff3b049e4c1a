const oids = { uuid: 2950, text: 25, timestamptz: 1184, bool: 16 } as const;

/** Begins an array of one dimension in PostgreSQL's binary form, with room for `bytes` of elements. */
function begin(type: keyof typeof oids, count: number, bytes: number): Buffer {
  const array = Buffer.allocUnsafe(20 + count * 4 + bytes);
  array.writeInt32BE(1, 0);
  array.writeInt32BE(1, 4);
  array.writeInt32BE(oids[type], 8);
  array.writeInt32BE(count, 12);
  array.writeInt32BE(1, 16);
  return array;
}

const nibbles = new Uint8Array(128);
for (const [value, sign] of [...'0123456789abcdef'].entries()) {
  nibbles[sign.charCodeAt(0)] = value;
  nibbles[sign.toUpperCase().charCodeAt(0)] = value;
}

/** Where a UUID's sixteen bytes stand in its text. */
const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/** UUIDs as a parameter for `uuid[]`: a tenth of the work of their text, on both sides. */
export function packUuids(values: readonly (string | null)[]): Buffer {
  const array = begin('uuid', values.length, values.length * 16);
  let at = 20;
  for (const value of values) {
    array.writeInt32BE(value === null ? -1 : 16, at);
    at += 4;
    if (value === null) continue;
    for (const place of places) {
      array[at] = ((nibbles[value.charCodeAt(place)] ?? 0) << 4) | (nibbles[value.charCodeAt(place + 1)] ?? 0);
      at += 1;
    }
  }
  return array.subarray(0, at);
}

/** Texts as a parameter for `text[]`. */
export function packTexts(values: readonly (string | null)[]): Buffer {
  let longest = 0;
  for (const value of values) longest += (value?.length ?? 0) * 3;
  const array = begin('text', values.length, longest);
  let at = 20;
  for (const value of values) {
    const bytes = value === null ? -1 : array.write(value, at + 4);
    array.writeInt32BE(bytes, at);
    at += 4 + Math.max(0, bytes);
  }
  return array.subarray(0, at);
}

/** PostgreSQL counts from 2000-01-01. Milliseconds. */
const epoch = 946_684_800_000;

/** Moments as a parameter for `timestamptz[]`. */
export function packMoments(values: readonly Date[]): Buffer {
  const array = begin('timestamptz', values.length, values.length * 8);
  let at = 20;
  for (const value of values) {
    const micros = (value.getTime() - epoch) * 1000;
    array.writeInt32BE(8, at);
    array.writeInt32BE(Math.floor(micros / 4_294_967_296), at + 4);
    array.writeUInt32BE(((micros % 4_294_967_296) + 4_294_967_296) % 4_294_967_296, at + 8);
    at += 12;
  }
  return array;
}

/** Yes and no as a parameter for `boolean[]`. */
export function packFlags(values: readonly boolean[]): Buffer {
  const array = begin('bool', values.length, values.length);
  let at = 20;
  for (const value of values) {
    array.writeInt32BE(1, at);
    array[at + 4] = value ? 1 : 0;
    at += 5;
  }
  return array;
}
