import { word } from '../../utils/platform/words.ts';

const mailLines = [74, 92, 104, 116, 136, 148, 160] as const;
const pointLines = [118, 128] as const;

/** A drawing of a mail with the panel beside it, so that people know what to look for. In the colours of the page, light and dark. */
export function PanelPicture() {
  return (
    <svg class="picture" viewBox="0 0 440 216" role="img" aria-label={word('options_picture')}>
      <rect class="window" x=".5" y=".5" width="439" height="215" rx="8" />
      <path class="edge" d="M0 24.5h440" />
      <circle class="grey" cx="14" cy="12.5" r="3" />
      <circle class="grey" cx="26" cy="12.5" r="3" />
      <rect class="grey" x="44" y="8" width="150" height="9" rx="4.5" />
      <text class="label" x="20" y="46">
        {word('options_picture_mail')}
      </text>
      <circle class="grey" cx="30" cy="70" r="10" />
      <rect class="ink" x="48" y="62" width="86" height="6" rx="3" />
      {mailLines.map((y, index) => (
        <rect
          key={y}
          class="grey"
          x={index === 0 ? 48 : 20}
          y={y}
          width={index % 3 === 0 ? 116 : 214}
          height="5"
          rx="2.5"
        />
      ))}
      <g>
        <path class="panel" d="M272 25h167.5v182.5a8 8 0 0 1-8 8H272z" />
        <path class="edge" d="M272.5 25v191M272 52.5h168M272 96.5h168M272 144.5h168M272 174.5h168" />
        <text class="label strong" x="284" y="43">
          {word('options_picture_panel')}
        </text>
        <rect class="ink" x="284" y="62" width="74" height="7" rx="3.5" />
        <rect class="grey" x="284" y="76" width="100" height="5" rx="2.5" />
        <rect class="soft" x="398" y="60" width="30" height="26" rx="5" />
        <text class="grade" x="413" y="78">
          A2
        </text>
        <rect class="accent" x="284" y="106" width="40" height="5" rx="2.5" />
        {pointLines.map((y) => (
          <rect key={y} class="grey" x="284" y={y} width={y === 118 ? 140 : 96} height="5" rx="2.5" />
        ))}
        <rect class="grey" x="284" y="154" width="64" height="5" rx="2.5" />
        <rect class="grey" x="284" y="164" width="112" height="4" rx="2" />
        <rect class="button" x="284.5" y="184.5" width="68" height="22" rx="5" />
        <rect class="button" x="360.5" y="184.5" width="68" height="22" rx="5" />
        <text class="press" x="318" y="199">
          {word('panel_weak')}
        </text>
        <text class="press" x="394" y="199">
          {word('panel_strong')}
        </text>
      </g>
      <rect class="outline" x=".5" y=".5" width="439" height="215" rx="8" />
    </svg>
  );
}
