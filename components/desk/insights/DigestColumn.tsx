import { useEffect } from 'preact/hooks';
import type { Digest, DigestLine } from '#contract/digest.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { DigestModel } from '../../../utils/view/desk/digest.ts';
import { writeDigestMarkdown, writeWeakRate } from '../../../utils/view/desk/digest-markdown.ts';
import { writeCalendarDay, writeCount } from '../../../utils/view/desk/figures.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';
import { Empty } from '../parts/Empty.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { WeekChart } from '../quality/WeekChart.tsx';
import { DigestPeriodForm } from './DigestPeriodForm.tsx';

/** Field intelligence of a period, beside the stream: to read, to print, to paste. Nobody of the team is named in it. */
export function DigestColumn({ desk, model }: { desk: Desk; model: DigestModel }) {
  const { from, until } = model.period.value;
  useEffect(model.open, [desk.address.place.value.page, from, until]);
  const digest = model.digest.value.value;
  const failure = model.digest.failure.value;
  const isNone = digest !== null && digest.insights === 0 && digest.verdicts.weak + digest.verdicts.strong === 0;
  return (
    <aside class="column digest" aria-label={word('desk_digest')}>
      <div class="heading middle">
        <h2>{word('desk_digest')}</h2>
        <span class="space" />
        {digest && !isNone && <Takeaways desk={desk} digest={digest} />}
      </div>
      <DigestPeriodForm model={model} />
      {failure && !digest && (
        <p class="fault" role="alert">
          {failure.message}
        </p>
      )}
      {!failure && !digest && <Skeleton rows={8} waitsFor={word('desk_digest')} />}
      {isNone && <Empty glyph="quote" title={word('desk_digest_none')} text={word('desk_digest_none_text')} />}
      {digest && !isNone && <Body digest={digest} />}
    </aside>
  );
}

function Takeaways({ desk, digest }: { desk: Desk; digest: Digest }) {
  const copy = () =>
    desk.tools.copy(writeDigestMarkdown(digest)).then(
      () => desk.notify(word('desk_digest_copied')),
      () => desk.notify(word('desk_digest_not_copied')),
    );
  const save = () => desk.tools.save(`digest-${digest.from}-${digest.until}.md`, writeDigestMarkdown(digest));
  return (
    <span class="row no-print">
      <button type="button" class="press small" onClick={() => globalThis.print()}>
        <Glyph name="print" /> {word('desk_print')}
      </button>
      <button type="button" class="press small" onClick={() => void copy()}>
        {word('desk_digest_copy')}
      </button>
      <button type="button" class="press small bare" onClick={save}>
        <Glyph name="file" /> {word('desk_digest_save')}
      </button>
    </span>
  );
}

function Body({ digest }: { digest: Digest }) {
  const { verdicts } = digest;
  return (
    <>
      <h3>{word('desk_digest_title', writeCalendarDay(digest.from), writeCalendarDay(digest.until))}</h3>
      <p class="small-text soft">
        {countWord('desk_insights_count', digest.insights)} {countWord('desk_insights_accounts', digest.accounts)}
      </p>
      {digest.kinds.map(({ kind, count, lines }) => (
        <Lines key={kind} title={word(`desk_kind_${kind}`)} count={count} lines={lines} />
      ))}
      {digest.swot.map(({ swot, count, lines }) => (
        <Lines key={swot} title={word(`desk_digest_${swot}`)} count={count} lines={lines} />
      ))}
      {digest.themes.length > 0 && <Themes themes={digest.themes} />}
      <section>
        <h4>{word('desk_digest_verdicts')}</h4>
        <p class="small-text">
          {word('desk_digest_now')}: {writeWeakRate(verdicts)}
        </p>
        <p class="small-text soft">
          {word('desk_digest_earlier')}: {writeWeakRate(verdicts.before)}
        </p>
        <WeekChart weeks={verdicts.weeks} isTable />
      </section>
    </>
  );
}

function Lines({ title, count, lines }: { title: string; count: number; lines: readonly DigestLine[] }) {
  return (
    <section>
      <h4>
        {title} <span class="faint">{writeCount(count)}</span>
      </h4>
      <ul>
        {lines.map((line) => (
          <li key={line.id} class="wrap">
            {line.quote && (
              <>
                “<InertText text={line.quote} />”{' '}
              </>
            )}
            <span class={line.quote ? 'soft' : undefined}>
              <InertText text={line.text} />
            </span>
            {line.account !== null && <span class="faint"> {cleanText(line.account)}</span>}
          </li>
        ))}
      </ul>
      {count > lines.length && <p class="small-text faint">{word('desk_digest_more', count - lines.length)}</p>}
    </section>
  );
}

function Themes({ themes }: Pick<Digest, 'themes'>) {
  return (
    <section>
      <table>
        <caption>
          <h4>{word('desk_digest_themes')}</h4>
        </caption>
        <thead>
          <tr>
            <th scope="col">{word('desk_insight_theme')}</th>
            <th scope="col" class="figure">
              {word('desk_digest_now')}
            </th>
            <th scope="col" class="figure">
              {word('desk_digest_earlier')}
            </th>
          </tr>
        </thead>
        <tbody>
          {themes.map(({ theme, count, before }) => (
            <tr key={theme}>
              <th scope="row">{cleanText(theme)}</th>
              <td class="figure">{writeCount(count)}</td>
              <td class="figure faint">{writeCount(before)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
