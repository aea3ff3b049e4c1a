import { useState } from 'preact/hooks';
import type { Card } from '#contract/card.ts';
import type { PlannedTouch } from '#contract/touch.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { weekdayAhead, writeDay } from '../../utils/view/panel/dates.ts';
import { foldTouches, listNoise, type Moment, type Noise } from '../../utils/view/panel/touch-rows.ts';
import { Icon } from '../ui/Icon.tsx';
import type { IconName } from '../ui/icon-paths.ts';
import { cleanText } from '../ui/inert-text.ts';
import { dayWord, wordsLocale } from './wording.ts';

const most = 4;

const icons: Partial<Record<string, IconName>> = {
  visited_page: 'page',
  attended: 'screen',
  registered: 'screen',
  no_show: 'screen',
  clicked: 'pointer',
  sent: 'mail',
  delivered: 'mail',
  opened: 'mail',
  bounced: 'mail',
  subscribed: 'mail',
  unsubscribed: 'barred',
  replied: 'reply',
  responded: 'reply',
  submitted_form: 'form',
  requested_contact: 'form',
  downloaded: 'download',
  met: 'person',
};

/** One touch in words: what happened, to what, how often. A kind of a newer store is shown as it is named. */
export function touchWord(moment: Pick<Moment, 'kind' | 'what' | 'count'>): string {
  const what = moment.what === null ? null : cleanText(moment.what);
  const key = `panel_touch_${moment.kind}`;
  const known = word(key, what ?? word('panel_touch_something'));
  const text = known === key ? [cleanText(moment.kind).replaceAll('_', ' '), what].filter(Boolean).join(': ') : known;
  return moment.count > 1 ? countWord('panel_times', moment.count, text) : text;
}

function TouchRow({ moment, now, mark }: { moment: Moment; now: number; mark?: string }) {
  const text = mark ? `${touchWord(moment)}, ${mark}` : touchWord(moment);
  return (
    <li>
      <Icon name={icons[moment.kind] ?? 'clock'} />
      <span class="cut" title={text}>
        {text}
      </span>
      <span class="when">{dayWord(moment.at, now)}</span>
    </li>
  );
}

function noiseWord(noise: Noise): string {
  const parts = [];
  if (noise.opens > 0) parts.push(countWord('panel_opens', noise.opens));
  if (noise.others > 0)
    parts.push(countWord(noise.opens > 0 ? 'panel_other_touches' : 'panel_small_touches', noise.others));
  if (noise.robots > 0) parts.push(countWord('panel_by_robots', noise.robots));
  return parts.join(', ');
}

function NoiseRows({ noise, now }: { noise: Noise; now: number }) {
  const [isOpen, setOpen] = useState(false);
  const text = noiseWord(noise);
  return (
    <>
      <li class="fold">
        <Icon name="more" />
        <span class="cut" title={text}>
          {text}
        </span>
        <button
          type="button"
          class="button ghost"
          aria-expanded={isOpen}
          aria-label={word(isOpen ? 'panel_fold_close' : 'panel_fold_open', text)}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'up' : 'down'} isSmall />
        </button>
      </li>
      {isOpen &&
        listNoise(noise).map((row) => (
          <TouchRow key={row.id} moment={row} now={now} {...(row.isRobot ? { mark: word('panel_robot') } : {})} />
        ))}
    </>
  );
}

function NextRow({ touch, now }: { touch: PlannedTouch; now: number }) {
  const what = cleanText(touch.campaign ?? touch.detail ?? word('panel_touch_something'));
  const weekday = weekdayAhead(touch.plannedAt, now, wordsLocale());
  const text = weekday === null ? word('panel_goes_out', what) : word('panel_goes_out_on', what, weekday);
  return (
    <li class="next">
      <Icon name="clock" />
      <span class="cut" title={text}>
        {text}
      </span>
      <span class="when">{writeDay(touch.plannedAt, now, wordsLocale())}</span>
    </li>
  );
}

/** What marketing has done with this person: moments first, noise folded, what goes out next. */
export function Touches({ contact, now }: { contact: NonNullable<Card['contact']>; now: number }) {
  const [isWhole, setWhole] = useState(false);
  const { moments, noise, next } = foldTouches(contact.touches, contact.planned, now);
  const shown = isWhole ? moments : moments.slice(0, most);
  const since = contact.firstTouchAt === null ? null : writeDay(contact.firstTouchAt, now, wordsLocale());
  return (
    <section aria-label={word('panel_touches')}>
      <div class="heading">
        <h2>{word('panel_touches')}</h2>
        {since !== null && <span class="when">{word('panel_touch_count', contact.touchCount, since)}</span>}
      </div>
      <ul class="rows">
        {shown.map((moment) => (
          <TouchRow key={moment.id} moment={moment} now={now} />
        ))}
        {moments.length > shown.length && (
          <li class="fold">
            <Icon name="more" />
            <button type="button" class="button ghost more" onClick={() => setWhole(true)}>
              {countWord('panel_more', moments.length - shown.length)}
            </button>
          </li>
        )}
        {noise.touches.length > 0 && <NoiseRows noise={noise} now={now} />}
        {moments.length === 0 && noise.touches.length === 0 && <li class="none">{word('panel_no_touches')}</li>}
        {next !== null && <NextRow touch={next} now={now} />}
      </ul>
    </section>
  );
}
