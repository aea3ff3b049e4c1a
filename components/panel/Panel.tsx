import { word } from '../../utils/platform/words.ts';
import { isUnread, waitsForMe } from '../../utils/view/panel/asks.ts';
import type { PanelModel } from '../../utils/view/panel/model.ts';
import type { PanelBody } from '../../utils/view/panel/state.ts';
import { mayNotContact } from '../../utils/view/panel/state.ts';
import { AccountSection } from './AccountSection.tsx';
import { AskNews, Asks } from './Asks.tsx';
import { Bar } from './Bar.tsx';
import { FirstRun, Loading, Locked, Nobody, Several, Unknown, Unreadable } from './Empty.tsx';
import { Foot } from './Foot.tsx';
import { HandOver } from './HandOver.tsx';
import { NewPerson } from './NewPerson.tsx';
import type { PlaceProps } from './PlaceControl.tsx';
import { Receipts } from './Receipts.tsx';
import { SayThis } from './SayThis.tsx';
import { ScoreSection } from './ScoreSection.tsx';
import { Strips } from './Strips.tsx';
import { focusPerson, Switcher } from './Switcher.tsx';
import { Touches } from './Touches.tsx';
import { Who } from './Who.tsx';
import { YourHandOvers } from './YourHandOvers.tsx';

interface PanelProps {
  model: PanelModel;
  /** Where it stands and how to move it; null while it is not known. */
  place: PlaceProps | null;
  /** Null where the browser itself closes the panel. */
  onCollapse: (() => void) | null;
  /** Reloads the page that the panel stands beside. */
  onReload: () => void;
}

type CardBody = Extract<PanelBody, { kind: 'card' | 'newPerson' | 'account' }>;

/** The sections of a card, in their order: who, score, say this, touches, account. A new person's account comes first. */
function CardSections({ model, body }: { model: PanelModel; body: CardBody }) {
  const { card } = body;
  const now = model.now.value;
  const facts = model.answer.value?.facts ?? null;
  const { points, people } = model;
  const say = (
    <SayThis
      points={card.talkingPoints}
      seen={points.seen.value}
      note={points.note.value}
      canInsert={(model.sighting.value?.hasDraft ?? false) && !mayNotContact(card)}
      now={now}
      onCopy={(point) => void points.copy(point)}
      onInsert={(point) => void points.insert(point)}
      onJudge={(point, outcome) => void points.judge(point, outcome)}
      onSay={(point) => model.insight.open(point)}
      onSeeing={points.startSeeing}
    />
  );
  const account = (
    <AccountSection card={card} facts={facts} hasTerms={card.contact === null} now={now} onOpen={people.open} />
  );
  // What is new to the member stands above all that was there before.
  const asks = <Asks model={model.asks} now={now} />;
  const hasNews = model.asks.here.value.some((each) => waitsForMe(each) || isUnread(each));
  if (body.kind === 'newPerson') {
    const { person } = body;
    return (
      <>
        <NewPerson
          person={person}
          card={card}
          isAdded={people.added.value.has(person.clue?.value ?? '')}
          problem={people.problem.value}
          onAdd={() => void people.add(person, person.name || null)}
          onIdentify={(candidate) => void people.identify(person, candidate)}
        />
        {asks}
        {account}
        {say}
      </>
    );
  }
  const person = body.kind === 'card' ? body.person : null;
  return (
    <>
      <Who
        card={card}
        now={now}
        chosen={card.choice !== null && person?.clue ? person : null}
        onForget={(match) => void people.forget(match)}
      />
      {hasNews && asks}
      <HandOver handOver={card.handOver} flow={model.handOver} status={model.status.value} now={now} />
      <ScoreSection card={card} facts={facts} now={now} />
      {say}
      {card.contact && <Touches contact={card.contact} now={now} />}
      {!hasNews && asks}
      {account}
    </>
  );
}

