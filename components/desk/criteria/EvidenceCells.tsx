import type { CriteriaEvidence } from '#contract/evidence.ts';
import { word } from '../../../utils/platform/words.ts';
import { compareRates, toRate } from '../../../utils/scoring/evidence.ts';
import { enough, wilsonInterval } from '../../../utils/scoring/wilson.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import { Few } from '../parts/Few.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { IntervalMark, type Tone } from '../parts/IntervalMark.tsx';

type Counts = CriteriaEvidence['all'];

/** What verdicts say of a criterion; null: too few met it. */
function judge(met: Counts, all: Counts): keyof typeof tones | null {
  const held = toRate(met.strong, met.strong + met.weak);
  if (!held.isEnough) return null;
  const says = compareRates(held, toRate(all.strong - met.strong, all.strong + all.weak - held.count));
  return says === 'notEnough' ? 'cannotTell' : says;
}

const tones = { helps: 'strong', hurts: 'weak', cannotTell: 'plain' } as const satisfies Record<string, Tone>;

/** Strong rate with a criterion as a mark, its counts, and what that says; or how far it is to the first rate. */
export function EvidenceCells({ counts, all, ofAll }: { counts: Counts; all: Counts | null; ofAll: number | null }) {
  const count = counts.strong + counts.weak;
  const says = all && judge(counts, all);
  if (!all || says === null || ofAll === null)
    return (
      <>
        <td colSpan={3}>
          <Few count={count} />
        </td>
      </>
    );
  const others = all.strong + all.weak - count;
  return (
    <>
      <td>
        <span class="pair">
          <IntervalMark hits={counts.strong} count={count} ofAll={ofAll} tone={tones[says]} />
          {others >= enough && <Without strong={all.strong - counts.strong} count={others} />}
        </span>
      </td>
      <td class="figure">{word('desk_of', writeCount(counts.strong), writeCount(count))}</td>
      <td class={`whole ${{ helps: 'strong', hurts: 'weak', cannotTell: 'soft' }[says]}`}>
        {says !== 'cannotTell' && <Glyph name={says === 'helps' ? 'better' : 'worse'} isSmall />}{' '}
        {word(`desk_evidence_${says === 'cannotTell' ? 'unclear' : says}`)}
      </td>
    </>
  );
}

/** The same rate of leads without it, hollow, on a line of its own. */
function Without({ strong, count }: { strong: number; count: number }) {
  const { low, high } = wilsonInterval(strong, count);
  const width = 170;
  return (
    <svg
      class="chart without tone-plain"
      width={width}
      height="10"
      role="img"
      aria-label={word('desk_evidence_without', strong, count)}
    >
      <path class="whisker" d={`M${low * width} 5H${high * width}`} />
      <circle class="hollow" cx={(strong / count) * width} cy="5" r="3" />
    </svg>
  );
}
