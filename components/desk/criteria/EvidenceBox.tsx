import { useEffect, useId, useState } from 'preact/hooks';
import type { CriteriaEvidence, CriterionEvidence } from '#contract/evidence.ts';
import type { Criterion } from '#contract/score.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import { writeCount, writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';
import { Failed } from '../parts/Failed.tsx';
import { Few } from '../parts/Few.tsx';
import { IntervalMark } from '../parts/IntervalMark.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { EvidenceBehind } from './EvidenceBehind.tsx';

interface EvidenceBoxProps {
  model: Criteria;
  evidence: CriteriaEvidence;
  criterion: Criterion;
  /** Who edits reads each verdict and insight as well; others have the counts. */
  canRead: boolean;
  /** The period in the address, empty for the usual one. */
  days: string;
}

/** What was said of leads that met the selected criterion: with and without it, segment by segment, and what the counts are made of. */
export function EvidenceBox({ model, evidence, criterion, canRead, days }: EvidenceBoxProps) {
  const counts = evidence.criteria.find((each) => each.criterion === criterion.id);
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  useEffect(() => {
    if (!canRead) return;
    model.openBehind(criterion.id);
    return () => model.openBehind(null);
  }, [criterion.id, days, canRead]);
  const behind = model.behind.value.value;
  const failure = model.behind.failure.value;
  return (
    <section class="box" aria-live="polite">
      <div class="heading">
        <h2>{word('desk_evidence_for', criterion.label)}</h2>
        {counts && <Rates counts={counts} all={evidence.all} />}
        <span class="space" />
        {canRead && counts && (
          <button
            type="button"
            class="go whole"
            aria-expanded={isOpen}
            aria-controls={listId}
            onClick={() => setOpen(!isOpen)}
          >
            {behind
              ? word(
                  'desk_behind_counts',
                  countWord('desk_behind_verdicts', behind.verdictCount),
                  countWord('desk_insights_count', behind.insightCount),
                )
              : word('desk_behind')}
          </button>
        )}
      </div>
      {!counts && <p class="soft">{word('desk_evidence_none')}</p>}
      {counts && <Segments counts={counts} all={evidence.all} />}
      <div id={listId} hidden={!isOpen}>
        {isOpen && behind && <EvidenceBehind behind={behind} />}
        {isOpen && !behind && failure && <Failed failure={failure} onRetry={() => void model.behind.reload()} />}
        {isOpen && !behind && !failure && <Skeleton rows={3} waitsFor={word('desk_behind')} />}
      </div>
    </section>
  );
}

type Counts = CriteriaEvidence['all'];
interface CountedOfAll {
  counts: CriterionEvidence;
  all: Counts;
}

/** The rate with and without, each where there are enough. */
function Rates({ counts, all }: CountedOfAll) {
  const without = { strong: all.strong - counts.strong, weak: all.weak - counts.weak };
  const write = (key: string, { strong, weak }: Counts) =>
    strong + weak < enough
      ? null
      : word(key, writePercent(strong / (strong + weak)), writeInterval(strong, strong + weak));
  const said = [write('desk_evidence_rate', counts), write('desk_evidence_rate_without', without)];
  return <span class="faint">{said.filter((each) => each !== null).join(' · ')}</span>;
}

function Segments({ counts, all: { strong, weak } }: CountedOfAll) {
  return (
    <ul class="segments-evidence">
      {counts.bySegment.map((each) => {
        const count = each.strong + each.weak;
        return (
          <li key={each.segment}>
            <h3>{each.segment ?? word('desk_no_segment')}</h3>
            {count < enough ? (
              <Few count={count} />
            ) : (
              <>
                <p>
                  <b>{writePercent(each.strong / count)}</b>{' '}
                  <span class="faint">{word('desk_of', writeCount(each.strong), writeCount(count))}</span>
                </p>
                <IntervalMark
                  hits={each.strong}
                  count={count}
                  ofAll={strong / Math.max(1, strong + weak)}
                  tone="plain"
                  width={110}
                />
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
