import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { z } from 'zod';
import {
  type Audience,
  audienceAccountSchema,
  audienceChoicesSchema,
  peopleSchema,
  pushedTalkingPointSchema,
  reachSchema,
  type TalkingPointResult,
  talkingPointEventSchema,
  talkingPointResultSchema,
  talkingPointWordsSchema,
} from '#contract/desk.ts';
import { toDay } from '../../platform/clock.ts';
import { countWord, word } from '../../platform/words.ts';
import { listUsed } from './audience.ts';
import type { Desk } from './desk.ts';
import {
  createDraft,
  type Draft,
  type DraftFault,
  draftFrom,
  findFaults,
  isSameDraft,
  restoreDraft,
  toRequest,
} from './draft.ts';
import { createNamedAccounts } from './named-accounts.ts';
import { type PointSorting, pointSortings, sortPoints } from './sort-points.ts';
import type { Failure } from './store.ts';

const newPoint = 'new';
const listRequest = { method: 'GET', path: '/v1/desk/talking-points' } as const;

/** The page of talking points: the list, the one in the editor, whom it would reach, sending it. */
export function createTalkingPoints(desk: Desk) {
  const points = desk.open(z.array(talkingPointResultSchema));
  const choices = desk.open(audienceChoicesSchema);
  const reach = desk.open(reachSchema);
  const accounts = desk.open(z.array(audienceAccountSchema), { isDetail: true });
  const history = desk.open(z.array(talkingPointEventSchema), { isDetail: true });
  const said = desk.open(z.array(talkingPointWordsSchema), { isDetail: true });
  const people = desk.open(peopleSchema);
  const draft = signal<Draft>(createDraft());
  const isPushing = signal(false);
  const pushFailure = signal<Failure | null>(null);

  /** The one in the editor: what the address says, else the newest live one, else a new one; empty until that is known. */
  const selectedId = computed(() => {
    const { point } = desk.address.place.value.params;
    const all = points.value.value;
    return point ?? all?.find((each) => each.state === 'live')?.id ?? (all ? newPoint : '');
  });
  const selected: ReadonlySignal<TalkingPointResult | null> = computed(
    () => points.value.value?.find((point) => point.id === selectedId.value) ?? null,
  );
  /** How the list stands, by the address. */
  const sorting = computed(
    (): PointSorting => pointSortings.find((each) => each === desk.address.place.value.params['sort']) ?? 'newest',
  );
  /** The list as it is drawn: what the words in the address find, those that reps see now before the others. */
  const listed = computed(() => {
    const all = points.value.value ?? [];
    const words = (desk.address.place.value.params['find'] ?? '').toLowerCase();
    const found = all.filter(({ title, text }) => `${title} ${text}`.toLowerCase().includes(words));
    const sorted = sortPoints(found, sorting.value);
    return {
      live: sorted.filter(({ state }) => state === 'live'),
      others: sorted.filter(({ state }) => state !== 'live'),
    };
  });
  const faults: ReadonlySignal<DraftFault[]> = computed(() => findFaults(draft.value, toDay(Date.now())));
  /** Whether the editor holds something that was not pushed. */
  const isEdited = computed(() => {
    const from = selected.value ? draftFrom(selected.value) : { ...createDraft(), id: draft.value.id };
    return !isSameDraft(draft.value, from);
  });

  function open(): void {
    points.show(listRequest);
    choices.show({ method: 'GET', path: '/v1/desk/audience-choices' });
    people.show({ method: 'GET', path: '/v1/desk/people' });
    showReach();
    showDetail();
  }

  /** What belongs to the selected one alone. */
  function showDetail(): void {
    const point = selected.peek();
    history.show(point && { method: 'GET', path: `/v1/desk/talking-points/${point.id}/history` });
    said.show(point && point.words > 0 ? { method: 'GET', path: `/v1/desk/talking-points/${point.id}/words` } : null);
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  function showReach(): void {
    clearTimeout(timer);
    const body = draft.peek().audience;
    timer = setTimeout(() => reach.show({ method: 'POST', path: '/v1/desk/reach', body }), 120);
  }

  /** Loads what belongs to the selected point into the editor: the draft that was kept, or its words. */
  function load(): void {
    const kept = desk.tools.shelf.read(`draft:${selectedId.value}`);
    const fresh = selected.value ? draftFrom(selected.value) : createDraft();
    batch(() => {
      draft.value = kept ? restoreDraft(kept, fresh) : fresh;
      pushFailure.value = null;
    });
    showReach();
  }

  let loadedFor: string | null = null;
  effect(() => {
    const id = selectedId.value;
    // The selected one is not in the list before the list is there.
    const isThere = id === newPoint || selected.value !== null;
    if (!isThere || loadedFor === id) return;
    loadedFor = id;
    load();
  });
  // What came of it is news as well: another word brings the words.
  effect(() => {
    void [selected.value?.id, selected.value?.words, selected.value?.state];
    if (points.value.value) showDetail();
  });

  function edit(change: Partial<Draft>): void {
    // From the first letter on the address names it, so that one pushed meanwhile by somebody else does not take its place.
    if (!desk.address.place.peek().params['point']) desk.address.change({ point: selectedId.peek() }, false);
    draft.value = { ...draft.value, ...change };
    const isWorthKeeping = isEdited.value;
    desk.tools.shelf.write(`draft:${selectedId.peek()}`, isWorthKeeping ? JSON.stringify(draft.value) : null);
    if (change.audience) showReach();
  }

  /** Whether the reach shown is that of the audience in the editor. Until it is, nothing is pushed. */
  const isCounted = computed(() => JSON.stringify(reach.answers.value?.body) === JSON.stringify(draft.value.audience));

  /** Conditions of the audience that the store did not count: it is an older one that does not know them, and would push to more accounts than these. */
  const unknown = computed(() => {
    const counted = new Set(reach.value.value?.steps.map((step) => step.condition));
    return isCounted.value ? listUsed(draft.value.audience).filter((condition) => !counted.has(condition)) : [];
  });

  async function push(): Promise<void> {
    if (isPushing.value || faults.value.length > 0 || !isCounted.value || unknown.value.length > 0) return;
    isPushing.value = true;
    const sent = draft.value;
    const reply = await desk.ask(
      { method: 'POST', path: '/v1/desk/talking-points', body: toRequest(sent) },
      pushedTalkingPointSchema,
    );
    isPushing.value = false;
    pushFailure.value = reply.ok ? null : reply.failure;
    if (!reply.ok) return;
    desk.tools.shelf.write(`draft:${sent.replaces ?? newPoint}`, null);
    desk.tools.shelf.write(`draft:${newPoint}`, null);
    await points.reload();
    desk.notify(countWord('desk_points_pushed', reply.value.accounts, sent.title.trim()));
    desk.address.change({ point: reply.value.id, accounts: '' });
  }

  async function change(point: TalkingPointResult, verb: 'end' | 'resume'): Promise<void> {
    // One that is paused is no longer what an address without a name means: it stays in the editor all the same.
    if (!desk.address.place.peek().params['point']) desk.address.change({ point: point.id }, false);
    const reply = await desk.ask({ method: 'POST', path: `/v1/desk/talking-points/${point.id}/${verb}` }, z.unknown());
    if (!reply.ok) return desk.notify(reply.failure.message);
    const isEnd = verb === 'end';
    desk.notify(
      word(isEnd ? 'desk_points_ended' : 'desk_points_resumed', point.title),
      isEnd ? () => void change(point, 'resume') : undefined,
    );
    await points.reload();
  }

  return {
    points,
    choices,
    reach,
    accounts,
    history,
    said,
    /** Who can answer for a talking point, by name. */
    owners: computed(() => people.value.value?.members.filter(({ role }) => role !== 'rep') ?? []),
    named: createNamedAccounts(desk, () => draft.value.audience),
    unknown,
    draft: draft as ReadonlySignal<Draft>,
    selectedId,
    sorting,
    listed,
    selected,
    faults,
    isEdited,
    isCounted,
    isPushing: isPushing as ReadonlySignal<boolean>,
    pushFailure: pushFailure as ReadonlySignal<Failure | null>,
    open,
    edit,
    editAudience: (audience: Audience) => edit({ audience }),
    /** Forgets what was typed. */
    discard() {
      desk.tools.shelf.write(`draft:${selectedId.peek()}`, null);
      load();
    },
    /** Starts one with the words of another, which stays as it is. */
    startFrom(point: TalkingPointResult | null) {
      if (point) {
        const copy = { ...draftFrom(point), replaces: null, startsOn: '', expiresOn: '' };
        desk.tools.shelf.write(`draft:${newPoint}`, JSON.stringify(copy));
        if (selectedId.peek() === newPoint) load();
      }
      desk.address.change({ point: newPoint, accounts: '' });
    },
    push,
    end: (point: TalkingPointResult) => change(point, 'end'),
    resume: (point: TalkingPointResult) => change(point, 'resume'),
  };
}

export type TalkingPoints = ReturnType<typeof createTalkingPoints>;
