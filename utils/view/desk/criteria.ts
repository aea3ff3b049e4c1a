import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { z } from 'zod';
import {
  type Agreement,
  agreementSchema,
  type CardBody,
  cardBodySchema,
  clashSchema,
  type Side,
} from '#contract/agreement.ts';
import { bandSchema } from '#contract/band.ts';
import { peopleSchema } from '#contract/desk.ts';
import { criteriaEvidenceSchema, evidenceBehindSchema } from '#contract/evidence.ts';
import { hindsightAnswerSchema, type SuggestedChange } from '#contract/hindsight.ts';
import type { Criterion } from '#contract/score.ts';
import { word } from '../../platform/words.ts';
import {
  type LocalEdit,
  neighbourOf,
  rebase,
  settleClashes,
  without,
  withPlace,
  withPoints,
} from './criteria-draft.ts';
import { withCriterion } from './criterion-draft.ts';
import type { Desk } from './desk.ts';
import { periods } from './quality.ts';
import { createResource } from './resource.ts';
import type { StoreRequest } from './store.ts';

const path = '/v1/agreements/scorecard';
/** So long nothing more must be changed before it is saved. */
const restMs = 500;

const clashProblemSchema = z.object({
  clashes: z.array(clashSchema).min(1),
  revision: z.number().int(),
  body: cardBodySchema,
});
/** Somebody else saved something else for the same criterion; nothing of one's own is lost, and nothing is saved until it is settled. */
export type Clash = z.infer<typeof clashProblemSchema>;

