import type { ComponentChildren } from 'preact';
import type { EvidenceBehind as Behind } from '#contract/evidence.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { writeDay } from '../../../utils/view/desk/figures.ts';
import { writePlace } from '../../../utils/view/desk/place.ts';
import { InertText } from '../../ui/InertText.tsx';
import { cleanText } from '../../ui/inert-text.ts';
import { VerdictTag } from '../parts/VerdictTag.tsx';

/** What a criterion's counts are made of: insights in the reps' words, and the verdicts one by one. Each leads to where it stands in its context. */
export function EvidenceBehind({ behind }: { behind: Behind }) {
  const { insights, insightCount, verdicts, verdictCount } = behind;
  return (
    <div class="behind">
      <Newest title={countWord('desk_insights_count', insightCount)} shown={insights.length} inAll={insightCount}>
        {insights.map((insight) => (
          <li key={insight.id}>
            <p class="wrap">
              {insight.quote && '“'}
              <InertText text={insight.quote ?? insight.text} />
              {insight.quote && '”'}
            </p>
            <p class="row small-text faint">
              <a class="go" href={writePlace({ page: 'insights', params: { insight: insight.id } })}>
                {insight.account === null ? word('desk_no_account') : cleanText(insight.account)}
              </a>
              <span>{word(`desk_kind_${insight.kind}`).toLocaleLowerCase()}</span>
              <span>{cleanText(insight.by)}</span>
              <span class="whole">{writeDay(insight.at)}</span>
            </p>
          </li>
        ))}
      </Newest>
      <Newest title={countWord('desk_behind_verdicts', verdictCount)} shown={verdicts.length} inAll={verdictCount}>
        {verdicts.map((verdict) => (
          <li key={verdict.id} class="row">
            <VerdictTag value={verdict.value} reason={verdict.reason} />
            <span class="stack-tight">
              <a
                class="go cut"
                href={writePlace({ page: 'lead-quality', params: { value: 'all', verdict: verdict.id } })}
              >
                {verdict.contact === null ? word('desk_nameless') : cleanText(verdict.contact)}
              </a>
              <span class="small-text faint cut">{cleanText(verdict.account ?? '')}</span>
            </span>
            <span class="space" />
            <span class="faint whole">{writeDay(verdict.at)}</span>
          </li>
        ))}
      </Newest>
    </div>
  );
}

interface NewestProps {
  title: string;
  shown: number;
  /** How many there are, more than are here perhaps. */
  inAll: number;
  children: ComponentChildren;
}

function Newest({ title, shown, inAll, children }: NewestProps) {
  return (
    <section>
      <h3>{title}</h3>
      <ul class="lines">{children}</ul>
      {shown < inAll && <p class="small-text faint">{countWord('desk_verdicts_newest', shown, inAll)}</p>}
    </section>
  );
}
