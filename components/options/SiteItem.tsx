import type { PanelSide } from '#contract/settings.ts';
import { word } from '../../utils/platform/words.ts';
import { SideChoice } from './SideChoice.tsx';
import { describeReading, describeSwitch, maySwitch, type SiteRow, writeHosts } from './site-words.ts';

interface SiteItemProps {
  row: SiteRow;
  /** Whether to ask where its panel stands. */
  isAsked: boolean;
  onSwitch: (row: SiteRow) => void;
  onAllow: (row: SiteRow) => void;
  onSide: (row: SiteRow, side: PanelSide) => void;
}

/** Hosts of a site that is on which the browser does not let Baton read: an admin named them later, or the person took them back. */
function Missing({ row, onAllow }: Pick<SiteItemProps, 'row' | 'onAllow'>) {
  const hosts = writeHosts(row.missing);
  return (
    <p class="why row">
      <span>{word('options_site_missing', hosts)}</span>
      <button type="button" aria-label={word('options_site_allow_name', hosts)} onClick={() => onAllow(row)}>
        {word('options_site_allow')}
      </button>
    </p>
  );
}

/** One site: who asks for it and for which host where that is not Baton itself, what is read there, and a switch that acts at once. */
export function SiteItem({ row, isAsked, onSwitch, onAllow, onSide }: SiteItemProps) {
  return (
    <li>
      <label class="toggle">
        <span>
          {row.name} {row.isBeta && <small class="beta">{word('site_beta')}</small>}
        </span>
        <input
          type="checkbox"
          role="switch"
          checked={row.isOn}
          disabled={!maySwitch(row)}
          aria-checked={row.isOn}
          aria-describedby={`why-${row.site}`}
          onChange={() => onSwitch(row)}
        />
      </label>
      <p class="why" id={`why-${row.site}`}>
        {row.named.length > 0 && `${word('options_site_asked', writeHosts(row.named))} `}
        {describeReading(row)} {describeSwitch(row)}{' '}
        {row.named.length < row.hosts.length && (
          <small>{writeHosts(row.hosts.filter((host) => !row.named.includes(host)))}</small>
        )}
      </p>
      {row.isOn && row.missing.length > 0 && <Missing row={row} onAllow={onAllow} />}
      {isAsked && <SideChoice site={row.site} stand={row.panel} onChoose={(side) => onSide(row, side)} />}
    </li>
  );
}
