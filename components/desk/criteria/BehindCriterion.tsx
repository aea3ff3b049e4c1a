import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EvidenceBehind } from '#contract/evidence.ts';
import type { Criterion } from '#contract/score.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import { writeDay } from '../../../utils/view/desk/figures.ts';
import { writePlace } from '../../../utils/view/desk/place.ts';
import { InertText } from '../../ui/InertText.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { VerdictTag } from '../parts/VerdictTag.tsx';

/** So many are shown before somebody asks for more. */
const first = 5;

/** What was said of leads that met the selected criterion: insights in the reps' words, and the verdicts one by one. Each leads to where it stands in its context. */
export function BehindCriterion({ model, criterion, days }: { model: Criteria; criterion: Criterion; days: string }) {
  useEffect(() => {
    model.openBehind(criterion.id);
    return () => model.openBehind(null);
  }, [criterion.id, days]);
  const behind = model.behind.value.value;
  const failure = model.behind.failure.value;
  if (failure && !behind) return <Failed failure={failure} onRetry={() => void model.behind.reload()} />;
  if (!behind) return <Skeleton rows={3} waitsFor={word('desk_behind')} />;
  // Another criterion begins with a few again.
  return <Lists key={criterion.id} behind={behind} />;
}

function Lists({ behind }: { behind: EvidenceBehind }) {
  const { insights, insightCount, verdicts, verdictCount } = behind;
  return (
    <div class="behind">
      <Newest title={countWord('desk_insights_count', insightCount)} rows={insights} inAll={insightCount}>
        {(insight) => (
          <li key={insight.id}>
            <p class="wrap">
              {insight.quote ? (
                <>
                  “<InertText text={insight.quote} />”
                </>
              ) : (
                <InertText text={insight.text} />
              )}
            </p>
            <p class="small-text faint line">
              <a href={writePlace({ page: 'insights', params: { insight: insight.id } })}>
                {insight.account ?? word('desk_no_account')}
              </a>
              <span>{word(`desk_kind_${insight.kind}`).toLocaleLowerCase()}</span>
              <span>{insight.by}</span>
              <span>{writeDay(insight.at)}</span>
            </p>
          </li>
        )}
      </Newest>
      <Newest title={countWord('desk_behind_verdicts', verdictCount)} rows={verdicts} inAll={verdictCount}>
        {(verdict) => (
          <li key={verdict.id} class="line">
            <VerdictTag value={verdict.value} reason={verdict.reason} />
            <a class="cut" href={writePlace({ page: 'lead-quality', params: { value: 'all', verdict: verdict.id } })}>
              {verdict.contact ?? word('desk_nameless')}
            </a>
            <span class="faint cut">{verdict.account}</span>
            <span class="space" />
            <span class="faint whole">{writeDay(verdict.at)}</span>
          </li>
        )}
      </Newest>
    </div>
  );
}

interface NewestProps<Row> {
  title: string;
  rows: readonly Row[];
  /** How many there are, more than are here perhaps. */
  inAll: number;
  children: (row: Row) => ComponentChildren;
}

function Newest<Row>({ title, rows, inAll, children }: NewestProps<Row>) {
  const [isAll, setAll] = useState(false);
  return (
    <section>
      <h3>{title}</h3>
      <ul class="lines">{(isAll ? rows : rows.slice(0, first)).map(children)}</ul>
      {!isAll && rows.length > first && (
        <button type="button" class="go small-text" onClick={() => setAll(true)}>
          {word('desk_behind_more')}
        </button>
      )}
      {isAll && rows.length < inAll && (
        <p class="small-text faint">{countWord('desk_verdicts_newest', rows.length, inAll)}</p>
      )}
    </section>
  );
}
