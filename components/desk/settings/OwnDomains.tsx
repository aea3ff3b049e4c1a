import { useState } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import type { SettingsPage } from '../../../utils/view/desk/settings.ts';

interface OwnDomainsProps {
  model: SettingsPage;
  domains: readonly string[];
  canEdit: boolean;
}

/** The company's own domains beside those of the members' addresses: whoever writes from there is a colleague. */
export function OwnDomains({ model, domains, canEdit }: OwnDomainsProps) {
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_domains')}</h2>
      </div>
      <p class="soft" style={{ maxWidth: '620px', marginBottom: '12px' }}>
        {word('desk_domains_text')}
      </p>
      {domains.length === 0 && <p class="small-text soft">{word('desk_domains_none')}</p>}
      <ul>
        {domains.map((domain) => (
          <li key={domain} class="row" style={{ maxWidth: '420px' }}>
            <span class="cut">{domain}</span>
            <span class="space" />
            {canEdit && (
              <button
                type="button"
                class="go small-text"
                aria-label={word('desk_domain_off_name', domain)}
                onClick={() => void model.settleDomain(domain, null)}
              >
                {word('desk_domain_off')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {canEdit && <AddDomain model={model} />}
    </section>
  );
}

function AddDomain({ model }: { model: SettingsPage }) {
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const add = async (event: Event) => {
    event.preventDefault();
    if (typed.trim() === '') return;
    const reason = await model.settleDomain(typed.trim(), true);
    setFault(reason);
    if (reason === null) setTyped('');
  };
  return (
    <form class="row folds" style={{ marginTop: '8px' }} onSubmit={(event) => void add(event)}>
      <input
        class="input"
        style={{ flex: '0 1 260px' }}
        aria-label={word('desk_domain_new')}
        aria-invalid={fault !== null}
        placeholder={word('desk_domain_hint')}
        maxLength={253}
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <button type="submit" class="press small">
        {word('desk_domain_add')}
      </button>
      {fault && (
        <span class="fault" role="alert">
          {fault}
        </span>
      )}
    </form>
  );
}
