import type { PanelSide } from '#contract/settings.ts';
import type { SiteId } from '#contract/sighting.ts';
import { word } from '../../utils/platform/words.ts';
import { type PanelStand, SideChoice } from './SideChoice.tsx';

/** A site with its switch, where its panel stands, and who fixed the switch (null: the person may change it). */
export interface SiteRow {
  site: SiteId;
  isOn: boolean;
  hosts: string[];
  fixedBy: 'policy' | null;
  panel: PanelStand;
}

interface SiteListProps {
  sites: SiteRow[];
  /** Ask for the panel's side only where nobody has said it yet, or where the site objects to one of them. */
  isShort: boolean;
  onSwitch: (row: SiteRow) => void;
  onSide: (row: SiteRow, side: PanelSide) => void;
}

function hostName(pattern: string): string {
  return pattern.replace(/^https:\/\//, '').replace(/\/\*$/, '');
}

/** The sites on which Baton reads who is in view, each with what it reads there and a switch that acts at once. */
export function SiteList({ sites, isShort, onSwitch, onSide }: SiteListProps) {
  const isAsked = (row: SiteRow) => row.isOn && (!isShort || row.site === 'linkedin' || row.panel.side === null);
  return (
    <ul class="sites">
      {sites.map((row) => (
        <li key={row.site}>
          <label class="toggle">
            <span>{word(`site_${row.site}`)}</span>
            <input
              type="checkbox"
              role="switch"
              checked={row.isOn}
              disabled={row.fixedBy !== null}
              aria-checked={row.isOn}
              aria-describedby={`why-${row.site}`}
              onChange={() => onSwitch(row)}
            />
          </label>
          <p class="why" id={`why-${row.site}`}>
            {word(`options_site_why_${row.site}`)} {row.fixedBy !== null && word(`options_fixed_by_${row.fixedBy}`)}{' '}
            <small>{row.hosts.map(hostName).join(', ')}</small>
          </p>
          {isAsked(row) && <SideChoice site={row.site} stand={row.panel} onChoose={(side) => onSide(row, side)} />}
        </li>
      ))}
    </ul>
  );
}
