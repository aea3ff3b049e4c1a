import type { AskRow } from '#contract/ask.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Asks } from '../../../utils/view/desk/asks.ts';
import { writeAgo, writeMoment } from '../../../utils/view/desk/figures.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText, safeLink } from '../../ui/inert-text.ts';
import { VerdictTag } from '../parts/VerdictTag.tsx';
import type { RowPlace } from '../parts/Windowed.tsx';
import { AskAnswerForm } from './AskAnswerForm.tsx';

interface AskItemProps {
  row: AskRow;
  place: RowPlace;
  model: Asks;
  isSelected: boolean;
}

/** Who asked whom. Of who gave a verdict nothing is said before they answer. */
function askedWord({ by, to, for: way }: AskRow): string {
  if (way === 'marketing') return word('desk_ask_by', cleanText(by));
  const whom = to.length === 0 ? word('desk_ask_hidden') : to.map(cleanText).join(', ');
  return word('desk_ask_by_to', cleanText(by), whom);
}

/** One ask: who wants what of whom, about which account, and what came of it. */
export function AskItem({ row, place, model, isSelected }: AskItemProps) {
  const isAnswering = model.answering.value === row.id;
  const close = () => {
    model.answering.value = null;
  };
  return (
    <li {...place} class={isSelected ? 'insight selected' : 'insight'} aria-current={isSelected}>
      <div class="row small-text line">
        <b>{row.account === null ? word('desk_no_account') : cleanText(row.account)}</b>
        <span class="faint">
          {word(`panel_ask_kind_${row.kind}`).toLocaleLowerCase()} · {askedWord(row)}
        </span>
        <span class="space" />
        <span class="faint whole" title={writeMoment(row.at)}>
          {row.state === 'open' ? writeAgo(row.at, Date.now()) : writeMoment(row.at)}
        </span>
      </div>
      <p class="said wrap">
        <InertText text={row.text} />
        {row.contact && <span class="faint small-text"> {word('desk_insight_with', cleanText(row.contact))}</span>}
      </p>
      {row.verdict && (
        <p class="row small-text" style={{ marginTop: '4px' }}>
          <VerdictTag value={row.verdict.value} reason={row.verdict.reason} />
          <a class="go" href={`#/lead-quality?value=all&verdict=${row.verdict.id}`}>
            {word('desk_ask_context')}
          </a>
        </p>
      )}
      {row.answer && !isAnswering && <Answered row={row} model={model} />}
      {isAnswering && <AskAnswerForm row={row} model={model} onClose={close} />}
      {!isAnswering && <Actions row={row} model={model} />}
    </li>
  );
}

function Answered({ row, model }: Pick<AskItemProps, 'row' | 'model'>) {
  const { answer } = row;
  if (!answer) return null;
  const link = answer.link === null ? null : safeLink(answer.link);
  return (
    <p class="answered small-text">
      <b>{cleanText(answer.by)}</b>{' '}
      <span class="wrap">
        <InertText text={answer.text} />
      </span>{' '}
      {link !== null && (
        <a href={link} target="_blank" rel="noopener noreferrer nofollow">
          {new URL(link).host}
        </a>
      )}{' '}
      <span class="faint whole">
        {writeMoment(answer.at)}
        {row.isRead && ` · ${word('desk_ask_read')}`}
      </span>{' '}
      {row.for === 'marketing' && (
        <button type="button" class="go no-print" onClick={() => void model.takeBack(row)}>
          {word('desk_answer_take_back')}
        </button>
      )}
    </p>
  );
}

function Actions({ row, model }: Pick<AskItemProps, 'row' | 'model'>) {
  const isClosed = row.state === 'closed';
  return (
    <div class="row small-text acts no-print">
      {isClosed && row.closedBy !== null && (
        <span class="faint">{word('desk_ask_closed_by', cleanText(row.closedBy))}</span>
      )}
      <span class="space" />
      <button type="button" class="go" onClick={() => void model.close(row, !isClosed)}>
        {word(isClosed ? 'desk_ask_reopen' : 'desk_ask_close')}
      </button>
      {row.for === 'marketing' && !isClosed && (
        <button
          type="button"
          class="go"
          onClick={() => {
            model.answering.value = row.id;
          }}
        >
          {word(row.answer ? 'desk_answer_change' : 'desk_answer')}
        </button>
      )}
    </div>
  );
}