/** What is said where nobody is to be sold to: the view has nobody, or colleagues alone. */
function nobodyWords(model: PanelModel): [string, string] {
  if (model.body.value.kind === 'nobody') return [word('panel_nobody'), word('panel_nobody_detail')];
  const isRecord = model.sighting.value?.people.some((each) => each.standing === 'subject') ?? false;
  const place = isRecord ? 'record' : 'thread';
  return [word(`panel_only_colleagues_${place}`), word('panel_only_colleagues_detail')];
}

/** What stands where a card would. */
function Body({ model }: { model: PanelModel }) {
  const body = model.body.value;
  const { people } = model;
  const search = { words: people.words.value, found: people.found.value, onSearch: people.search };
  const problem = people.problem.value;
  switch (body.kind) {
    case 'loading':
      return <Loading progress={body.progress} />;
    case 'firstRun':
      return <FirstRun onOptions={model.openOptions} />;
    case 'locked':
      return <Locked />;
    case 'nobody':
    case 'colleagues': {
      const [heading, detail] = nobodyWords(model);
      const recent = model.answer.value?.recent ?? [];
      return (
        <>
          <AskNews asks={model.asks.news.value} now={model.now.value} onOpen={people.open} />
          <YourHandOvers handOvers={model.status.value?.handOvers ?? []} now={model.now.value} onOpen={people.open} />
          <Nobody heading={heading} detail={detail} recent={recent} {...search} onOpen={people.open} />
        </>
      );
    }
    case 'unreadable':
      return <Unreadable {...search} onOpen={people.open} />;
    case 'unknown':
    case 'several': {
      const { person } = body;
      const identify = (candidate: Parameters<typeof people.identify>[1]) => void people.identify(person, candidate);
      if (body.kind === 'several') return <Several person={person} problem={problem} onIdentify={identify} />;
      return <Unknown person={person} problem={problem} {...search} onIdentify={identify} />;
    }
    default: {
      const { card } = body;
      // A card of somebody else is another card: nothing that was opened in the last one stays open.
      return <CardSections key={card.contact?.id ?? card.account?.id} model={model} body={body} />;
    }
  }
}

/** Which way the arrows go among the people in view. */
const steps: ReadonlyMap<string, 1 | -1> = new Map([
  ['ArrowDown', 1],
  ['ArrowUp', -1],
]);

/** The panel: bar, notices, body, foot. It draws the model and calls it. */
export function Panel({ model, place, onCollapse, onReload }: PanelProps) {
  const people = model.answer.value?.people ?? [];
  const selected = model.answer.value?.selected ?? null;
  const isAmongColleagues = model.body.value.kind === 'colleagues';
  const hasSwitcher = !isAmongColleagues && (people.length > 1 || (people.length === 1 && selected === null));
  /** Alt with an arrow shows the next person, wherever the focus is. In a text the arrows are the text's own. */
  const switchByKey = (event: KeyboardEvent) => {
    const step = steps.get(event.key);
    const target = event.target as Element;
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || step === undefined) return;
    if (!hasSwitcher || target.localName === 'textarea') return;
    const next = model.stepPerson(step);
    if (next === null) return;
    event.preventDefault();
    // The card goes, and with it what has the focus: their row takes it.
    if (target.closest('.body') !== null) focusPerson(event.currentTarget as Element, next);
  };
  return (
    <aside class="panel" tabIndex={-1} aria-label={word('manifest_name')} onKeyDown={switchByKey}>
      <Bar status={model.status.value} now={model.now.value} place={place} onCollapse={onCollapse} />
      <Strips
        strips={model.strips.value}
        onReload={onReload}
        onOptions={model.openOptions}
        onRetry={() => {
          model.syncNow();
          void model.cards.ask();
        }}
      />
      {model.body.value.kind !== 'locked' && (
        <Receipts
          receipts={model.status.value?.receipts ?? []}
          now={model.now.value}
          onDismiss={model.dismissReceipt}
        />
      )}
      <div class="body">
        {hasSwitcher && (
          <Switcher
            key={people.map((each) => each.evidence).join('\n')}
            people={people}
            selected={selected}
            onSelect={model.selectPerson}
          />
        )}
        <Body model={model} />
      </div>
      <Foot model={model} />
    </aside>
  );
}
