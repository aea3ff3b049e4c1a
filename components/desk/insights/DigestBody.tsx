import type { ComponentChildren } from 'preact';
import type { Digest, DigestLine } from '#contract/digest.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { writeWeakRate } from '../../../utils/view/desk/digest-markdown.ts';
import { writeCalendarDay, writeCount } from '../../../utils/view/desk/figures.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';
import { WeekChart } from '../quality/WeekChart.tsx';

interface DigestBodyProps {
  digest: Digest;
  /** What stands below a line of a kind. */
  below?: ((line: DigestLine) => ComponentChildren) | undefined;
}

/** A digest, live or kept: what was heard by kind and side, themes, verdicts. */
export function DigestBody({ digest, below }: DigestBodyProps) {
  const { verdicts } = digest;
  return (
    <article class="box paper">
      <h3>{word('desk_digest_title', writeCalendarDay(digest.from), writeCalendarDay(digest.until))}</h3>
      <p class="small-text soft">
        {countWord('desk_insights_count', digest.insights)} {countWord('desk_insights_accounts', digest.accounts)}
      </p>
      {digest.kinds.map(({ kind, count, lines }) => (
        <Lines key={kind} title={word(`desk_kind_${kind}`)} count={count} lines={lines} below={below} />
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
    </article>
  );
}

interface LinesProps extends Pick<DigestBodyProps, 'below'> {
  title: string;
  count: number;
  lines: readonly DigestLine[];
}

function Lines({ title, count, lines, below }: LinesProps) {
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
            {below?.(line)}
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
