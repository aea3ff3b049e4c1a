import {
  agreementSchema,
  bodySchemas,
  type LanguageAgreement,
  type LanguageBody,
  type LanguageKind,
  languageAgreementSchema,
  languageKinds,
  type WordClash,
  type WordItem,
  wordClashSchema,
} from '#contract/agreement.ts';
import { type Segments, segmentMovesSchema } from '#contract/common-language.ts';
import { audienceChoicesSchema, peopleSchema } from '#contract/desk.ts';
import { word } from '../../platform/words.ts';
import { itemPart, listItems, mergeLanguage, withItems, withPart, withText } from '../../scoring/agree/language.ts';
import { createAgreeing } from './agreeing.ts';
import type { Desk } from './desk.ts';
import { createResource } from './resource.ts';

/** So long a draft of segments must rest before its moves are counted. */
const restMs = 400;

/** One agreement on words: what is in force, the draft of it, and what can be changed there. */
function createWords(desk: Desk, kind: LanguageKind) {
  const agreeing = createAgreeing<LanguageBody, LanguageAgreement, WordClash>(desk, {
    path: `/v1/agreements/${kind}`,
    schema: languageAgreementSchema,
    bodySchema: bodySchemas[kind],
    clashSchema: wordClashSchema,
    rebase: (edit, draft) =>
      edit.revision === draft.revision
        ? edit
        : {
            revision: draft.revision,
            base: draft.body,
            body: mergeLanguage(kind, edit.base, edit.body, draft.body).body,
          },
    settle: (edit, saved, clashes, mine) => ({
      revision: saved.revision,
      base: saved.body,
      body: clashes
        .filter(({ part }) => !mine.has(part))
        .reduce(
          (body, { part, theirs }) => withPart(kind, body, part, theirs),
          mergeLanguage(kind, edit.base, edit.body, saved.body).body,
        ),
    }),
    words: { published: 'desk_words_published', reverted: 'desk_criteria_reverted' },
  });
  const { edit, act, body } = agreeing;
  const editItems = (change: (items: readonly WordItem[]) => readonly WordItem[]) =>
    edit((from) => withItems(kind, from, change(listItems(kind, from))));
  const placeOf = (items: readonly WordItem[], name: string) =>
    items.findIndex((each) => itemPart(each.name) === itemPart(name));
  return {
    ...agreeing,
    kind,
    /** A word as it should be now in the place of one (`was`), or a new one, last. */
    setWord: (item: WordItem, was: string | null) =>
      editItems((items) => {
        const at = was === null ? -1 : placeOf(items, was);
        return at < 0 ? [...items, item] : items.with(at, item);
      }),
    async remove(name: string): Promise<void> {
      const before = body.peek() ? listItems(kind, body.peek() as LanguageBody) : [];
      const at = placeOf(before, name);
      const gone = before[at];
      await editItems((items) => items.filter((each) => itemPart(each.name) !== itemPart(name)));
      if (gone)
        desk.notify(word('desk_criterion_removed', name), () => {
          void editItems((items) => items.toSpliced(at, 0, gone));
        });
    },
    /** One place up (−1) or down (1). */
    move: (name: string, step: -1 | 1) =>
      editItems((items) => {
        const at = placeOf(items, name);
        const item = items[at];
        return !item || at + step < 0 || at + step >= items.length
          ? items
          : items.toSpliced(at, 1).toSpliced(at + step, 0, item);
      }),
    setText: (said: string) => edit((from) => withText(kind, from, said)),
    setRulesFirst: (rulesFirst: boolean) => edit((from) => withPart(kind, from, 'rulesFirst', rulesFirst)),
    /** A part as it should be, for those who edit to take or decline; null: it should go. */
    propose: (about: string, change: WordItem | string | null, text: string) =>
      act('POST', '/notes', { kind: 'proposal', about, change, text }),
  };
}
export type Words = ReturnType<typeof createWords>;

/** The page of the common language: five agreements on words, one of them in view. */
export function createLanguage(desk: Desk) {
  const words = Object.fromEntries(languageKinds.map((kind) => [kind, createWords(desk, kind)])) as Record<
    LanguageKind,
    Words
  >;
  const people = desk.open(peopleSchema);
  const card = desk.open(agreementSchema);
  const choices = desk.open(audienceChoicesSchema);
  // Not with each change in the store: it counts all accounts.
  const moves = createResource(desk.ask, segmentMovesSchema);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const kindOf = (asked: string | undefined): LanguageKind =>
    languageKinds.find((each) => each === asked) ?? languageKinds[0];
  return {
    words,
    people,
    /** The scorecard, which says which grades are qualified. */
    card,
    /** The words that stand in the accounts' data, and on how many. */
    choices,
    moves,
    kindOf,
    open(kind: LanguageKind): void {
      words[kind].show();
      if (kind === 'qualified') card.show({ method: 'GET', path: '/v1/agreements/scorecard' });
    },
    openPeople: () => people.show({ method: 'GET', path: '/v1/desk/people' }),
    openChoices: () => choices.show({ method: 'GET', path: '/v1/desk/audience-choices' }),
    /** Counts what segments would make of the accounts, once nothing more is changed for a moment. */
    countMoves(body: Segments): void {
      clearTimeout(timer);
      timer = setTimeout(() => moves.show({ method: 'POST', path: '/v1/agreements/segments/moves', body }), restMs);
    },
  };
}
export type Language = ReturnType<typeof createLanguage>;