/** The page of criteria: the scorecard in force, the draft that everybody works on, signatures, and what was in force before. */
export function createCriteria(desk: Desk) {
  const agreement = desk.open(agreementSchema);
  const evidence = desk.open(criteriaEvidenceSchema);
  const behind = desk.open(evidenceBehindSchema, { isDetail: true });
  const hindsight = desk.open(hindsightAnswerSchema);
  // Not with each change in the store: it counts everybody.
  const band = createResource(desk.ask, bandSchema);
  const people = desk.open(peopleSchema);
  const local = signal<LocalEdit | null>(null);
  const clash = signal<Clash | null>(null);
  const failure = signal<string | null>(null);
  const isSaving = signal(false);
  /** What the next save says of itself in the draft's history. */
  let note: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const daysShown = () => desk.address.place.peek().params['days'] ?? String(periods[0]);
  const draftOf = (): NonNullable<Agreement['draft']> | null => agreement.value.peek()?.draft ?? null;

  /** What is shown as the draft: what is saved, with what is not yet saved on top of it. */
  const body = computed<CardBody | null>(() => {
    const draft = agreement.value.value?.draft;
    if (local.value === null || !draft) return draft?.body ?? null;
    return rebase(local.value, draft).body;
  });

  /** Asks for a change, and shows the agreement as it is then. Answers it; null: refused, and said why. */
  async function act(method: StoreRequest['method'], below: string, wish?: unknown): Promise<Agreement | null> {
    const reply = await desk.ask({ method, path: path + below, body: wish }, agreementSchema);
    await agreement.reload();
    if (reply.ok) return reply.value;
    desk.notify(reply.failure.message);
    return null;
  }

  const named = () => {
    const draft = draftOf();
    return draft && { draftId: draft.id, revision: draft.revision };
  };

  async function save(): Promise<void> {
    const draft = draftOf();
    if (!local.value || !draft || isSaving.value || clash.value) return;
    const sent = local.value;
    isSaving.value = true;
    const isSaved = await send(sent, draft.id);
    // Only now: until the new revision stands here, what is changed would be told of the old one, and clash with oneself.
    isSaving.value = false;
    if (local.value && (isSaved || local.value !== sent)) saveSoon();
  }

  /** Saves one state of the draft, and puts what was changed meanwhile on top of it. Answers whether the store took it. */
  async function send(sent: LocalEdit, draftId: string): Promise<boolean> {
    const wish = { draftId, revision: sent.revision, body: sent.body, note };
    const reply = await desk.ask({ method: 'PUT', path: `${path}/draft`, body: wish }, agreementSchema);
    if (!reply.ok) {
      const met = clashProblemSchema.safeParse(reply.failure.problem);
      if (met.success) clash.value = met.data;
      failure.value = met.success ? null : reply.failure.message;
      await agreement.reload();
      return false;
    }
    failure.value = null;
    note = null;
    await agreement.reload();
    const saved = reply.value.draft;
    // What was changed while it was on its way is still to be saved, on top of that.
    const rest: LocalEdit | null = local.value === sent ? null : local.value;
    local.value = rest && saved ? rebase({ revision: sent.revision, base: sent.body, body: rest.body }, saved) : null;
    return true;
  }

  function saveSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), restMs);
  }

  /** Changes the draft here at once, and in the store soon. Without a draft one is opened first. */
  async function edit(change: (card: CardBody) => CardBody): Promise<void> {
    if (draftOf() === null && (await act('POST', '/draft', {})) === null) return;
    const draft = draftOf();
    if (!draft) return;
    const from = local.value
      ? rebase(local.value, draft)
      : { revision: draft.revision, base: draft.body, body: draft.body };
    local.value = { ...from, body: change(from.body) };
    saveSoon();
  }

  return {
    agreement,
    body,
    clash: clash as ReadonlySignal<Clash | null>,
    /** Why the last save did not work; what was changed stands here and is tried again with the next change. */
    failure: failure as ReadonlySignal<string | null>,
    isUnsaved: computed(() => local.value !== null),
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
      agreement.show({ method: 'GET', path });
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
    begin: () => act('POST', '/draft', {}),
    setPoints: (id: string, points: number) => edit((card) => withPoints(card, id, points)),
    /** A criterion as it should be now, or a new one. */
    setCriterion: (criterion: Criterion) => edit((card) => withCriterion(card, criterion)),
    /** Puts suggested points into the draft, which says in its history that they were suggested. Nothing is in force by that: the draft is signed as any other. */
    take(changes: readonly SuggestedChange[]): Promise<void> {
      note = word('desk_suggestion_note', changes.length);
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
    retry: save,
    /** `mine`: the parts where one's own change is to hold. */
    async settle(mine: ReadonlySet<string>): Promise<void> {
      if (!local.value || !clash.value) return;
      local.value = settleClashes(local.value, clash.value, clash.value.clashes, mine);
      clash.value = null;
      await save();
    },
    async discard(): Promise<void> {
      clearTimeout(timer);
      local.value = null;
      clash.value = null;
      const draft = draftOf();
      if (draft) await act('POST', '/draft/withdraw', { draftId: draft.id });
    },
    /** Tells the others that whoever is named to sign has the draft before them. What keeps that from being said keeps nobody from signing. */
    async see(): Promise<void> {
      const reply = await desk.ask({ method: 'POST', path: `${path}/draft/seen`, body: named() }, agreementSchema);
      if (reply.ok) await agreement.reload();
    },
    sign: (side: Side) => act('POST', '/draft/sign', { ...named(), side }),
    unsign: (side: Side) => act('POST', '/draft/unsign', { ...named(), side }),
    async publish(reason: string): Promise<boolean> {
      const done = await act('POST', '/draft/publish', { ...named(), reason });
      if (done) desk.notify(word('desk_criteria_published', done.inForce.version));
      return done !== null;
    },
    async revert(version: number, reason: string): Promise<boolean> {
      const done = await act('POST', '/revert', { version, reason });
      if (done) desk.notify(word('desk_criteria_reverted', done.versions[0]?.revertsTo ?? version - 1));
      return done !== null;
    },
    say: (kind: 'comment' | 'dispute', text: string) => act('POST', '/notes', { kind, text }),
    /** Another criterion in the place of one, for those who edit to take or decline. */
    propose: (change: Criterion, text: string) =>
      act('POST', '/notes', { kind: 'proposal', about: change.id, change, text }),
    answer: (id: string, state: 'taken' | 'declined') => act('POST', `/notes/${id}/answer`, { state }),
    nameSigners: (sales: readonly string[], arbiter: string | null) => act('PUT', '/signers', { sales, arbiter }),
  };
}

export type Criteria = ReturnType<typeof createCriteria>;
