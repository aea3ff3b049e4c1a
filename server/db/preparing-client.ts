import { createHash } from 'node:crypto';
import pg from 'pg';

/** More distinct statements than this process should have; beyond, statements are sent unnamed. */
const mostNames = 1000;
/** Longer texts come from lists of values, and hardly come twice. */
const longestText = 6000;
const names = new Map<string, string>();

function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= mostNames || text.length > longestText) return null;
  const name = `b${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`;
  names.set(text, name);
  return name;
}

/** A connection that names its statements by their text: PostgreSQL reads and plans each once a connection. A pooler in transaction mode must know of prepared statements, or this be switched off. */
export class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares a dozen overloads; only (text, values) is changed.
  override query(...words: any[]): any {
    const [text, values] = words;
    const isPlain = words.length === 2 && typeof text === 'string' && Array.isArray(values);
    const name = isPlain ? nameOf(text) : null;
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const send = super.query as (...all: any[]) => any;
    return name === null ? send.apply(this, words) : send.call(this, { name, text, values });
  }
}
