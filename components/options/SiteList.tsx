import type { ComponentChildren } from 'preact';
import type { SiteId } from '#contract/sighting.ts';
import { word } from '../../utils/platform/words.ts';

/** A site with its switch. */
export interface SiteRow {
  site: SiteId;
  isOn: boolean;
  hosts: string[];
}

function hostName(pattern: string): string {
  return pattern.replace(/^https:\/\//, '').replace(/\/\*$/, '');
}

/** The sites on which Baton reads who is in view, each with what it reads there and a switch that acts at once. `choices` draws what else a site lets one choose. */
export function SiteList({
  sites,
  onSwitch,
  choices,
}: {
  sites: SiteRow[];
  onSwitch: (row: SiteRow) => void;
  choices?: (site: SiteId) => ComponentChildren;
}) {
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
              aria-checked={row.isOn}
              aria-describedby={`why-${row.site}`}
              onChange={() => onSwitch(row)}
            />
          </label>
          <p class="why" id={`why-${row.site}`}>
            {word(`options_site_why_${row.site}`)} <small>{row.hosts.map(hostName).join(', ')}</small>
          </p>
          {row.isOn && choices?.(row.site)}
        </li>
      ))}
    </ul>
  );
}
