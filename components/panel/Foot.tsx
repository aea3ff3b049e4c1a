import type { Card } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import type { PanelModel } from '../../utils/view/panel/model.ts';
import type { Writing } from '../../utils/view/panel/writing.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { AskComposer } from './AskComposer.tsx';
import { Composer } from './Composer.tsx';
import { InsightLine } from './InsightLine.tsx';
import { listStuck, Outbox } from './Outbox.tsx';
import { ReasonChips, ReceiptLine, VerdictButtons } from './Verdict.tsx';
import { WrittenLine } from './WrittenLine.tsx';

/** Closes over focus that really leaves: it moves to something outside the foot, or out of the panel. */
function leavesFoot(event: FocusEvent): boolean {
  const foot = event.currentTarget as HTMLElement;
  return !(
    event.relatedTarget instanceof (foot.ownerDocument.defaultView ?? globalThis).Node &&
    foot.contains(event.relatedTarget)
  );
}

/** What a composer does, as the panel's model has it. */
function acts<Draft, Id>(writing: Writing<Draft, Id>) {
  return {
    isSaving: writing.isSaving.value,
    problem: writing.problem.value,
    onChange: writing.change,
    onSave: () => void writing.save(),
    onCancel: writing.discard,
    onKeep: writing.close,
  };
}

function CardFoot({ model, card }: { model: PanelModel; card: Card }) {
  const { insight, verdict, asks } = model;
  const draft = insight.draft.value;
  const asking = asks.draft.value;
  const account = card.account === null ? null : cleanText(card.account.name);
  const person = card.contact?.name ? cleanText(card.contact.name) : null;
  const about = [person, account].filter(Boolean).join(', ');
  if (draft !== null) return <Composer draft={draft} about={about} {...acts(insight)} />;
  if (asking !== null) return <AskComposer draft={asking} about={about} {...acts(asks)} />;
  const line = verdict.line.value;
  const saved = insight.saved.value;
  const isSent = card.insights.some((each) => each.id === saved?.id && each.delivery === 'sent');
  const asked = asks.saved.value;
  const askedHere = asks.here.value.find((each) => each.id === asked?.id);
  // Once it is answered it stays, with its answer.
  const standing = askedHere?.answer ? null : asked;
  const ask = (
    <div class="lines">
      <InsightLine
        account={card.contact === null ? account : null}
        hasKept={insight.hasKept.value}
        onOpen={() => insight.open()}
      />
      <Button name={word('panel_ask')} onPress={asks.open}>
        {word('panel_ask_save')}
      </Button>
    </div>
  );
  return (
    <>
      {card.contact === null ? (
        ask
      ) : (
        <div class="judging">
          <VerdictButtons line={line} onPress={verdict.press} />
          <ReasonChips line={line} onReason={verdict.giveReason} />
          <ReceiptLine line={line} onUndo={verdict.undo} />
          {ask}
        </div>
      )}
      <WrittenLine
        saved={standing}
        isSent={askedHere?.delivery === 'sent'}
        words={{ saved: word('panel_ask_saved'), sent: word('panel_ask_sent'), withdrawn: word('panel_ask_withdrawn') }}
        onWithdraw={() => void asks.withdraw()}
      />
      <WrittenLine
        saved={saved}
        isSent={isSent}
        words={{
          saved: word('panel_insight_saved'),
          sent: word('panel_insight_sent'),
          withdrawn: word('panel_insight_withdrawn'),
        }}
        onWithdraw={() => void insight.withdraw()}
      />
    </>
  );
}

/** The foot: verdict, reasons, receipt, the insight line, what waits to be sent. It stays while the body scrolls. */
export function Foot({ model }: { model: PanelModel }) {
  const body = model.body.value;
  const status = model.status.value;
  const hasCard = body.kind === 'card' || body.kind === 'newPerson' || body.kind === 'account';
  const stuck = status === null ? [] : listStuck(status.unsent, status.store === 'reached', model.now.value);
  const isQuiet = body.kind === 'firstRun' || body.kind === 'loading' || body.kind === 'locked';
  if (!hasCard && isQuiet && stuck.length === 0) return null;
  return (
    <footer class="foot" onFocusOut={(event) => leavesFoot(event) && model.verdict.leave()}>
      {hasCard && <CardFoot model={model} card={body.card} />}
      {!hasCard && !isQuiet && (
        <p class="assurance">
          <Icon name="shield" />
          <span>{word('panel_looked_up_here')}</span>
        </p>
      )}
      <Outbox items={stuck} now={model.now.value} onAll={model.openOptions} />
    </footer>
  );
}
