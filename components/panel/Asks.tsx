import { useState } from 'preact/hooks';
import type { ShownAsk } from '#contract/card.ts';
import { longest } from '#contract/limits.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { type AskDesk, isUnread, waitsForMe } from '../../utils/view/panel/asks.ts';
import { Button } from '../ui/Button.tsx';
import { InertText } from '../ui/InertText.tsx';
import { cleanText, safeLink } from '../ui/inert-text.ts';
import { dayInline, reasonWord } from './wording.ts';

const most = 3;

/** What an ask is about, besides the account it stands at: its kind, or the verdict it asks about. */
function aboutWord({ kind, verdict, contact }: ShownAsk): string {
  if (verdict === null) {
    const key = `panel_ask_kind_${kind}`;
    return (word(key) === key ? cleanText(kind) : word(key)).toLocaleLowerCase();
  }
  const said = verdict.reason === null ? word(`panel_${verdict.value}`) : reasonWord(verdict.reason);
  return contact === null ? word('panel_ask_verdict', said) : word('panel_ask_verdict_on', said, cleanText(contact));
}

function Answer({ ask, now }: { ask: ShownAsk; now: number }) {
  const { answer } = ask;
  if (answer === null) return null;
  const link = answer.link === null ? null : safeLink(answer.link);
  return (
    <p class="answer">
      <b>{word('panel_ask_answer_of', cleanText(answer.by))}</b> <InertText text={answer.text} />
      {link !== null && (
        <>
          {' '}
          <a href={link} target="_blank" rel="noopener noreferrer nofollow">
            {new URL(link).host}
          </a>
        </>
      )}{' '}
      <span class="quiet">{ask.delivery === 'sent' ? dayInline(answer.at, now) : word('panel_not_sent_yet')}</span>
    </p>
  );
}

/** One line to answer with. */
function AnswerLine({ ask, model }: { ask: ShownAsk; model: AskDesk }) {
  const [text, setText] = useState('');
  const send = () => {
    if (text.trim() !== '') void model.answer(ask.id, text);
  };
  return (
    <form
      class="answer-line"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label class="field">
        <span class="unseen">{word('panel_ask_your_answer', cleanText(ask.by))}</span>
        <input
          type="text"
          maxLength={longest.askAnswer}
          value={text}
          placeholder={word('panel_ask_answer_hint')}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <Button look="plain" isDisabled={text.trim() === ''} onPress={send}>
        {word('panel_ask_answer')}
      </Button>
    </form>
  );
}

function Ask({ ask, model, now }: { ask: ShownAsk; model: AskDesk; now: number }) {
  const when = ask.delivery === 'sent' || ask.answer !== null ? dayInline(ask.at, now) : word('panel_not_sent_yet');
  const told = [
    ask.isOwn ? word('panel_ask_you') : word('panel_ask_asks', cleanText(ask.by)),
    aboutWord(ask),
    when,
  ].filter((each) => each !== '');
  return (
    <blockquote class="quote">
      <p>
        <InertText text={ask.text} />
      </p>
      <footer>{told.join(', ')}</footer>
      <Answer ask={ask} now={now} />
      {ask.answer === null && ask.closedAt !== null && <p class="answer quiet">{word('panel_ask_closed')}</p>}
      {waitsForMe(ask) && <AnswerLine ask={ask} model={model} />}
      {isUnread(ask) && (
        <Button look="ghost" icon="check" onPress={() => model.markRead(ask.id)}>
          {word('panel_ask_read')}
        </Button>
      )}
    </blockquote>
  );
}

/** What was asked of marketing about this account, with the answers, and what marketing asks. Nothing is drawn where nothing was asked. */
export function Asks({ model, now }: { model: AskDesk; now: number }) {
  const [isWhole, setWhole] = useState(false);
  const asks = model.here.value;
  if (asks.length === 0) return null;
  const shown = isWhole ? asks : asks.slice(0, most);
  return (
    <section aria-label={word('panel_asks')}>
      <div class="heading">
        <h2>{word('panel_asks')}</h2>
      </div>
      {shown.map((ask) => (
        <Ask key={ask.id} ask={ask} model={model} now={now} />
      ))}
      {asks.length > shown.length && (
        <button type="button" class="button ghost more" onClick={() => setWhole(true)}>
          {countWord('panel_more', asks.length - shown.length)}
        </button>
      )}
      {model.draft.value === null && model.problem.value !== null && (
        <p class="failed" role="alert">
          {word('panel_not_saved', model.problem.value)}
        </p>
      )}
    </section>
  );
}

interface AskNewsProps {
  asks: readonly ShownAsk[];
  now: number;
  onOpen: (ask: ShownAsk) => void;
}

/** Where nobody is in view: what marketing answered and this member has not read, and what it asks them. */
export function AskNews({ asks, now, onOpen }: AskNewsProps) {
  const [isWhole, setWhole] = useState(false);
  if (asks.length === 0) return null;
  const shown = isWhole ? asks : asks.slice(0, most);
  return (
    <section aria-label={word('panel_ask_news')}>
      <div class="heading">
        <h2>{word('panel_ask_news')}</h2>
        <span class="when">{asks.length}</span>
      </div>
      <ul class="people">
        {shown.map((ask) => (
          <li key={ask.id}>
            <button type="button" class="news" onClick={() => onOpen(ask)} title={cleanText(ask.text)}>
              <span class="cut">
                {word(
                  waitsForMe(ask) ? 'panel_ask_asks' : 'panel_ask_answered_by',
                  cleanText((waitsForMe(ask) ? ask.by : ask.answer?.by) ?? ''),
                )}{' '}
                <b>{cleanText(ask.contact ?? ask.account ?? ask.text)}</b>
              </span>
              <span class="when">{dayInline((waitsForMe(ask) ? ask.at : ask.answer?.at) ?? ask.at, now)}</span>
            </button>
          </li>
        ))}
      </ul>
      {asks.length > shown.length && (
        <button type="button" class="button ghost more" onClick={() => setWhole(true)}>
          {countWord('panel_more', asks.length - shown.length)}
        </button>
      )}
    </section>
  );
}
