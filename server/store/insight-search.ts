import { type RawBuilder, sql } from 'kysely';
import { likeWords } from './like-words.ts';

/** Scripts that write no spaces between words, where a text search finds only what a run begins with. */
const runOn = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

/** Whether these words are looked for letter by letter, in the names themselves: such an insight `i` comes with `account` and `contact`. */
export function isLetterByLetter(words: string | null): boolean {
  return words !== null && runOn.test(words);
}

/**
 * Whether an insight `i` says these words, or its account and person are called so; null words: all do. Words are taken as `websearch_to_tsquery` does, folded as what is
 * stored was; the last one may be a beginning, since people look while they type. Words of scripts without spaces are looked for as they stand.
 */
export function writeFound(words: string | null): RawBuilder<unknown> {
  if (words === null) return sql`true`;
  if (isLetterByLetter(words))
    return sql`concat_ws(' ', i.text, i.quote, i.theme, i.account, i.contact) ilike ${`%${likeWords(words)}%`}`;
  const query = sql`(select ${writeQuery(words)})`;
  return sql`(i.search @@ ${query} or i.names @@ ${query})`;
}

function writeQuery(words: string) {
  const query = sql`websearch_to_tsquery('simple', fold_words(${words}::text))`;
  if (!/[\p{L}\p{N}]$/u.test(words)) return query;
  return sql`case when numnode(${query}) = 0 then ${query} else (${query}::text || ':*')::tsquery end`;
}
