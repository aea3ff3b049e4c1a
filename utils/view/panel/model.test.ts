import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Card, CardAnswer, CardVerdict } from '#contract/card.ts';
import type { Mutation } from '#contract/mutation.ts';
import { danaMatch, match, now, answer as sample, sightingOf } from '../../../test/fixtures/panel-states/data.ts';
import { beatEvery, createPanelModel, type PanelModel } from './model.ts';
import type { PanelPorts, Send } from './ports.ts';

class ExtensionGone extends Error {
  override name = 'ExtensionGone';
}

interface World {
  ports: PanelPorts;
  sent: { name: string; request: unknown }[];
  mutations: () => Mutation[];
  /** Answers waiting for `getCard`, oldest first; each is called to answer. */
  cards: ((answer: CardAnswer) => void)[];
  answerCards: CardAnswer | null;
  saveAnswer: () => Promise<unknown>;
  selection: string | null;
  isGone: boolean;
  /** What waits for a frame to be presented. */
  painted: (() => void)[];
}

function createWorld(): World {
  const world: World = {
    sent: [],
    cards: [],
    answerCards: sample,
    selection: null,
    isGone: false,
    painted: [],
    saveAnswer: async () => ({ ok: true, value: { sequence: 1, savedAt: new Date(now).toISOString() } }),
    mutations: () => world.sent.filter((each) => each.name === 'saveMutation').map((each) => each.request as Mutation),
    ports: {
      send: (async (name: string, request: unknown): Promise<unknown> => {
        if (world.isGone) throw new ExtensionGone('gone');
        world.sent.push({ name, request });
        if (name === 'saveMutation') return world.saveAnswer();
        if (name !== 'getCard') return null;
        if (world.answerCards !== null) return world.answerCards;
        return new Promise<CardAnswer>((resolve) => world.cards.push(resolve));
      }) as Send,
      now: () => Date.now(),
      elapsed: () => Date.now(),
      afterPaint: (act) => void world.painted.push(act),
      createId: () => crypto.randomUUID(),
      after(milliseconds, act) {
        const timer = setTimeout(act, milliseconds);
        return () => clearTimeout(timer);
      },
      copyText: async () => true,
      insertText: async () => true,
      readSelection: async () => world.selection,
    },
  };
  return world;
}

function withCard(part: Partial<Card>): CardAnswer {
  return { ...sample, card: sample.card && { ...sample.card, ...part } };
}

let world: World;
let model: PanelModel;

const settle = () => vi.advanceTimersByTimeAsync(0);
const dana = sightingOf('dana.ortiz@brightforge.example');
const priya = sightingOf('priya.raman@brightforge.example');

beforeEach(() => {
  vi.useFakeTimers({ now });
  world = createWorld();
  model = createPanelModel(world.ports);
});

afterEach(() => {
  model.stop();
  vi.useRealTimers();
});

