import { useState } from 'preact/hooks';
import type { OwnSite } from '#contract/settings.ts';
import { word } from '../../../utils/platform/words.ts';
import type { SiteLine, SitesPage } from '../../../utils/view/desk/sites.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { Sheet } from '../parts/Sheet.tsx';

interface SiteRowProps {
  model: SitesPage;
  site: SiteLine;
  canEdit: boolean;
}

/** One site: its name and, where an admin described it, how it is read; its hosts; whether members may have it on. */
export function SiteRow({ model, site, canEdit }: SiteRowProps) {
  return (
    <tr>
      <th scope="row" class="site">
        {site.name} {site.isBeta && <span class="tag">{word('site_beta')}</span>}
        {site.own && <Described model={model} site={site.own} canEdit={canEdit} />}
      </th>
      <td class="hosts">
        <Hosts model={model} site={site} canEdit={canEdit} />
      </td>
      <td class="whole">
        <Switch model={model} site={site} canEdit={canEdit} />
      </td>
    </tr>
  );
}

function describeRule({ rule }: OwnSite): string {
  const templates = rule.records.flatMap(({ urls }) => urls).join(', ');
  const fields = Object.entries(rule.fields).flatMap(([field, places]) =>
    places.length > 0 ? [word(`site_field_${field}`)] : [],
  );
  return fields.length === 0
    ? word('desk_site_reads', templates)
    : word('desk_site_reads_fields', templates, fields.join(', '));
}

function Described({ model, site, canEdit }: { model: SitesPage; site: OwnSite; canEdit: boolean }) {
  return (
    <>
      <p class="small-text soft wrap">{describeRule(site)}</p>
      {canEdit && (
        <span class="row small-text">
          <button
            type="button"
            class="go"
            aria-label={word('desk_site_edit_name', site.name)}
            onClick={() => model.editOwn(site)}
          >
            {word('desk_site_edit')}
          </button>
          <button
            type="button"
            class="go"
            aria-label={word('desk_site_remove_name', site.name)}
            onClick={() => void model.removeOwn(site)}
          >
            {word('desk_site_remove')}
          </button>
        </span>
      )}
    </>
  );
}

function Hosts({ model, site, canEdit }: SiteRowProps) {
  const mayName = canEdit && site.own === null;
  const isNowhere = site.hosts.length + site.named.length === 0;
  return (
    <span class="row folds near">
      {isNowhere && <span class="soft">{word('desk_site_no_host')}</span>}
      {site.hosts.length > 0 && <span class="soft">{site.hosts.join(', ')}</span>}
      {site.named.map((host) => (
        <span key={host} class="chip">
          {host}
          {mayName && (
            <button
              type="button"
              class="off"
              aria-label={word('desk_site_host_remove', host, site.name)}
              onClick={() => void model.removeHost(site, host)}
            >
              <Glyph name="cross" isSmall />
            </button>
          )}
        </span>
      ))}
      {mayName && (
        <Sheet
          look="chip"
          name={word('desk_site_host_add_name', site.name)}
          label={
            <>
              <Glyph name="plus" isSmall />
              {word('desk_site_host_add')}
            </>
          }
        >
          {(close) => <HostForm model={model} site={site} onDone={close} />}
        </Sheet>
      )}
    </span>
  );
}

/** Names a host for a site that Baton knows: a system that the company runs itself, a domain of its own. */
function HostForm({ model, site, onDone }: { model: SitesPage; site: SiteLine; onDone: () => void }) {
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    const reason = await model.addHost(site, typed);
    setFault(reason);
    if (reason === null) onDone();
  };
  return (
    <form class="stack host-form" onSubmit={(event) => void send(event)}>
      <label class="label">
        <span class="name">{word('desk_site_host_field', site.name)}</span>
        <input
          class="input"
          autocomplete="off"
          placeholder="crm.company.example"
          aria-invalid={fault !== null}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <p class="small-text soft">{word('desk_site_host_hint')}</p>
      <button type="submit" class="press small" disabled={typed.trim() === ''}>
        {word('desk_site_host_do')}
      </button>
    </form>
  );
}

function Switch({ model, site, canEdit }: SiteRowProps) {
  if (!canEdit) return <>{word(site.isOff ? 'desk_site_off' : 'desk_site_on')}</>;
  return (
    <fieldset class="segments" aria-label={word('desk_site_for_all_of', site.name)}>
      {[false, true].map((isOff) => (
        <button
          key={String(isOff)}
          type="button"
          aria-pressed={site.isOff === isOff}
          onClick={() => void (site.isOff !== isOff && model.settleOff(site, isOff))}
        >
          {word(isOff ? 'desk_site_off' : 'desk_site_on')}
        </button>
      ))}
    </fieldset>
  );
}
