import { word } from '../../../utils/platform/words.ts';
import type { SettingsPage } from '../../../utils/view/desk/settings.ts';

interface AccountScopeProps {
  model: SettingsPage;
  isByTerritory: boolean;
  canEdit: boolean;
}

/** Whose accounts reps hold in their browsers: all, or those of their territories. Who may not change it reads it in words. */
export function AccountScope({ model, isByTerritory, canEdit }: AccountScopeProps) {
  const name = (byTerritory: boolean) => word(byTerritory ? 'desk_scope_own' : 'desk_scope_all');
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_scope')}</h2>
      </div>
      <p class="soft" style={{ maxWidth: '620px', marginBottom: '12px' }}>
        {word('desk_scope_text')}
      </p>
      {canEdit ? (
        <fieldset class="segments" aria-label={word('desk_scope')}>
          {[false, true].map((each) => (
            <button
              key={String(each)}
              type="button"
              aria-pressed={each === isByTerritory}
              onClick={() => void model.settleScope(each)}
            >
              {name(each)}
            </button>
          ))}
        </fieldset>
      ) : (
        <p>{name(isByTerritory)}</p>
      )}
    </section>
  );
}
