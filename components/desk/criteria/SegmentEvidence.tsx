import type { ComponentChildren } from 'preact';
import type { CriteriaEvidence } from '#contract/evidence.ts';
import type { Criterion } from '#contract/score.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import { writeCount, writePercent } from '../../../utils/view/desk/figures.ts';
import { Few } from '../parts/Few.tsx';
import { IntervalMark } from '../parts/IntervalMark.tsx';

interface SegmentEvidenceProps {
  evidence: CriteriaEvidence;
  criterion: Criterion;
  /** What the counts are made of. */
  children: ComponentChildren;
}

/** What was said of leads that met the selected criterion, segment by segment, and below that what it is made of. */
export function SegmentEvidence({ evidence, criterion, children }: SegmentEvidenceProps) {
  const counts = evidence.criteria.find((each) => each.criterion === criterion.id);
  const { strong, weak } = evidence.all;
  return (
    <section class="box" aria-live="polite">
      <h2>{word('desk_evidence_for', criterion.label)}</h2>
      {!counts && <p class="soft">{word('desk_evidence_none')}</p>}
      <ul class="segments-evidence">
        {counts?.bySegment.map((each) => {
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
      {counts && children}
    </section>
  );
}