describe('whose card is shown', () => {
  test('an equal sighting asks nothing', async () => {
    model.show(dana);
    await settle();
    model.show(structuredClone(dana));
    await settle();
    expect(world.sent.filter((each) => each.name === 'getCard')).toHaveLength(1);
  });

  test('a draft that opens or closes asks nothing, but Insert may come', async () => {
    model.show({ ...dana, hasDraft: false });
    await settle();
    model.show({ ...dana, hasDraft: true });
    await settle();
    expect(world.sent.filter((each) => each.name === 'getCard')).toHaveLength(1);
    expect(model.sighting.value?.hasDraft).toBe(true);
  });

  test('other people in view clear the card before anything is awaited', async () => {
    model.show(dana);
    await settle();
    expect(model.body.value.kind).toBe('card');
    world.answerCards = null;
    model.show(priya);
    expect(model.body.value.kind).toBe('loading');
    model.show(null);
    expect(model.body.value.kind).toBe('loading');
  });

  test('a page that was left takes its card along at once, and its late answer is dropped', async () => {
    model.show(dana);
    await settle();
    expect(model.body.value.kind).toBe('card');
    world.answerCards = null;
    model.refresh();
    model.setVisible(true);
    model.refresh();
    model.leave();
    expect(model.body.value.kind).toBe('loading');
    for (const answerLate of world.cards) answerLate(sample);
    await settle();
    expect(model.body.value.kind).toBe('loading');
    expect(model.sighting.value).toBeNull();
    model.show(null);
    await settle();
    world.cards.at(-1)?.({ ...sample, people: [], selected: null, card: null });
    await settle();
    expect(model.body.value.kind).toBe('nobody');
  });

  test('the card stays while somebody joins the one it is about', async () => {
    model.show(dana);
    await settle();
    world.answerCards = null;
    model.show(sightingOf('dana.ortiz@brightforge.example', 'priya.raman@brightforge.example'));
    expect(model.body.value.kind).toBe('card');
  });

  test('an answer to an older question is dropped, whenever it comes', async () => {
    world.answerCards = null;
    model.show(priya);
    model.show(dana);
    const [first, second] = world.cards;
    second?.(sample);
    await settle();
    first?.(withCard({ evidence: 'stale' }));
    await settle();
    expect(model.answer.value?.card?.evidence).toBe(danaMatch.evidence);
  });

  test('the failure of an overtaken question says nothing', async () => {
    world.answerCards = null;
    model.show(priya);
    model.show(dana);
    await settle();
    const [first, second] = world.cards;
    second?.(sample);
    await settle();
    first?.(Promise.reject(new Error('too late')) as never);
    await settle();
    expect(model.cards.problem.value).toBeNull();
    expect(model.answer.value?.card?.evidence).toBe(danaMatch.evidence);
  });

  test('who was chosen stays chosen when the order changes, and is asked for by place', async () => {
    model.show(sightingOf('dana.ortiz@brightforge.example', 'priya.raman@brightforge.example'));
    await settle();
    model.selectPerson(1);
    await settle();
    expect(world.sent.at(-1)?.request).toMatchObject({ person: 1 });
    model.show(sightingOf('priya.raman@brightforge.example', 'l.fox@northmill.example'));
    await settle();
    expect(world.sent.at(-1)?.request).toMatchObject({ person: 0 });
  });

  test('a card opened by hand ends when other people come into view', async () => {
    model.show(dana);
    await settle();
    model.people.open({ contactId: danaMatch.contactId, accountId: null });
    await settle();
    expect(world.sent.at(-1)?.request).toMatchObject({ contactId: danaMatch.contactId });
    model.show(priya);
    await settle();
    expect(world.sent.at(-1)?.request).toMatchObject({ contactId: null, person: null });
  });

  test('a change of the replica asks again, keeps the card meanwhile, and waits while nobody looks', async () => {
    model.show(dana);
    await settle();
    model.refresh();
    expect(world.sent.filter((each) => each.name === 'getCard')).toHaveLength(1);
    world.answerCards = null;
    model.setVisible(true);
    expect(model.body.value.kind).toBe('card');
    expect(world.sent.filter((each) => each.name === 'getCard')).toHaveLength(2);
  });
});

