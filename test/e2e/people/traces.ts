import { createHash, createHmac } from 'node:crypto';
import type { Session } from '#contract/session.ts';
import type { Clue } from '#contract/sighting.ts';
import { normalizeClue } from '../../../utils/identity/clue.ts';
import type { Recorded } from '../harness/recorder.ts';

/** Everything by which somebody could be told in what was sent: identifiers as clues, and words such as their name. */
export interface Identity {
  clues: Clue[];
  words: string[];
}

/** A text in base64 wherever it begins in a longer one: of three alignments, the part that no neighbour changes. */
function inBase64(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${'\0'.repeat(before)}${text}`)
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((before * 4) / 3);
    const whole = Math.floor(((before + Buffer.byteLength(text)) * 8) / 6);
    return encoded.slice(first, whole);
  });
}

function digestsOf(text: string, secret: Buffer): Buffer[] {
  return [
    ...['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(text).digest()),
    createHmac('sha256', secret).update(text).digest(),
  ];
}

function inHashes(text: string, secret: Buffer): string[] {
  return digestsOf(text, secret).flatMap((digest) => [
    digest.toString('hex'),
    digest.toString('base64').replace(/=+$/, ''),
    digest.toString('base64url'),
  ]);
}

/** Every form in which an identity would be recognised: as it is, in an address, in base64, hashed, and under the workspace's own key. */
export function formsOf(identity: Identity, session: Session): string[] {
  const secret = Buffer.from(session.hashing.key, 'base64url');
  const clues = identity.clues.map((clue) => normalizeClue(clue) ?? clue);
  const texts = [...new Set([...clues.map((clue) => clue.value), ...identity.words])];
  const keyed = clues.flatMap(({ kind, value }) => inHashes(`${kind}:${value}`, secret));
  const plain = texts.flatMap((text) => [
    text,
    encodeURIComponent(text),
    ...inBase64(text),
    ...inBase64(text.toLowerCase()),
    asJson(text),
    Buffer.from(text).toString('hex'),
    Buffer.from(text).toString('latin1'),
    ...inHashes(text, secret),
    ...inHashes(text.toLowerCase(), secret),
  ]);
  return [...new Set([...keyed, ...plain])].filter((form) => form.length >= 5);
}

/** A text as JSON may write it: every letter outside of ASCII by its number. */
function asJson(text: string): string {
  return text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The first 48 bits of every hash of an identity, as hex, base64, base64url and bytes: what an index keeps of one. To be compared letter by letter. */
export function beginningsOf(identity: Identity, session: Session): string[] {
  const secret = Buffer.from(session.hashing.key, 'base64url');
  const clues = identity.clues.map((clue) => normalizeClue(clue) ?? clue);
  const texts = [...clues.map(({ value }) => value), ...identity.words];
  const all = [
    ...clues.map(({ kind, value }) => `${kind}:${value}`),
    ...texts,
    ...texts.map((each) => each.toLowerCase()),
  ];
  const begins = [...new Set(all)].flatMap((text) => digestsOf(text, secret).map((digest) => digest.subarray(0, 6)));
  const encodings = ['hex', 'base64', 'base64url', 'latin1'] as const;
  return [...new Set(begins.flatMap((begin) => encodings.map((encoding) => begin.toString(encoding))))];
}

/** As `findTraces`, but letter by letter: for forms so short that without regard to case they would be found by chance. */
export function findBeginnings(requests: readonly Recorded[], forms: readonly string[]): string[] {
  return requests.flatMap(({ method, path, headers, body }) => {
    const said = `${path}\n${headers}\n${body}`;
    const texts = [said, decode(said)];
    return forms
      .filter((form) => texts.some((text) => text.includes(form)))
      .map((form) => `${method} ${path} holds ${form}`);
  });
}

/** Where these forms stand in what was sent, each as the request and the form; empty when nowhere. Compared without regard to case. */
export function findTraces(requests: readonly Recorded[], forms: readonly string[]): string[] {
  return requests.flatMap(({ method, path, headers, body }) => {
    const said = `${path}\n${headers}\n${body}`;
    const texts = [said, said.replaceAll('+', ' '), decode(said)].map((text) => text.toLowerCase());
    return forms
      .filter((form) => texts.some((text) => text.includes(form.toLowerCase())))
      .map((form) => `${method} ${path} holds ${form}`);
  });
}

function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
}
