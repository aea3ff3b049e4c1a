import type { LanguageBody, LanguageKind, WordClash, WordDifference, WordItem } from '#contract/agreement.ts';
import { foldWord } from '#contract/common-language.ts';
import { listRuleGroups } from '../segment.ts';
import { isSameValue, mergeOrder } from './parts.ts';

/** What an agreement on words is made of: a list of words, a text, a choice; each by the name that it has in the body. */
interface Shape {
  list?: string;
  text?: string;
  choice?: string;
}
const shapes: Record<LanguageKind, Shape> = {
  stages: { list: 'stages' },
  tiers: { list: 'tiers' },
  segments: { list: 'segments', choice: 'rulesFirst' },
  qualified: { text: 'qualified' },
  'ideal-customer': { text: 'idealCustomer', list: 'traits' },
};
const labels = { text: 'In words', order: 'The order', rulesFirst: 'Rules before imports' } as const;

type Value = WordDifference['before'];
type Loose = Record<string, unknown>;

/** How a word of a list is named as a part. */
export const itemPart = (name: string): string => `item:${foldWord(name)}`;

/** The words of an agreement's list, in order; none where it has no list. */
export function listItems(kind: LanguageKind, body: LanguageBody): readonly WordItem[] {
  const { list } = shapes[kind];
  return list === undefined ? [] : ((body as Loose)[list] as WordItem[]);
}

/** An agreement with another list. */
export function withItems<Body extends LanguageBody>(kind: LanguageKind, body: Body, items: readonly WordItem[]): Body {
  const { list } = shapes[kind];
  return list === undefined ? body : { ...body, [list]: items };
}

/** What an agreement says as a text; null where it has none. */
export function textOf(kind: LanguageKind, body: LanguageBody): string | null {
  const { text } = shapes[kind];
  return text === undefined ? null : String((body as Loose)[text]);
}

/** An agreement with another text. */
export function withText<Body extends LanguageBody>(kind: LanguageKind, body: Body, said: string): Body {
  const { text } = shapes[kind];
  return text === undefined ? body : { ...body, [text]: said };
}

/** The parts by name but for the order: text and choice first, then the list. */
function listParts(kind: LanguageKind, body: LanguageBody): Map<string, Value> {
  const { text, choice } = shapes[kind];
  return new Map<string, Value>([
    ...(text === undefined ? [] : [['text', (body as Loose)[text] as string] as const]),
    ...(choice === undefined ? [] : [['rulesFirst', (body as Loose)[choice] as boolean] as const]),
    ...listItems(kind, body).map((each) => [itemPart(each.name), each] as const),
  ]);
}

const isItem = (value: Value | undefined): value is WordItem =>
  typeof value === 'object' && value !== null && 'name' in value;

function labelOf(part: string, value: Value | undefined): string {
  return isItem(value) ? value.name : (labels[part as keyof typeof labels] ?? part);
}

const orderOf = (kind: LanguageKind, body: LanguageBody): string[] =>
  listItems(kind, body).map(({ name }) => itemPart(name));

/** How one agreement differs from another, part by part: in the order of the later one, what is gone after it; last the order, where words that both have stand in another one. */
export function compareLanguage(kind: LanguageKind, before: LanguageBody, after: LanguageBody): WordDifference[] {
  const [old, now] = [listParts(kind, before), listParts(kind, after)];
  const gone = [...old.keys()].filter((name) => !now.has(name));
  const parts = [...now.keys(), ...gone].flatMap((part): WordDifference[] => {
    const [was, is] = [old.get(part) ?? null, now.get(part) ?? null];
    return isSameValue(was, is) ? [] : [{ part, label: labelOf(part, is ?? was), before: was, after: is }];
  });
  const [stood, stands] = [
    orderOf(kind, before).filter((part) => now.has(part)),
    orderOf(kind, after).filter((part) => old.has(part)),
  ];
  if (stood.join('\n') === stands.join('\n')) return parts;
  const names = (order: readonly string[], from: Map<string, Value>) =>
    order.map((part) => labelOf(part, from.get(part)));
  return [...parts, { part: 'order', label: labels.order, before: names(stood, old), after: names(stands, now) }];
}

/** Whether two say the same, order and all. */
export function isSameLanguage(kind: LanguageKind, a: LanguageBody, b: LanguageBody): boolean {
  return compareLanguage(kind, a, b).length === 0 && orderOf(kind, a).join('\n') === orderOf(kind, b).join('\n');
}