describe('a verdict', () => {
  const saved = (part: Partial<CardVerdict>): CardAnswer => {
    const last = world.mutations().findLast((each) => each.kind === 'recordVerdict');
    if (last?.kind !== 'recordVerdict') throw new Error('No verdict was saved.');
    const { verdictId } = last.body;
    const at = new Date(now).toISOString();
    return withCard({ verdict: { verdictId, value: 'weak', reason: null, at, delivery: 'saved', ...part } });
  };

  beforeEach(async () => {
    model.show(dana);
    await settle();
  });

  test('shows pressed at once and says nothing before it is on disk', async () => {
    let write: (value: unknown) => void = () => undefined;
    world.saveAnswer = () => new Promise((resolve) => (write = resolve));
    model.verdict.press('weak');
    await settle();
    expect(model.verdict.line.value).toMatchObject({ value: 'weak', receipt: null, isOpen: true });
    write({ ok: true, value: { sequence: 1, savedAt: '' } });
    await settle();
    expect(model.verdict.line.value.receipt).toBe('saved');
  });

  test('is sent only when the card says that the store confirmed it', async () => {
    model.verdict.press('weak');
    await settle();
    world.answerCards = saved({ delivery: 'sending' });
    await model.cards.ask();
    expect(model.verdict.line.value.receipt).toBe('saved');
    world.answerCards = saved({ delivery: 'sent' });
    await model.cards.ask();
    expect(model.verdict.line.value).toMatchObject({ value: 'weak', receipt: 'sent', canUndo: true });
  });

  test('without a network it is said to be sent later', async () => {
    world.answerCards = { ...sample, status: { ...sample.status, store: 'offline' } };
    await model.cards.ask();
    model.verdict.press('strong');
    await settle();
    expect(model.verdict.line.value.receipt).toBe('savedOffline');
  });

  test('that could not be saved is not pressed, and says why', async () => {
    world.saveAnswer = async () => ({ ok: false, message: 'The disk is full.' });
    model.verdict.press('weak');
    await settle();
    expect(model.verdict.line.value).toMatchObject({ value: null, receipt: null, problem: 'The disk is full.' });
  });

  test('pressed again changes nothing; the other button changes it', async () => {
    model.verdict.press('weak');
    await settle();
    model.verdict.press('weak');
    await settle();
    expect(world.mutations()).toHaveLength(1);
    model.verdict.press('strong');
    await settle();
    expect(world.mutations().map((each) => (each.body as { value: string }).value)).toEqual(['weak', 'strong']);
    expect(model.verdict.line.value).toMatchObject({ value: 'strong', reason: null });
  });

  test('takes a reason by one tap and gives it back by a second, in the order of the taps', async () => {
    model.verdict.press('weak');
    model.verdict.giveReason('bad_timing');
    model.verdict.giveReason('bad_timing');
    await settle();
    const kinds = world.mutations().map((each) => [each.kind, (each.body as { reason?: string | null }).reason]);
    expect(kinds).toEqual([
      ['recordVerdict', undefined],
      ['setVerdictReason', 'bad_timing'],
      ['setVerdictReason', null],
    ]);
  });

  test('folds its reasons 4 s after one was given, not before, and at once when the focus leaves', async () => {
    model.verdict.press('weak');
    model.verdict.giveReason('no_need');
    await vi.advanceTimersByTimeAsync(3900);
    expect(model.verdict.line.value.isOpen).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(model.verdict.line.value).toMatchObject({ isOpen: false, value: 'weak', reason: 'no_need' });
    model.verdict.press('weak');
    expect(model.verdict.line.value.isOpen).toBe(true);
    model.verdict.leave();
    expect(model.verdict.line.value.isOpen).toBe(false);
  });

  test('undone is taken back by its own id and says so for a while', async () => {
    model.verdict.press('weak');
    await settle();
    model.verdict.undo();
    await settle();
    const [given, undone] = world.mutations();
    const { verdictId } = (given?.body ?? {}) as { verdictId?: string };
    expect(verdictId).toBeDefined();
    expect(undone).toEqual({ kind: 'undoVerdict', body: { verdictId } });
    expect(model.verdict.line.value).toMatchObject({ value: null, receipt: 'undone', canUndo: false });
    await vi.advanceTimersByTimeAsync(7000);
    expect(model.verdict.line.value.receipt).toBeNull();
  });

  test('on one person does not show on another', async () => {
    model.verdict.press('weak');
    await settle();
    const other = sample.card?.contact && { ...sample.card.contact, id: crypto.randomUUID() as never };
    world.answerCards = withCard({ contact: other ?? null });
    model.show(priya);
    await settle();
    expect(model.verdict.line.value.value).toBeNull();
  });
});

