import type { CardHandOver, Delivery, PanelStatus } from '#contract/card.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../utils/platform/words.ts';
import type { HandOverFlow, ReturnDraft } from '../../utils/view/panel/hand-over.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { InertText } from '../ui/InertText.tsx';
import { causeWord, dueWord, earlierWord, returnReasonWord, returnWayWord } from './hand-over-words.ts';
import { moveFocus } from './move-focus.ts';
import { returnReasons } from './return-reasons.ts';
import { dayInline } from './wording.ts';

interface HandOverProps {
  handOver: CardHandOver | null | undefined;
  flow: HandOverFlow;
  status: PanelStatus | null;
  now: number;
}

/** The reasons of both ways back, one tap. One stop for Tab, arrows inside. */
function WayChips({ draft, flow }: { draft: ReturnDraft; flow: HandOverFlow }) {
  return (
    <div class="why" role="radiogroup" aria-label={word('hand_over_why')} onKeyDown={moveFocus}>
      {returnReasons.map(([way, reasons], group) => (
        <div key={way} class="way">
          <p class="small">
            <b>{returnWayWord(way)}</b> <span class="quiet">{word(`hand_over_way_${way}_means`)}</span>
          </p>
          <div class="chips">
            {reasons.map((reason, index) => {
              const isChosen = draft.way === way && draft.reason === reason;
              const isStop = draft.reason === null ? group === 0 && index === 0 : isChosen;
              return (
                // biome-ignore lint/a11y/useSemanticElements: chips like those of a verdict, which a native radio cannot be drawn as
                <button
                  type="button"
                  class="chip"
                  role="radio"
                  key={reason}
                  aria-checked={isChosen}
                  tabIndex={isStop ? 0 : -1}
                  onClick={() => flow.change({ way, reason })}
                >
                  {returnReasonWord(reason)}
                </button>
              );
            })}
          </div>
        </div>
      ))}
    </div>
  );
}

/** The form in which a lead is given back: why, and a line to marketing. */
function ReturnForm({ draft, flow, isSaving }: { draft: ReturnDraft; flow: HandOverFlow; isSaving: boolean }) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') flow.cancel();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) flow.giveBack();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape and Ctrl+Enter work from everywhere in the form
    <div class="composer opens" onKeyDown={onKeyDown}>
      <WayChips draft={draft} flow={flow} />
      <label class="field">
        <span>{word('hand_over_line')}</span>
        <input
          type="text"
          maxLength={longest.handOverLine}
          value={draft.line}
          onInput={(event) => flow.change({ line: event.currentTarget.value })}
        />
      </label>
      <div class="form-end">
        <Button look="main" isDisabled={isSaving || draft.reason === null} onPress={flow.giveBack}>
          {word('hand_over_give_back')}
        </Button>
        <Button look="bare" onPress={flow.cancel}>
          {word('panel_cancel')}
        </Button>
      </div>
    </div>
  );
}

function Waiting({ handOver, flow, now }: Omit<HandOverProps, 'status' | 'handOver'> & { handOver: CardHandOver }) {
  const draft = flow.draft.value;
  const isSaving = flow.isSaving.value;
  const { note, earlier } = handOver;
  const isLate = Date.parse(handOver.dueAt) < now;
  return (
    <>
      <div class="heading">
        <h2>{word('hand_over_offered')}</h2>
        <span class={isLate ? 'due late' : 'due'}>{dueWord(handOver, now)}</span>
      </div>
      <p class="small">{causeWord(handOver)}</p>
      {note !== null && (
        <p class="small said">
          {'“'}
          <InertText text={note} />
          {'”'}
        </p>
      )}
      {earlier !== null && (
        <p class="small said">
          <b>{word('hand_over_came_back')}</b> {earlierWord(earlier, now)}
          {earlier.line !== null && (
            <>
              {' “'}
              <InertText text={earlier.line} />
              {'”'}
            </>
          )}
        </p>
      )}
      {draft === null ? (
        <div class="verdict">
          <Button look="main" isDisabled={isSaving} onPress={flow.accept}>
            {word('hand_over_accept')}
          </Button>
          <Button isDisabled={isSaving} onPress={flow.openReturn}>
            {word('hand_over_return')}
          </Button>
        </div>
      ) : (
        <ReturnForm draft={draft} flow={flow} isSaving={isSaving} />
      )}
    </>
  );
}

/** Where the answer is. Never a word before its fact. */
function Progress({ delivery, status }: { delivery: Delivery; status: PanelStatus | null }) {
  if (delivery === 'sent') return <span class="toward">{word('panel_receipt_sent')}</span>;
  const isReached = status === null || status.store === 'reached';
  return (
    <span class="toward">
      {word('panel_receipt_saved')}
      {isReached && <Icon name="arrow" isSmall />}
      {word(isReached ? 'panel_receipt_sending' : 'panel_receipt_later')}
    </span>
  );
}

function Answered({
  handOver,
  flow,
  status,
  now,
}: {
  handOver: CardHandOver;
  flow: HandOverFlow;
  status: PanelStatus | null;
  now: number;
}) {
  const { answer, delivery } = handOver;
  if (answer === null) return null;
  const day = dayInline(answer.at, now);
  return (
    <div class="receipt">
      <p role="status">
        <span class="done">
          <Icon name="check" />
        </span>
        <span>
          {answer.way === null || answer.reason === null
            ? word('hand_over_accepted', day)
            : word('hand_over_returned', returnWayWord(answer.way), returnReasonWord(answer.reason), day)}
        </span>
        <Progress delivery={delivery} status={status} />
      </p>
      <Button look="ghost" icon="undo" isDisabled={flow.isSaving.value} onPress={flow.undo}>
        {word('panel_undo')}
      </Button>
    </div>
  );
}

/** A qualified lead that marketing offers to this member: until when, why, and whether it came back; taken or given back here. Once answered, what became of it. */
export function HandOver({ handOver, flow, status, now }: HandOverProps) {
  if (!handOver) return null;
  const problem = flow.problem.value;
  return (
    <section class="hand-over" aria-label={word('hand_over')}>
      {handOver.state === 'offered' ? (
        <Waiting handOver={handOver} flow={flow} now={now} />
      ) : (
        <Answered handOver={handOver} flow={flow} status={status} now={now} />
      )}
      {problem !== null && (
        <p class="failed" role="alert">
          {word('panel_not_saved', problem)}
        </p>
      )}
    </section>
  );
}
