import type { PanelSide } from '#contract/settings.ts';
import { word } from '../../utils/platform/words.ts';
import { SideChoice } from './SideChoice.tsx';
import { describeReading, maySwitch, type SiteRow, writeHosts } from './site-words.ts';

/** The page under the popup. `site` null: Baton reads nothing there; its `isOn` is of this very host. */
export interface PageUnder {
  host: string;
  site: SiteRow | null;
}

/** How the switch stands, and why; for a host that the browser does not let Baton read, who asks for it and what is read there. */
function describeSite(site: SiteRow): string[] {
  const { isOn, isWanted, isMain, fixedBy, named } = site;
  const fixed = fixedBy === null ? [] : [word(`options_fixed_by_${fixedBy}`)];
  if (isOn) return [word('popup_page_on'), ...fixed];
  if (!maySwitch(site) || (isMain && !isWanted)) return [word('popup_page_off'), ...fixed];
  const asked = named.length > 0 ? [word('options_site_asked', writeHosts(named))] : [];
  return [word(isWanted ? 'popup_page_barred' : 'popup_page_until_allowed'), ...asked, describeReading(site)];
}

interface PageRowProps {
  page: PageUnder;
  onSwitch: () => void;
  onSide: (side: PanelSide) => void;
  onOpenSide: () => void;
  /** Reports the page's structure, where Baton reads it wrongly. */
  onReport: () => void;
}

/** Where the panel of this page stands: asked while nobody has said it; the side panel, if that is the place, opens from here. */
function PagePanel({ site, onSide, onOpenSide }: Pick<PageRowProps, 'onSide' | 'onOpenSide'> & { site: SiteRow }) {
  if (site.panel.side === null)
    return (
      <>
        <p class="why">{describeReading(site)}</p>
        <SideChoice site={site.site} stand={site.panel} onChoose={onSide} />
      </>
    );
  if (site.panel.side === 'page') return null;
  return (
    <button type="button" class="wide" onClick={onOpenSide}>
      {word('popup_open_side')}
    </button>
  );
}

/** Whether Baton reads the page that the person looks at, with the switch right there. */
export function PageRow({ page, onSwitch, onSide, onOpenSide, onReport }: PageRowProps) {
  const { host, site } = page;
  if (site === null) return <p class="page hint">{word('popup_page_none', host)}</p>;
  return (
    <div class="page">
      <label class="toggle">
        <span>
          <b>{site.name}</b>
          <small id="page-state">{describeSite(site).join(' ')}</small>
        </span>
        <input
          type="checkbox"
          role="switch"
          checked={site.isOn}
          disabled={!maySwitch(site)}
          aria-checked={site.isOn}
          aria-label={site.name}
          aria-describedby="page-state"
          onChange={onSwitch}
        />
      </label>
      {site.isOn && <PagePanel site={site} onSide={onSide} onOpenSide={onOpenSide} />}
      {site.isOn && (
        <button type="button" class="quiet" onClick={onReport}>
          {word('popup_report')}
        </button>
      )}
    </div>
  );
}
