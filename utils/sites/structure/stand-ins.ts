import { toSalesforce18 } from '../../identity/crm.ts';
import { escapePattern, isFieldWord } from '../spelled.ts';
import { keptWords } from './harmless.ts';

/** Who is named on a page: words in lower case, and whole names as addresses spell them, which hooks hold in the midst of a word. */
export interface PrivateNames {
  words: ReadonlySet<string>;
  slugs: readonly string[];
}

/** Turns what a page says into made-up words of the same shape. The same word gives the same stand-in, so that what agreed on the page still agrees. */
export interface StandIns {
  /** For text: every word is replaced, but for brands of the sites themselves, a text that is all a field's label, and what `kept` finds. */
  text(raw: string, kept?: RegExp): string;
  /** For an address (of the web), a path or a part of it: what every site of that kind has in common stays. */
  address(raw: string): string;
  /** For a hook of the page's code: addresses, numbers and identifiers in it are replaced, and the page's private names; not what `kept` finds. */
  hook(raw: string, kept: RegExp): string;
}

const email = /[\p{L}\p{N}._%+'-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const salesforceId = /\b(?:00[1-9QEk]|500|a[0-9A-Z]{2})[A-Za-z0-9]{12}(?:[A-Z0-5]{3})?\b/g;
const memberUrn = /(AC[ow]AA)([\w-]+?)(?=Topcard|About|Experience|Education|Activity|Skills|[^\w-]|$)/g;
const word = /[\p{L}\p{M}\p{N}]+/gu;
/** A sign that an address may not hold as it is; a brace may be coded twice. */
const coded = /%(?:257[bd]|[0-9a-f]{2})/gi;
const consonants = 'bdfgklmnprstvz';
const vowels = 'aeiou';

/** Letters that an address spells in percents are the same word as those it does not. What cannot be decoded is left out. */
function spelledOut(address: string): string {
  return address.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run).replace(/[^\p{L}\p{M}\p{N}._~-]/gu, encodeURIComponent);
    } catch {
      return '';
    }
  });
}

/** Letters for letters and digits for digits, in a rhythm that can be read. */
function invent(shape: string, seed: number): string {
  let state = seed * 2654435761;
  const next = (choices: string) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return choices[(state >>> 16) % choices.length] ?? '';
  };
  // Dates tell a job that goes on from one that is over.
  if (/^(?:19|20)\d\d$/.test(shape)) return `19${next('56789')}${next('0123456789')}`;
  return [...shape]
    .map((each, index) => {
      if (/\p{N}/u.test(each)) return next(index === 0 && each !== '0' ? '123456789' : '0123456789');
      return next(index % 2 === 0 ? consonants : vowels);
    })
    .join('');
}

function likeCaseOf(model: string, made: string): string {
  return [...made].map((each, index) => (/\p{Lu}/u.test([...model][index] ?? '') ? each.toUpperCase() : each)).join('');
}

/** Creates the stand-ins for one page; `secret`: whom it names. */
export function createStandIns(secret: PrivateNames): StandIns {
  const slugs = new RegExp(secret.slugs.map(escapePattern).join('|') || '(?!)', 'gi');
  const words = new Map<string, string>();
  const taken = new Set<string>();
  const addresses = new Map<string, string>();

  function standInFor(raw: string): string {
    const key = raw.toLowerCase();
    let made = words.get(key);
    for (let seed = words.size * 97 + 1; made === undefined; seed += 1) {
      const tried = invent(key, seed);
      // Short words run out: then one may stand for two.
      if ((taken.has(tried) || tried === key) && seed % 97 !== 0) continue;
      made = tried;
    }
    words.set(key, made);
    taken.add(made);
    return likeCaseOf(raw, made);
  }

  function standInForAddress(raw: string): string {
    const key = raw.toLowerCase().replace('%40', '@');
    const made = addresses.get(key) ?? `person-${addresses.size + 1}@example.example`;
    addresses.set(key, made);
    return made;
  }

  /** Hexadecimal, so that it still is one. */
  function standInForGuid(raw: string): string {
    const whole = standInFor(raw.replaceAll('-', '')).replace(/[g-z]/gi, (each) =>
      (each.charCodeAt(0) % 10).toString(),
    );
    return whole.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  function standInForMember(tail: string): string {
    return standInFor(tail.replace(/[^A-Za-z0-9]/g, 'x'));
  }

  function standInForRecord(raw: string): string {
    const short = raw.slice(0, 3) + standInFor(raw.slice(3, 15));
    return raw.length === 15 ? short : (toSalesforce18(short) ?? short);
  }

  /** Replaces each find of a pattern by what `make` gives, and what lies between by what `rest` gives. */
  function split(
    raw: string,
    pattern: RegExp,
    make: (...found: string[]) => string,
    rest: (between: string) => string,
  ): string {
    let made = '';
    let at = 0;
    for (const found of raw.matchAll(pattern)) {
      made += rest(raw.slice(at, found.index)) + make(...found);
      at = found.index + found[0].length;
    }
    return made + rest(raw.slice(at));
  }

  const eachWord = (raw: string, isKept: (each: string) => boolean) =>
    raw.replace(word, (each) => (isKept(each) ? each : standInFor(each)));

  const replacing =
    (pattern: RegExp, make: (...found: string[]) => string, rest: (between: string) => string) => (raw: string) =>
      split(raw, pattern, make, rest);

  const identifiers = (raw: string, rest: (between: string) => string) => {
    const member = replacing(memberUrn, (_all, head = '', tail = '') => head + standInForMember(tail), rest);
    const record = replacing(salesforceId, standInForRecord, replacing(guid, standInForGuid, member));
    return split(raw, email, standInForAddress, record);
  };

  const same = (found: string) => found;
  const isCode = (each: string) => !/\d{4}/.test(each) && !secret.words.has(each.toLowerCase());

  const text: StandIns['text'] = (raw, kept = /(?!)/g) => {
    const inText = (rest: string) => eachWord(rest, (each) => keptWords.brands.has(each));
    return isFieldWord(raw) ? raw : split(raw, kept, same, (rest) => identifiers(rest, inText));
  };

  const address: StandIns['address'] = (raw) => {
    const isCommon = (each: string) => keptWords.paths.has(each.toLowerCase()) || /^(?:\d|crm\d{0,2})$/.test(each);
    return identifiers(
      spelledOut(raw),
      replacing(coded, same, (rest) => eachWord(rest, isCommon)),
    );
  };

  const hook: StandIns['hook'] = (raw, kept) => {
    const inHook = replacing(slugs, address, (rest) => eachWord(rest, isCode));
    return split(raw, kept, same, (rest) => identifiers(rest, inHook));
  };

  return { text, address, hook };
}
