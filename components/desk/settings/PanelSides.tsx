import type { WorkspaceSettings } from '#contract/settings.ts';
import { word } from '../../../utils/platform/words.ts';
import type { SettingsPage } from '../../../utils/view/desk/settings.ts';
import type { SiteLine } from '../../../utils/view/desk/sites.ts';

const sides = [null, 'page', 'side'] as const;

interface PanelSidesProps {
  model: SettingsPage;
  settings: WorkspaceSettings;
  canEdit: boolean;
}

/** Where the panel stands, site by site. Who may not change it reads it in words. */
export function PanelSides({ model, settings, canEdit }: PanelSidesProps) {
  // Of what is off, or is nowhere yet, there is no panel to stand anywhere.
  const sites = model.sites.lines.value.filter(
    ({ isOff, hosts, named, isMain }) => !isOff && (isMain || hosts.length + named.length > 0),
  );
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_panel_side')}</h2>
      </div>
      <p class="soft" style={{ maxWidth: '620px', marginBottom: '12px' }}>
        {word(canEdit ? 'desk_panel_side_text' : 'desk_panel_side_read')}
      </p>
      <table>
        <caption class="unseen">{word('desk_panel_side')}</caption>
        <thead>
          <tr>
            <th scope="col">{word('desk_panel_site')}</th>
            <th scope="col">{word('desk_panel_side')}</th>
          </tr>
        </thead>
        <tbody>
          {sites.map((site) => (
            <tr key={site.id}>
              <th scope="row" class="site">
                {site.name}
                {site.id === 'linkedin' && <p class="small-text soft">{word('desk_panel_linkedin')}</p>}
              </th>
              <td style={{ padding: '8px 0' }}>
                <Side model={model} site={site} chosen={settings.panelSides[site.id] ?? null} canEdit={canEdit} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface SideProps {
  model: SettingsPage;
  site: SiteLine;
  chosen: (typeof sides)[number];
  canEdit: boolean;
}

function Side({ model, site, chosen, canEdit }: SideProps) {
  if (!canEdit) return <>{word(`desk_side_${chosen ?? 'own'}`)}</>;
  return (
    <fieldset class="segments" aria-label={word('desk_panel_side_of', site.name)}>
      {sides.map((side) => (
        <button
          key={side ?? 'own'}
          type="button"
          aria-pressed={side === chosen}
          onClick={() => void model.settle(site, side)}
        >
          {word(`desk_side_${side ?? 'own'}`)}
        </button>
      ))}
    </fieldset>
  );
}
