import {
  type Agreement,
  agreementSchema,
  type CardBody,
  type CardClash,
  cardBodySchema,
  clashSchema,
} from '#contract/agreement.ts';
import { bandSchema } from '#contract/band.ts';
import { peopleSchema } from '#contract/desk.ts';
import { criteriaEvidenceSchema, evidenceBehindSchema } from '#contract/evidence.ts';
import { hindsightAnswerSchema, type SuggestedChange } from '#contract/hindsight.ts';
import type { Criterion } from '#contract/score.ts';
import { word } from '../../platform/words.ts';
import { type Clash as AnyClash, createAgreeing } from './agreeing.ts';
import { neighbourOf, rebase, settleClashes, without, withPlace, withPoints } from './criteria-draft.ts';
import { withCriterion } from './criterion-draft.ts';
import type { Desk } from './desk.ts';
import { periods } from './quality.ts';
import { createResource } from './resource.ts';

const path = '/v1/agreements/scorecard';
/** A clash of two edits of the scorecard. */
export type Clash = AnyClash<CardBody, CardClash>;

/** The page of criteria: the scorecard in force, the draft that everybody works on, signatures, and what was in force before. */
export function createCriteria(desk: Desk) {
  const agreeing = createAgreeing<CardBody, Agreement, CardClash>(desk, {
    path,
    schema: agreementSchema,
    bodySchema: cardBodySchema,
    clashSchema,
    rebase,
    settle: settleClashes,
    words: { published: 'desk_criteria_published', reverted: 'desk_criteria_reverted' },
  });
  const { body, edit, act, noteNext } = agreeing;
  const evidence = desk.open(criteriaEvidenceSchema);
  const behind = desk.open(evidenceBehindSchema, { isDetail: true });
  const hindsight = desk.open(hindsightAnswerSchema);
  // Not with each change in the store: it counts everybody.
  const band = createResource(desk.ask, bandSchema);
  const people = desk.open(peopleSchema);

  const daysShown = () => desk.address.place.peek().params['days'] ?? String(periods[0]);

  return {
    ...agreeing,
    evidence,
    /** What the selected criterion's counts are made of. */
    behind,
    /** What the workspace's own past says of the cards. */
    hindsight,
    people,
    /** How many contacts have each grade, and how far scoring everybody by the card in force has come. */
    band,
    openBand: () => band.show({ method: 'GET', path: '/v1/desk/band' }),
    open(): void {
      agreeing.show();
      evidence.show({ method: 'GET', path: `${path}/evidence?days=${daysShown()}` });
    },
    /** The verdicts and insights behind a criterion, for those who edit; null: behind none. */
    openBehind(criterion: string | null): void {
      const query = new URLSearchParams({ days: daysShown(), criterion: criterion ?? '' });
      behind.show(criterion === null ? null : { method: 'GET', path: `${path}/evidence/behind?${query}` });
    },
    /** What the past says, for those who edit. */
    openHindsight: () => hindsight.show({ method: 'GET', path: `${path}/hindsight` }),
    /** Whom an admin can name. */
    openPeople: () => people.show({ method: 'GET', path: '/v1/desk/people' }),
    setPoints: (id: string, points: number) => edit((card) => withPoints(card, id, points)),
    /** A criterion as it should be now, or a new one. */
    setCriterion: (criterion: Criterion) => edit((card) => withCriterion(card, criterion)),
    /** Puts suggested points into the draft, which says in its history that they were suggested. Nothing is in force by that: the draft is signed as any other. */
    take(changes: readonly SuggestedChange[]): Promise<void> {
      noteNext(word('desk_suggestion_note', changes.length));
      return edit((card) => changes.reduce((taken, { criterion, to }) => withPoints(taken, criterion, to), card));
    },
    /** Into the place of another criterion of the same axis. */
    place: (id: string, ofId: string) => edit((card) => withPlace(card, id, ofId)),
    /** One place up (−1) or down (1). */
    move: (id: string, step: -1 | 1) => edit((card) => withPlace(card, id, neighbourOf(card, id, step) ?? id)),
    async remove(id: string, label: string): Promise<void> {
      const before = body.peek()?.criteria ?? [];
      const at = before.findIndex((each) => each.id === id);
      await edit((card) => without(card, id));
      const [gone] = before.slice(at, at + 1);
      if (!gone) return;
      desk.notify(word('desk_criterion_removed', label), () => {
        void edit((card) => ({ ...card, criteria: card.criteria.toSpliced(at, 0, gone) }));
      });
    },
    /** Another criterion in the place of one, for those who edit to take or decline. */
    propose: (change: Criterion, text: string) =>
      act('POST', '/notes', { kind: 'proposal', about: change.id, change, text }),
  };
}

export type Criteria = ReturnType<typeof createCriteria>;
