import { word } from '../../../utils/platform/words.ts';
import type { SitesPage } from '../../../utils/view/desk/sites.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { SiteRow } from './SiteRow.tsx';

/** Every site with its hosts, and whether members may have it on. Who may not change it reads it in words. */
export function Sites({ model, canEdit }: { model: SitesPage; canEdit: boolean }) {
  return (
    <section>
      <div class="heading middle">
        <h2>{word('desk_sites')}</h2>
        <span class="space" />
        {canEdit && (
          <button type="button" class="press small" onClick={model.describe}>
            <Glyph name="plus" isSmall />
            {word('desk_site_describe')}
          </button>
        )}
      </div>
      <p class="soft lead">{word(canEdit ? 'desk_sites_text' : 'desk_sites_read')}</p>
      <table class="site-table">
        <caption class="unseen">{word('desk_sites')}</caption>
        <thead>
          <tr>
            <th scope="col">{word('desk_panel_site')}</th>
            <th scope="col">{word('desk_site_hosts')}</th>
            <th scope="col">{word('desk_site_for_all')}</th>
          </tr>
        </thead>
        <tbody>
          {model.lines.value.map((site) => (
            <SiteRow key={site.id} model={model} site={site} canEdit={canEdit} />
          ))}
        </tbody>
      </table>
      {model.passedOver.value.map(({ id, name, at, why }) => (
        <p key={id} class="fault" role="status">
          {word('desk_site_passed_over', name ?? id ?? word('options_sites_unnamed'), at, why)}
        </p>
      ))}
    </section>
  );
}