/** A merged agreement, and the parts that both sides made something different of: there it has `ours`. */
export interface MergedLanguage {
  body: LanguageBody;
  clashes: WordClash[];
}

/** Puts two edits of one agreement together, as `mergeCards` does for scorecards. */
export function mergeLanguage(
  kind: LanguageKind,
  base: LanguageBody,
  ours: LanguageBody,
  theirs: LanguageBody,
): MergedLanguage {
  const [was, mine, others] = [listParts(kind, base), listParts(kind, ours), listParts(kind, theirs)] as const;
  const clashes: WordClash[] = [];
  const pick = (part: string): Value | undefined => {
    const [from, own, other] = [was.get(part), mine.get(part), others.get(part)];
    if (isSameValue(own, other) || isSameValue(from, other)) return own;
    if (isSameValue(from, own)) return other;
    clashes.push({ part, label: labelOf(part, own ?? other), ours: own ?? null, theirs: other ?? null });
    return own;
  };
  const { text, choice } = shapes[kind];
  const values: Loose = {
    ...(text === undefined ? {} : { [text]: pick('text') }),
    ...(choice === undefined ? {} : { [choice]: pick('rulesFirst') }),
  };
  const order = mergeOrder(orderOf(kind, base), orderOf(kind, ours), orderOf(kind, theirs));
  const items = order.flatMap((part) => (pick(part) as WordItem | null | undefined) ?? []);
  return { body: withItems(kind, { ...ours, ...values } as LanguageBody, items), clashes };
}

/** Puts one part as it is proposed, or as another holds it, into an agreement: a word in its place, at the end where it is new; null: the word is gone. */
export function withPart(kind: LanguageKind, body: LanguageBody, part: string, value: Value): LanguageBody {
  if (part === 'text') return withText(kind, body, String(value ?? ''));
  if (part === 'rulesFirst') return { ...body, rulesFirst: value === true } as LanguageBody;
  const items = listItems(kind, body);
  const at = items.findIndex(({ name }) => itemPart(name) === part);
  if (!isItem(value))
    return withItems(
      kind,
      body,
      items.filter((_, index) => index !== at),
    );
  return withItems(kind, body, at < 0 ? [...items, value] : items.with(at, value));
}

/**
 * An agreement as it is saved over `before`: a segment that says nothing of its other groups of rules keeps those that it had, since an older Desk does not know of them; an
 * empty list of them is none.
 */
export function keepUntold<Body extends LanguageBody>(kind: LanguageKind, before: LanguageBody, body: Body): Body {
  if (kind !== 'segments') return body;
  const had = new Map(listItems(kind, before).map((item) => [itemPart(item.name), item]));
  const items = listItems(kind, body).map((item) => {
    if (!('rules' in item)) return item;
    const { or, ...rest } = item;
    const old = had.get(itemPart(item.name));
    const kept = or ?? (old && 'rules' in old ? old.or : undefined) ?? [];
    return kept.length > 0 ? { ...rest, or: kept } : rest;
  });
  return withItems(kind, body, items);
}

/** What keeps an agreement from being published. `undefined`: nobody wrote what it means; `borders`: no number lies between them. `values`: the word, and of `borders` both. */
export interface LanguageFault {
  part: string;
  what: 'undefined' | 'borders';
  values: readonly (string | number)[];
}

/** Everything that keeps a draft from being published; none when it is sound. */
export function checkLanguage(kind: LanguageKind, body: LanguageBody): LanguageFault[] {
  const said = textOf(kind, body);
  const items = listItems(kind, body);
  return [
    ...(said === '' ? [{ part: 'text', what: 'undefined', values: [labels.text] } as const] : []),
    ...items.flatMap((item): LanguageFault[] => {
      const part = itemPart(item.name);
      const rules = 'rules' in item ? listRuleGroups(item).flat() : [];
      return [
        ...(item.definition === '' ? [{ part, what: 'undefined', values: [item.name] } as const] : []),
        ...rules.flatMap(({ test }): LanguageFault[] =>
          test.op === 'between' && (test.min ?? -Infinity) > (test.max ?? Infinity)
            ? [{ part, what: 'borders', values: [item.name, test.min ?? 0, test.max ?? 0] }]
            : [],
        ),
      ];
    }),
  ];
}