describe('an insight', () => {
  beforeEach(async () => {
    model.show(dana);
    await settle();
  });

  test('takes the selected text as its quote when it opens, and sends only what is shown', async () => {
    world.selection = 'We lose the night shift.';
    model.insight.open();
    world.selection = 'something else';
    await settle();
    model.insight.change({ text: ' The night shift is the cost. ' });
    await model.insight.save();
    expect(world.mutations()[0]).toMatchObject({
      kind: 'recordInsight',
      body: { text: 'The night shift is the cost.', quote: 'We lose the night shift.', method: 'interview' },
    });
    expect(model.insight.draft.value).toBeNull();
    expect(model.insight.saved.value).not.toBeNull();
  });

  test('leaves a quote that comes late to the person it was opened for', async () => {
    let give: (text: string | null) => void = () => undefined;
    world.ports.readSelection = () =>
      new Promise((resolve) => {
        give = resolve;
      });
    model.insight.open();
    world.answerCards = withCard({ contact: null });
    model.show(priya);
    await settle();
    model.insight.open();
    world.answerCards = null;
    const giveSecond = give;
    model.leave();
    giveSecond('from the page that was left');
    await settle();
    expect(model.insight.draft.value).toBeNull();
  });

  test('keeps its draft when it is closed, also while another person is in view, and forgets it when cancelled', async () => {
    model.insight.open();
    model.insight.change({ text: 'half a thought' });
    model.insight.close();
    world.answerCards = withCard({ contact: null, account: null });
    model.show(priya);
    await settle();
    world.answerCards = sample;
    model.show(dana);
    await settle();
    expect(model.insight.hasKept.value).toBe(true);
    model.insight.open();
    expect(model.insight.draft.value?.text).toBe('half a thought');
    model.insight.discard();
    expect(model.insight.hasKept.value).toBe(false);
  });

  test('that could not be saved stays open with its text', async () => {
    world.saveAnswer = async () => ({ ok: false, message: 'The disk is full.' });
    model.insight.open();
    model.insight.change({ text: 'kept' });
    await model.insight.save();
    expect(model.insight.draft.value?.text).toBe('kept');
    expect(model.insight.problem.value).toBe('The disk is full.');
  });

  test('offers the kind and method last used', async () => {
    model.insight.open();
    model.insight.change({ text: 'one', kind: 'competitor', method: 'complaint' });
    await model.insight.save();
    model.insight.open();
    expect(model.insight.draft.value).toMatchObject({ kind: 'competitor', method: 'complaint', text: '' });
  });
});

describe('a talking point', () => {
  const point = sample.card?.talkingPoints[0];
  if (point === undefined) throw new Error('The sample card has no talking point.');

  beforeEach(async () => {
    model.show(dana);
    await settle();
  });

  test('is seen after 3 s in view, counted once, and not when it leaves before', async () => {
    const leave = model.points.startSeeing(point);
    await vi.advanceTimersByTimeAsync(2900);
    leave();
    await vi.advanceTimersByTimeAsync(1000);
    expect(world.mutations()).toEqual([]);
    model.points.startSeeing(point);
    await vi.advanceTimersByTimeAsync(3000);
    model.points.startSeeing(point);
    await vi.advanceTimersByTimeAsync(3000);
    expect(world.mutations()).toEqual([{ kind: 'countSeen', body: { talkingPointId: point.id, day: '2026-11-20' } }]);
  });

  test('that could not be copied or inserted does not count as used', async () => {
    world.ports.copyText = async () => false;
    world.ports.insertText = async () => false;
    await model.points.copy(point);
    expect(model.points.note.value?.what).toBe('notCopied');
    await model.points.insert(point);
    expect(model.points.note.value?.what).toBe('noDraft');
    expect(world.mutations()).toEqual([]);
  });

  test('is told of the account it was put in for, though another tab is in view by then', async () => {
    let finish: (isIn: boolean) => void = () => undefined;
    world.ports.insertText = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const inserting = model.points.insert(point);
    model.leave();
    finish(true);
    await inserting;
    const about = { accountId: sample.card?.account?.id, contactId: sample.card?.contact?.id };
    expect(world.mutations()).toEqual([{ kind: 'recordOutcome', body: expect.objectContaining(about) }]);
  });

  test('and what they said of it goes out as an insight on it, and the next one on nothing', async () => {
    model.insight.open(point);
    model.insight.change({ text: 'They renewed in August.' });
    await model.insight.save();
    model.insight.open();
    model.insight.change({ text: 'They lose the night shift.' });
    await model.insight.save();
    const [first, second] = world.mutations().filter(({ kind }) => kind === 'recordInsight');
    expect(first?.body).toMatchObject({ text: 'They renewed in August.', talkingPointId: point.id });
    expect(second?.body).not.toHaveProperty('talkingPointId');
  });

  test('judged the same way twice is not judged', async () => {
    await model.points.judge(point, 'landed');
    const outcomeId = crypto.randomUUID() as never;
    await model.points.judge({ ...point, outcome: 'landed', outcomeId }, 'landed');
    expect(world.mutations().map((each) => each.kind)).toEqual(['recordOutcome', 'undoOutcome']);
  });
});

