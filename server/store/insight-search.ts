import { type RawBuilder, sql } from 'kysely';
import { likeWords } from './like-words.ts';

/** Scripts that write no spaces between words, where a text search finds only what a run begins with. */
const runOn = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

/**
 * Whether an insight `i` (with `account` and `contact`, by name) says these words; null words: all do. Words are taken as `websearch_to_tsquery` does, folded as what is
 * stored was; the last one may be a beginning, since people look while they type. Words of scripts without spaces are looked for as they stand.
 */
export function writeFound(words: string | null): RawBuilder<unknown> {
  if (words === null) return sql`true`;
  if (runOn.test(words))
    return sql`concat_ws(' ', i.text, i.quote, i.theme, i.account, i.contact) ilike ${`%${likeWords(words)}%`}`;
  const query = sql`(select ${writeQuery(words)})`;
  const names = sql`concat_ws(' ', i.account, i.contact)`;
  // Folding every name is what takes long: one in plain letters that holds none of the words as they stand cannot match.
  return sql`(i.search @@ ${query} or case when ${names} ~ '[^ -~]' or ${names} ~* (select ${writeAnyWord(query)})
    then to_tsvector('simple', fold_words(${names})) @@ ${query} else false end)`;
}

/** A pattern that every text holds which matches the query: one of its words as it stands. A query that a text may match without any of its words (`-without`) has one that all hold. */
function writeAnyWord(query: RawBuilder<unknown>) {
  return sql`coalesce((
    select string_agg(regexp_replace(w[1], '[^[:alnum:]]', '\\\\\\&', 'g'), '|') from regexp_matches(nullif(querytree(${query}), 'T'), '''((?:[^'']|'''')+)''', 'g') w
  ), '')`;
}

function writeQuery(words: string) {
  const query = sql`websearch_to_tsquery('simple', fold_words(${words}::text))`;
  if (!/[\p{L}\p{N}]$/u.test(words)) return query;
  return sql`case when numnode(${query}) = 0 then ${query} else (${query}::text || ':*')::tsquery end`;
}
