import type { HandOverContext, HandOverEvent } from '#contract/desk-hand-over.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeMoment } from '../../../utils/view/desk/figures.ts';
import type { HandOvers } from '../../../utils/view/desk/hand-overs.ts';
import { returnReasonWord, returnWayWord } from '../../panel/hand-over-words.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';
import { Empty } from '../parts/Empty.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { Person } from '../parts/Person.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { StoodScore } from '../parts/StoodScore.tsx';
import { HandOverActions } from './HandOverActions.tsx';
import { nameMember, stateWord, timeWord } from './hand-over-words.ts';
import { OfferForm } from './OfferForm.tsx';

/** One hand-over with its history beside the list it was opened from, or the form to offer somebody. `position` counts from 1; 0: not in the list. */
export function HandOverAside({ desk, model, position }: { desk: Desk; model: HandOvers; position: number }) {
  const isOpen = model.params.value['lead'] !== undefined;
  const isOffering = model.isOffering.value;
  const context = model.context.value.value;
  const failure = model.context.failure.value;
  const title = word(isOffering ? 'desk_hand_over_offer' : 'desk_hand_over_one');
  return (
    <aside class="column detail" tabIndex={-1} aria-label={title}>
      <div class="heading middle" style={{ minHeight: '24px' }}>
        <h2>{title}</h2>
        {position > 0 && (
          <span class="faint small-text">{word('desk_of', position, model.listed.rows.value.length)}</span>
        )}
        <span class="space" />
        {isOpen && (
          <button
            type="button"
            class="press bare small"
            aria-label={word('desk_close')}
            onClick={() => desk.address.change({ lead: '', account: '' })}
          >
            <Glyph name="cross" />
          </button>
        )}
      </div>
      {!isOpen && (
        <Empty glyph="baton" title={word('desk_hand_over_choose')} text={word('desk_hand_over_choose_text')} />
      )}
      {isOffering && <OfferForm desk={desk} model={model} />}
      {isOpen && !isOffering && failure && <p class="fault">{failure.message}</p>}
      {isOpen && !isOffering && !failure && !context && <Skeleton rows={8} waitsFor={title} />}
      {isOpen && !isOffering && context && <Context context={context} model={model} />}
    </aside>
  );
}

function Context({ context, model }: { context: HandOverContext; model: HandOvers }) {
  const name = context.contact === null ? word('desk_nameless') : cleanText(context.contact);
  const titled = [context.title, context.account].filter((each) => each !== null);
  const time = timeWord(context, Date.now());
  const { earlier, note } = context;
  return (
    <>
      <div class="row">
        <Person name={name} isLarge />
        <div style={{ minWidth: 0 }}>
          <p>
            <b>{name}</b>
          </p>
          <p class="small-text soft">{cleanText(titled.join(' · '))}</p>
        </div>
      </div>
      <div class="box sunk stack" style={{ margin: '12px 0', padding: '10px 12px', gap: '4px' }}>
        <div class="row">
          <b class={context.isOverdue ? 'danger' : undefined}>{stateWord(context)}</b>
          <span class="space" />
          <span class={time.isLate ? 'danger small-text' : 'faint small-text'}>{time.text}</span>
        </div>
        <p class="small-text">
          {context.member === null ? nameMember(context) : word('desk_hand_over_is_with', nameMember(context))}
        </p>
        {note !== null && <Said by={context.offeredBy} text={note} />}
        {context.line !== null && <Said by={context.member} text={context.line} />}
      </div>
      {earlier !== null && (
        <p class="small-text soft" style={{ marginBottom: '12px' }}>
          <b>{word('hand_over_came_back')}</b>{' '}
          {word(
            earlier.by === null ? 'hand_over_back' : 'hand_over_back_by',
            writeMoment(earlier.at),
            returnWayWord(earlier.way),
            returnReasonWord(earlier.reason),
            cleanText(earlier.by ?? ''),
          )}
          {earlier.line !== null && (
            <>
              {' “'}
              <InertText text={earlier.line} />
              {'”'}
            </>
          )}
        </p>
      )}
      <HandOverActions key={context.id} context={context} model={model} />
      <StoodScore score={context.score} />
      <p class="small-text" style={{ marginTop: '8px' }}>
        {context.gradeNow ? (
          <>
            {word('desk_grade_today')} <span class="grade">{context.gradeNow}</span>
          </>
        ) : (
          word('desk_grade_gone')
        )}
      </p>
      <h3 style={{ margin: '12px 0 4px' }}>{word('desk_hand_over_history')}</h3>
      <ol class="small-text" style={{ display: 'grid', gap: '4px' }}>
        {context.events.map((event, index) => (
          <Happened key={`${event.at} ${index}`} event={event} cause={context.cause} />
        ))}
      </ol>
    </>
  );
}

function Said({ by, text }: { by: string | null; text: string }) {
  return (
    <p class="small-text">
      {'“'}
      <InertText text={text} />
      {'”'}
      {by !== null && <span class="faint"> {cleanText(by)}</span>}
    </p>
  );
}

/** What happened, by whom, in a sentence; what a newer store tells stands for itself. */
function eventWord(event: HandOverEvent, cause: string): string {
  const by = event.by === null ? '' : cleanText(event.by);
  const to = event.to === null ? word('desk_hand_over_no_one') : cleanText(event.to);
  switch (event.what) {
    case 'offered':
      return by === ''
        ? word(cause === 'hand_raise' ? 'desk_hand_over_did_raised' : 'desk_hand_over_did_risen', to)
        : word('desk_hand_over_did_offered', by, to);
    case 'assigned':
      if (by !== '') return word('desk_hand_over_did_assigned', by, to);
      return event.to === null ? word('desk_hand_over_did_left') : word('desk_hand_over_did_found', to);
    case 'returned':
      return word(
        'desk_hand_over_did_returned',
        by,
        returnWayWord(event.way ?? ''),
        returnReasonWord(event.reason ?? ''),
      );
    case 'accepted':
    case 'undone':
    case 'withdrawn':
      return word(`desk_hand_over_did_${event.what}`, by);
    default:
      return cleanText(event.what);
  }
}

function Happened({ event, cause }: { event: HandOverEvent; cause: string }) {
  return (
    <li class="row line">
      <span class="faint whole" style={{ width: '96px', flex: 'none' }}>
        {writeMoment(event.at)}
      </span>
      <span>
        {eventWord(event, cause)}
        {event.line !== null && (
          <span class="soft">
            {' “'}
            <InertText text={event.line} />
            {'”'}
          </span>
        )}
      </span>
    </li>
  );
}