describe('people', () => {
  test('an unknown address leaves only when it is added on purpose', async () => {
    const ravi = { ...match(0, null, 'brightforge.example'), sureness: 'domain' as const };
    ravi.clue = { kind: 'email', value: 'ravi.mehta@brightforge.example' };
    ravi.accountId = danaMatch.accountId;
    world.answerCards = { ...withCard({ contact: null, sureness: 'domain' }), people: [ravi] };
    model.show(sightingOf('ravi.mehta@brightforge.example'));
    await settle();
    expect(world.mutations()).toEqual([]);
    await model.people.add(ravi, null);
    expect(world.mutations()[0]).toMatchObject({
      kind: 'addContact',
      body: { address: 'ravi.mehta@brightforge.example', accountId: danaMatch.accountId },
    });
    expect(model.people.added.value.has('ravi.mehta@brightforge.example')).toBe(true);
  });

  test('a search asks once for what was typed last', async () => {
    model.people.search('da');
    model.people.search('dana');
    await vi.advanceTimersByTimeAsync(200);
    expect(world.sent.filter((each) => each.name === 'searchReplica')).toEqual([
      { name: 'searchReplica', request: { words: 'dana' } },
    ]);
  });
});

describe('how fast a card came', () => {
  const timings = () => world.sent.filter((each) => each.name === 'noteTiming').map((each) => each.request);

  test('is told once a frame with it was presented, without a word of whose it is', async () => {
    world.answerCards = null;
    model.show(dana);
    await vi.advanceTimersByTimeAsync(12);
    world.cards.shift()?.(sample);
    await settle();
    expect(timings()).toEqual([]);
    await vi.advanceTimersByTimeAsync(9);
    for (const present of world.painted) present();
    expect(timings()).toEqual([{ lookedUp: 12, painted: 21 }]);
  });

  test('is told for who comes into view, not for asking again, nor where there is no card', async () => {
    model.show(dana);
    await settle();
    await model.cards.ask();
    world.answerCards = { ...sample, card: null };
    model.show(priya);
    await settle();
    expect(world.painted).toHaveLength(1);
  });
});

describe('life', () => {
  test('a visible panel speaks up every 20 s, a hidden one is silent', async () => {
    model.setVisible(true);
    await vi.advanceTimersByTimeAsync(beatEvery * 3);
    expect(world.sent.filter((each) => each.name === 'beat')).toHaveLength(4);
    model.setVisible(false);
    await vi.advanceTimersByTimeAsync(beatEvery * 3);
    expect(world.sent.filter((each) => each.name === 'beat')).toHaveLength(4);
  });

  test('when the extension is gone the panel says so, and asks nothing any more', async () => {
    model.show(dana);
    await settle();
    model.setVisible(true);
    world.isGone = true;
    await vi.advanceTimersByTimeAsync(beatEvery);
    expect(model.strips.value).toEqual([{ kind: 'gone' }]);
    const asked = world.sent.length;
    world.isGone = false;
    model.refresh();
    await vi.advanceTimersByTimeAsync(beatEvery * 2);
    expect(world.sent).toHaveLength(asked);
  });
});
