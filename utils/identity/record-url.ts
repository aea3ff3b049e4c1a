/** An address template, taken apart once and asked often. */
export interface RecordUrl {
  /** The record's number in this address, as it stands there, decoded; null when the address is none of the template's. */
  read(url: URL): string | null;
}

type Values = Map<string, string>;
type Match = (text: string) => Values | null;

/** What a record's number may look like, by the kind that the template says. */
const kinds: Readonly<Record<string, RegExp>> = {
  id: /^[\w.-]{1,100}$/,
  'id:number': /^\d{1,20}$/,
  'id:guid': /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'id:text': /^[^\p{Cc}]{1,100}$/u,
};

/** What stands in the place of a number where a form or a list is shown. */
const noRecord = /^(?:add|all|create|edit|export|home|import|index|list|new|search|settings|undefined|null|view)$/i;

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Where a name's text ends: before the fixed text that follows it, or at the end. It is never empty. Below 0: nowhere. */
function endOf(text: string, from: number, next: string | undefined): number {
  if (next === undefined) return text.length > from ? text.length : -1;
  return text.indexOf(next, from + 1);
}

/** One segment or value with names in it: `lead_{id}` takes `lead_7`. Names take what stands between the fixed texts; no regular expression of anybody's making. */
function matchPart(pattern: string): Match {
  const pieces = pattern.split(/(\{[a-zA-Z:]+\})/).filter((piece) => piece !== '');
  return (raw) => {
    const text = decode(raw);
    if (text === null) return null;
    const values: Values = new Map();
    let at = 0;
    for (const [index, piece] of pieces.entries()) {
      const isName = piece.startsWith('{');
      const end = isName ? endOf(text, at, pieces[index + 1]) : at + piece.length;
      if (end < 0 || (!isName && !text.startsWith(piece, at))) return null;
      if (isName) values.set(piece.slice(1, -1), text.slice(at, end));
      at = end;
    }
    return at === text.length ? values : null;
  };
}

function merge(all: (Values | null)[]): Values | null {
  const values: Values = new Map();
  for (const one of all) {
    if (one === null) return null;
    for (const [name, value] of one) values.set(name, value);
  }
  return values;
}

const anything: Match = (text) => (text === '' ? null : new Map());
const segmentsOf = (path: string) => path.replace(/^\//, '').replace(/\/$/, '').split('/');

function matchPath(pattern: string): Match {
  const parts = segmentsOf(pattern).map((part) => (part === '*' ? anything : matchPart(part)));
  return (path) => {
    const segments = segmentsOf(path);
    return segments.length === parts.length ? merge(parts.map((match, index) => match(segments[index] ?? ''))) : null;
  };
}

/** Parameters in any order; what else stands there is passed over. */
function matchParameters(pattern: string): Match {
  const wanted = pattern.split('&').map((pair) => {
    const [key = '', value = ''] = pair.split('=', 2);
    return { key: decode(key) ?? key, match: matchPart(value) };
  });
  return (text) => {
    const given = new URLSearchParams(text);
    return merge(wanted.map(({ key, match }) => match(encodeURIComponent(given.get(key) ?? ''))));
  };
}

function matchHash(pattern: string): Match {
  if (!pattern.startsWith('/') && pattern.includes('=')) return matchParameters(pattern);
  const match = matchPath(pattern);
  return (hash) => match(hash.replace(/\?.*$/s, ''));
}

/** The number among what was read, if it is one of its kind. Curly braces around it are left off. */
function numberIn(values: Values | null): string | null {
  for (const [kind, form] of Object.entries(kinds)) {
    const id = values
      ?.get(kind)
      ?.trim()
      .replace(/^\{(.*)\}$/, '$1');
    if (id !== undefined) return form.test(id) && !noRecord.test(id) ? id : null;
  }
  return null;
}

/**
 * Takes an address template apart (its form is the contract's `urlTemplateSchema`): path, then parameters, then what follows `#`, each only where the
 * template names it; without any, whatever stands there is passed over.
 */
export function compileRecordUrl(template: string): RecordUrl {
  const [beforeHash = '', hash] = template.split('#', 2);
  const [path = '', query] = beforeHash.split('?', 2);
  const matchers: ((url: URL) => Values | null)[] = [];
  if (path !== '') {
    const match = matchPath(path);
    matchers.push((url) => match(url.pathname));
  }
  if (query !== undefined) {
    const match = matchParameters(query);
    matchers.push((url) => match(url.search.slice(1)));
  }
  if (hash !== undefined) {
    const match = matchHash(hash);
    matchers.push((url) => match(url.hash.slice(1)));
  }
  return { read: (url) => numberIn(merge(matchers.map((match) => match(url)))) };
}
