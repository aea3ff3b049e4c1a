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

/** The sites on which Baton reads who is in view, each with a switch that acts at once. */
export function SiteList({ sites, onSwitch }: { sites: SiteRow[]; onSwitch: (row: SiteRow) => void }) {
  return (
    <ul class="sites">
      {sites.map((row) => (
        <li key={row.site}>
          <label>
            <input
              type="checkbox"
              role="switch"
              checked={row.isOn}
              aria-checked={row.isOn}
              onChange={() => onSwitch(row)}
            />
            <span>{word(`site_${row.site}`)}</span>
          </label>
          <small>{row.hosts.map(hostName).join(', ')}</small>
        </li>
      ))}
    </ul>
  );
}
