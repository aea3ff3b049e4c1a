import {
  type AgreementKind,
  type AnyBody,
  bodySchemas,
  type CardBody,
  type CardClash,
  type CardDifference,
  type LanguageBody,
  type ProposedChange,
  type WordClash,
  type WordDifference,
} from '#contract/agreement.ts';
import type { Criterion } from '#contract/score.ts';
import { compareCards } from '../../../utils/scoring/agree/compare-cards.ts';
import {
  checkLanguage,
  compareLanguage,
  isSameLanguage,
  keepUntold,
  mergeLanguage,
  withPart,
} from '../../../utils/scoring/agree/language.ts';
import { mergeCards } from '../../../utils/scoring/agree/merge-cards.ts';
import { checkScorecard } from '../../../utils/scoring/check-scorecard.ts';
import { createInvalidProblem } from '../../problem.ts';

/** How what is agreed on is compared, put together and checked. Both bodies of a call are of one kind. */
export interface Ways {
  compare(before: AnyBody, after: AnyBody): (CardDifference | WordDifference)[];
  merge(base: AnyBody, ours: AnyBody, theirs: AnyBody): { body: AnyBody; clashes: (CardClash | WordClash)[] };
  /** Order and all. */
  isSame(a: AnyBody, b: AnyBody): boolean;
  /** As it is saved over `before`, of which whoever saves it may not know everything. */
  keepUntold(before: AnyBody, body: AnyBody): AnyBody;
  /** What keeps it from being published. */
  check(body: AnyBody): readonly object[];
  /** With one part as it was proposed: in its place, at the end where it is new, gone where nothing is proposed in its stead. */
  withChange(body: AnyBody, part: string, change: ProposedChange): AnyBody;
}

const listIds = ({ criteria }: CardBody): string => criteria.map(({ id }) => id).join();

function withCriterion(card: CardBody, id: string, change: Criterion | null): CardBody {
  const rest = card.criteria.filter((each) => each.id !== id);
  if (change === null) return { ...card, criteria: rest };
  const isThere = rest.length < card.criteria.length;
  const criteria = isThere ? card.criteria.map((each) => (each.id === id ? change : each)) : [...rest, change];
  return { ...card, criteria };
}

const cardWays = {
  compare: compareCards,
  merge: mergeCards,
  isSame: (a: CardBody, b: CardBody) => compareCards(a, b).length === 0 && listIds(a) === listIds(b),
  keepUntold: (_: CardBody, body: CardBody) => body,
  check: checkScorecard,
  withChange: withCriterion,
} as unknown as Ways;

/** The ways of a kind of agreement. */
export function waysOf(kind: AgreementKind): Ways {
  if (kind === 'scorecard') return cardWays;
  return {
    compare: compareLanguage.bind(null, kind),
    merge: mergeLanguage.bind(null, kind),
    isSame: isSameLanguage.bind(null, kind),
    keepUntold: keepUntold.bind(null, kind),
    check: checkLanguage.bind(null, kind),
    withChange: (body: LanguageBody, part: string, change: ProposedChange) =>
      keepUntold(kind, body, withPart(kind, body, part, change as WordDifference['before'])),
  } as unknown as Ways;
}

/** What somebody sends as an agreement, which must be of that kind. Throws a `ProblemError` 422 that says what is not. */
export function readSaved(kind: AgreementKind, body: unknown): AnyBody {
  const read = bodySchemas[kind].safeParse(body);
  if (read.success) return read.data;
  throw createInvalidProblem(read.error, 'What is to be agreed on');
}
