import { inflateSync } from 'node:zlib';

/** An object of the file: its dictionary as it is written, and its stream, unpacked. */
interface Part {
  head: string;
  stream: string;
}

/**
 * What each sheet of a PDF says, as Chromium prints one, without white space: a PDF places letters and writes no words. A font's own numbers stand for the letters
 * there, and the font says which.
 */
export function readPdf(bytes: Uint8Array): string[] {
  const parts = readParts(Buffer.from(bytes).toString('latin1'));
  const follow = (text: string, name: string) => parts.get(new RegExp(`/${name} (\\d+) 0 R`).exec(text)?.[1] ?? '');
  const sheets = [...parts.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head));
  return sheets.map(({ head }) => {
    const resources = follow(head, 'Resources')?.head ?? head;
    const fonts = new Map<string, Map<string, string>>();
    for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g))
      fonts.set(name, readLetters(follow(parts.get(id)?.head ?? '', 'ToUnicode')?.stream ?? ''));
    return readSheet(follow(head, 'Contents')?.stream ?? '', fonts);
  });
}

function readParts(file: string): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const [, id = '', body = ''] of file.matchAll(/(?:^|\n)(\d+) 0 obj\r?\n?([\s\S]*?)endobj/g)) {
    const [head = '', packed] = body.split(/stream\r?\n/, 2);
    const isPacked = head.includes('/FlateDecode');
    const data = Buffer.from(packed ?? '', 'latin1');
    parts.set(id, { head, stream: (isPacked && packed ? inflateSync(data) : data).toString('latin1') });
  }
  return parts;
}

/** What a font's numbers stand for, from its table: single numbers, and runs of them. */
function readLetters(table: string): Map<string, string> {
  const letters = new Map<string, string>();
  const toText = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, lines = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, from = '', to = ''] of lines.matchAll(/<(\w+)>\s*<(\w+)>/g))
      letters.set(from.toUpperCase(), toText(to));
  for (const [, lines = ''] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, first = '', last = '', to = ''] of lines.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let n = Number.parseInt(first, 16); n <= Number.parseInt(last, 16); n++) {
        const code = Number.parseInt(to, 16) + n - Number.parseInt(first, 16);
        letters.set(n.toString(16).padStart(4, '0').toUpperCase(), String.fromCharCode(code));
      }
  return letters;
}

/** The letters of a sheet's drawing. */
function readSheet(drawing: string, fonts: ReadonlyMap<string, Map<string, string>>): string {
  let letters: Map<string, string> | undefined;
  let said = '';
  for (const [, font, hex, pieces] of drawing.matchAll(/\/(F\d+) [\d.]+ Tf|<(\w+)>\s*Tj|\[([^\]]*)\]\s*TJ/g)) {
    if (font) letters = fonts.get(font);
    const numbers = (hex ?? [...(pieces ?? '').matchAll(/<(\w+)>/g)].map((each) => each[1]).join('')).toUpperCase();
    for (const number of numbers.match(/.{4}/g) ?? []) said += letters?.get(number) ?? '';
  }
  return said.replace(/\s/g, '');
}
