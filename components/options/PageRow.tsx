import { word } from '../../utils/platform/words.ts';

/** The page under the popup. `site` null: Baton reads nothing there. `isBarred`: switched on here, but the browser does not let Baton read it. */
export interface PageUnder {
  host: string;
  site: { id: string; isOn: boolean; isBarred: boolean } | null;
}

function describeSite({ isOn, isBarred }: NonNullable<PageUnder['site']>): string {
  if (isBarred) return word('popup_page_barred');
  return word(isOn ? 'popup_page_on' : 'popup_page_off');
}

/** Whether Baton reads the page that the person looks at, with the switch right there. */
export function PageRow({ page, onSwitch }: { page: PageUnder; onSwitch: () => void }) {
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
          aria-checked={site.isOn}
          aria-label={word(`site_${site.id}`)}
          aria-describedby="page-state"
          onChange={onSwitch}
        />
      </label>
    </div>
  );
}
