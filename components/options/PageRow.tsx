import type { PanelSide } from '#contract/settings.ts';
import type { SiteId } from '#contract/sighting.ts';
import { word } from '../../utils/platform/words.ts';
import { type PanelStand, SideChoice } from './SideChoice.tsx';

/**
 * The page under the popup. `site` null: Baton reads nothing there. `isBarred`: switched on here, but the browser does not let Baton read it.
 * `isFixed`: by the organisation that manages the browser.
 */
export interface PageUnder {
  host: string;
  site: { id: SiteId; isOn: boolean; isBarred: boolean; isFixed: boolean; panel: PanelStand } | null;
}

type Site = NonNullable<PageUnder['site']>;

function describeSite({ isOn, isBarred, isFixed }: Site): string {
  if (isBarred) return word('popup_page_barred');
  const said = word(isOn ? 'popup_page_on' : 'popup_page_off');
  return isFixed ? `${said} ${word('options_fixed_by_policy')}` : said;
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
function PagePanel({ site, onSide, onOpenSide }: Pick<PageRowProps, 'onSide' | 'onOpenSide'> & { site: Site }) {
  if (site.panel.side === null)
    return (
      <>
        <p class="why">{word(`options_site_why_${site.id}`)}</p>
        <SideChoice site={site.id} stand={site.panel} onChoose={onSide} />
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
          <b>{word(`site_${site.id}`)}</b>
          <small id="page-state">{describeSite(site)}</small>
        </span>
        <input
          type="checkbox"
          role="switch"
          checked={site.isOn}
          disabled={site.isFixed && !site.isBarred}
          aria-checked={site.isOn}
          aria-label={word(`site_${site.id}`)}
          aria-describedby="page-state"
          onChange={onSwitch}
        />
      </label>
      {site.isOn && <PagePanel site={site} onSide={onSide} onOpenSide={onOpenSide} />}
      {site.isOn && (
        <button type="button" class="wide" onClick={onReport}>
          {word('popup_report')}
        </button>
      )}
    </div>
  );
}
