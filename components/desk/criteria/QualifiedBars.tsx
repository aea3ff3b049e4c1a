import { word } from '../../../utils/platform/words.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import { Measured } from '../parts/Measured.tsx';

/** As wide as its column is at its narrowest. */
const narrowest = 320;
/** A part that holds somebody is never too thin to be seen. */
const least = 3;

interface QualifiedBarsProps {
  leave: number;
  stay: number;
  enter: number;
  /** The one in force; the draft is the next. */
  version: number;
}

/** Who is qualified under the card in force and under the draft, as two bars that stand where they share: left of it who leaves, right of it who enters. */
export function QualifiedBars(props: QualifiedBarsProps) {
  return (
    <Measured usual={narrowest} most={640}>
      {(width) => <Bars {...props} width={width} />}
    </Measured>
  );
}

function Bars({ leave, stay, enter, version, width }: QualifiedBarsProps & { width: number }) {
  const all = Math.max(leave + stay + enter, 1);
  const measure = (count: number) => (count === 0 ? 0 : Math.max(least, (count / all) * (width - 2 * least)));
  const [out, both, into] = [measure(leave), measure(stay), measure(enter)];
  const [before, after] = [writeCount(leave + stay), writeCount(stay + enter)];
  const middle = out + both / 2;
  return (
    <svg
      class="chart qualified"
      width={width}
      viewBox={`0 0 ${width} 60`}
      role="img"
      aria-label={word('desk_preview_bars', version, before, version + 1, after)}
    >
      <rect class="leave" x="0.5" y="0.5" width={Math.max(0, out - 1)} height="17" rx="2" />
      <rect class="stay" x={out} y="0" width={both} height="18" rx="2" />
      <rect class="stay" x={out} y="24" width={both} height="18" rx="2" />
      <rect class="enter" x={out + both} y="24" width={into} height="18" rx="2" />
      <text class="inside" x={Math.min(Math.max(middle, 60), width - 60)} y="13" text-anchor="middle">
        {word('desk_preview_qualified', version, before)}
      </text>
      <text class="inside" x={Math.min(Math.max(middle, 60), width - 60)} y="37" text-anchor="middle">
        {word('desk_preview_qualified', version + 1, after)}
      </text>
      <text x="0" y="57">
        {word('desk_preview_leave', writeCount(leave))}
      </text>
      <text class="middle" x={width / 2} y="57" text-anchor="middle">
        {word('desk_preview_stay', writeCount(stay))}
      </text>
      <text class="enter" x={width} y="57" text-anchor="end">
        {word('desk_preview_enter', writeCount(enter))}
      </text>
    </svg>
  );
}
