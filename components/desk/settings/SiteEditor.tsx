import { useEffect, useRef } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import { nameSystem, ruleFields, ruleMarks, type SiteDraft } from '../../../utils/view/desk/site-draft.ts';
import type { SitesPage } from '../../../utils/view/desk/sites.ts';
import { Field } from '../parts/Field.tsx';
import { modKey, useKeys } from '../parts/keys.ts';
import { faultAt, Lines } from './RuleLines.tsx';
import { SiteRecords } from './SiteRecords.tsx';

interface EditorProps {
  model: SitesPage;
  draft: SiteDraft;
}

function Identity({ model, draft }: EditorProps) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const fault = faultAt(model, 'name', draft.name);
  return (
    <div class="pair">
      <Field name={word('desk_site_name')} fault={fault}>
        {(control) => (
          <input
            {...control}
            ref={first}
            class="input"
            maxLength={60}
            placeholder={word('desk_site_name_hint')}
            value={draft.name}
            aria-invalid={fault !== undefined}
            onInput={(event) => model.edit({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Lines
        model={model}
        at="hosts"
        name={word('desk_site_hosts_field')}
        placeholder="crm.company.example"
        typed={draft.hosts}
        onType={(hosts) => model.edit({ hosts })}
      />
    </div>
  );
}

function Fields({ model, draft }: EditorProps) {
  return (
    <section>
      <h2>{word('desk_site_fields')}</h2>
      <p class="small-text soft lead">{word('desk_site_fields_text')}</p>
      <div class="words">
        <div class="pair">
          {ruleFields.map((field) => (
            <Lines
              key={field}
              model={model}
              at={`fields.${field}`}
              name={word(`desk_site_field_${field}`)}
              placeholder={word(`desk_site_field_${field}_like`)}
              typed={draft.fields[field]}
              onType={(text) => model.edit({ fields: { ...draft.fields, [field]: text } })}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

function Marks({ model, draft }: EditorProps) {
  const isUsed = ruleMarks.some((mark) => draft.marks[mark] !== '');
  return (
    <details class="apart" open={isUsed || model.faults.value.some(({ at }) => ruleMarks.some((mark) => mark === at))}>
      <summary>{word('desk_site_marks')}</summary>
      <div class="words">
        {ruleMarks.map((mark) => (
          <Lines
            key={mark}
            model={model}
            at={mark}
            name={word(`desk_site_mark_${mark}`)}
            hint={word(`desk_site_mark_${mark}_text`)}
            typed={draft.marks[mark]}
            onType={(text) => model.edit({ marks: { ...draft.marks, [mark]: text } })}
          />
        ))}
        <Lines
          model={model}
          at="system"
          name={word('desk_site_system')}
          hint={word('desk_site_system_text', nameSystem(draft) || 'kestrel')}
          typed={draft.system}
          onType={(system) => model.edit({ system })}
        />
      </div>
    </details>
  );
}

/** Describes a site of one's own: where it lives, which address is which record, and where on the page its fields stand. */
export function SiteEditor({ model, draft }: EditorProps) {
  useKeys({ 'mod+Enter': () => void model.save() });
  const send = (event: Event) => {
    event.preventDefault();
    void model.save();
  };
  const count = model.faults.value.length;
  return (
    <form class="site-editor" noValidate onSubmit={send}>
      <section>
        <h2>{draft.base === null ? word('desk_site_new') : word('desk_site_editing', draft.base.name)}</h2>
        <p class="small-text soft lead">{word('desk_site_new_text')}</p>
        <div class="words">
          <Identity model={model} draft={draft} />
        </div>
      </section>
      <SiteRecords model={model} draft={draft} />
      <Fields model={model} draft={draft} />
      <Marks model={model} draft={draft} />
      {model.isChecked.value && count > 0 && (
        <p class="fault apart" role="alert">
          {count === 1 ? word('desk_site_faults_one') : word('desk_site_faults', count)}
        </p>
      )}
      <div class="row apart">
        <button type="submit" class="press first" disabled={model.isSaving.value}>
          {word('desk_site_save')} <kbd>{modKey} ↵</kbd>
        </button>
        <button type="button" class="press" onClick={model.cancel}>
          {word('desk_cancel')}
        </button>
      </div>
    </form>
  );
}
