import type { VerdictContext } from '#contract/desk.ts';
import type { Touch } from '#contract/touch.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeDay, writeMoment } from '../../../utils/view/desk/figures.ts';
import type { Quality } from '../../../utils/view/desk/quality.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';
import { Empty } from '../parts/Empty.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { Person } from '../parts/Person.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { StoodScore } from '../parts/StoodScore.tsx';
import { VerdictTag } from '../parts/VerdictTag.tsx';
import { VerdictActions } from './VerdictActions.tsx';

const shownTouches = 12;

/** One verdict as it stood, beside the list it was opened from. `position` counts from 1; 0: not in the list. */
export function VerdictAside({ desk, model, position }: { desk: Desk; model: Quality; position: number }) {
  const isOpen = model.params.value['verdict'] !== undefined;
  const context = model.verdict.value.value;
  const failure = model.verdict.failure.value;
  const count = model.listed.rows.value.length;
  return (
    <aside class="column detail" tabIndex={-1} aria-label={word('desk_verdict_context')}>
      <div class="heading middle" style={{ minHeight: '24px' }}>
        <h2>{word('desk_verdict_context')}</h2>
        {isOpen && position > 0 && <span class="faint small-text">{word('desk_of', position, count)}</span>}
        <span class="space" />
        {isOpen && (
          <>
            <kbd>J</kbd>
            <kbd>K</kbd>
            <button
              type="button"
              class="press bare small"
              aria-label={word('desk_close')}
              onClick={() => desk.address.change({ verdict: '' })}
            >
              <Glyph name="cross" />
            </button>
          </>
        )}
      </div>
      {!isOpen && <Empty glyph="gauge" title={word('desk_verdict_choose')} text={word('desk_verdict_choose_text')} />}
      {isOpen && failure && <p class="fault">{failure.message}</p>}
      {isOpen && !failure && !context && <Skeleton rows={8} waitsFor={word('desk_verdict_context')} />}
      {isOpen && context && <Context context={context} model={model} />}
    </aside>
  );
}

function Context({ context, model }: { context: VerdictContext; model: Quality }) {
  const name = context.contact === null ? word('desk_nameless') : cleanText(context.contact);
  const titled = [context.title, context.account].filter((each) => each !== null);
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
      <div class="box sunk" style={{ margin: '12px 0', padding: '10px 12px' }}>
        <div class="row">
          <VerdictTag value={context.value} reason={context.reason} />
          <span class="space" />
          <span class="faint small-text">{writeMoment(context.at)}</span>
        </div>
        <Words words={context.words} />
        <p class="small-text faint" style={{ marginTop: '4px' }}>
          {context.by ? word('desk_given_by', cleanText(context.by)) : describeTeam(context)}
          {context.undone && ` · ${word('desk_verdict_undone')}`}
        </p>
      </div>
      <VerdictActions key={context.id} context={context} model={model} />
      <StoodScore score={context.score} />
      <Touches context={context} />
      <h3 style={{ margin: '12px 0 4px' }}>{word('desk_since_then')}</h3>
      <CalledNow context={context} />
      <p class="small-text">
        {context.gradeNow ? (
          <>
            {word('desk_grade_today')} <span class="grade">{context.gradeNow}</span>
          </>
        ) : (
          word('desk_grade_gone')
        )}
      </p>
    </>
  );
}

/** What the rep wrote of the person when they judged; said to be that, as a verdict has no words of its own. */
function Words({ words }: Pick<VerdictContext, 'words'>) {
  if (words.length === 0) return null;
  return (
    <>
      {words.map(({ id, text, quote }) => (
        <div key={id} class="wrap" style={{ marginTop: '4px' }}>
          {quote && (
            <blockquote>
              “<InertText text={quote} />”
            </blockquote>
          )}
          <p>
            <InertText text={text} />{' '}
            <a class="go small-text" href={`#/insights?insight=${id}`}>
              {word('desk_verdict_insight')}
            </a>
          </p>
        </div>
      ))}
      <p class="small-text faint">{word('desk_verdict_words')}</p>
    </>
  );
}

/** What the person is called today, where that has changed since. */
function CalledNow({ context: { record, contact, title } }: { context: VerdictContext }) {
  if (!record || (record.name === contact && record.title === title)) return null;
  const called = [record.name ?? word('desk_nameless'), record.title].filter((each) => each !== null);
  return <p class="small-text">{word('desk_called_today', cleanText(called.join(' · ')))}</p>;
}

/** An older store tells the team alone. */
function describeTeam({ team }: VerdictContext): string {
  return team ? word('desk_rep_of_team', team.name, team.reps) : word('desk_rep_unnamed');
}

/** What happened, in the panel's words; a kind that a newer store sends stands for itself. */
function TouchWords({ touch }: { touch: Touch }) {
  const key = `panel_touch_${touch.kind}`;
  const said = word(key, cleanText(touch.campaign ?? touch.detail ?? word('panel_touch_something')));
  return <>{said === key ? touch.kind : said}</>;
}

function Touches({ context }: { context: VerdictContext }) {
  const people = context.touches.filter((touch) => !touch.isRobot);
  const robots = context.touches.length - people.length;
  return (
    <>
      <h3 style={{ margin: '12px 0 4px' }}>{word('desk_touches_before')}</h3>
      {people.length === 0 && <p class="small-text soft">{word('desk_touches_none')}</p>}
      <ul class="small-text dated">
        {people.slice(0, shownTouches).map((touch) => (
          <li key={touch.id}>
            <span class="faint whole">{writeDay(touch.at)}</span>
            <span>
              <TouchWords touch={touch} />
              {touch.campaign && touch.detail && <span class="soft">, {cleanText(touch.detail)}</span>}
            </span>
          </li>
        ))}
      </ul>
      {(people.length > shownTouches || robots > 0) && (
        <p class="small-text faint" style={{ marginTop: '4px' }}>
          {people.length > shownTouches && word('desk_touches_more', people.length - shownTouches)}{' '}
          {robots > 0 && word('desk_touches_robots', robots)}
        </p>
      )}
    </>
  );
}
