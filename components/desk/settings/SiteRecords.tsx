import { word } from '../../../utils/platform/words.ts';
import type { RecordDraft, SiteDraft } from '../../../utils/view/desk/site-draft.ts';
import type { SitesPage } from '../../../utils/view/desk/sites.ts';
import { Field } from '../parts/Field.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { Select } from '../parts/Select.tsx';
import { faultAt, Lines } from './RuleLines.tsx';

const most = 20;

/** The kinds of records that a site shows, each with the addresses at which it does. */
export function SiteRecords({ model, draft }: { model: SitesPage; draft: SiteDraft }) {
  const { records } = draft;
  const change = (index: number, next: Partial<RecordDraft>) =>
    model.edit({ records: records.map((record, at) => (at === index ? { ...record, ...next } : record)) });
  const add = () => {
    const object = ['contact', 'account', 'lead'].find((name) => records.every((each) => each.object !== name)) ?? '';
    model.edit({ records: [...records, { object, isCompany: object === 'account', urls: '' }] });
  };
  return (
    <section>
      <h2>{word('desk_site_records')}</h2>
      <p class="small-text soft lead">{word('desk_site_records_text')}</p>
      <ul class="stack">
        {records.map((record, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record that is being typed has nothing else to be known by
          <li key={index} class="record">
            <Kind model={model} record={record} at={`records.${index}`} onChange={(next) => change(index, next)} />
            <Lines
              model={model}
              at={`records.${index}.urls`}
              name={word('desk_site_urls')}
              placeholder="/people/{id}"
              typed={record.urls}
              onType={(urls) => change(index, { urls })}
            />
            {records.length > 1 && (
              <button
                type="button"
                class="press bare small"
                aria-label={word('desk_site_record_remove', record.object)}
                onClick={() => model.edit({ records: records.filter((_record, at) => at !== index) })}
              >
                <Glyph name="cross" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {records.length < most && (
        <button type="button" class="go small-text" onClick={add}>
          {word('desk_site_record_add')}
        </button>
      )}
    </section>
  );
}

interface KindProps {
  model: SitesPage;
  record: RecordDraft;
  at: string;
  onChange: (next: Partial<RecordDraft>) => void;
}

function Kind({ model, record, at, onChange }: KindProps) {
  const fault = faultAt(model, `${at}.object`, record.object);
  return (
    <>
      <Field name={word('desk_site_object')} fault={fault}>
        {(control) => (
          <input
            {...control}
            class="input code"
            maxLength={31}
            spellcheck={false}
            value={record.object}
            aria-invalid={fault !== undefined}
            onInput={(event) => onChange({ object: event.currentTarget.value })}
          />
        )}
      </Field>
      <div class="label">
        <span class="name">{word('desk_site_stands_for')}</span>
        <Select
          name={word('desk_site_stands_for')}
          value={record.isCompany ? 'company' : 'person'}
          options={['person', 'company'].map((value) => ({ value, text: word(`desk_site_is_${value}`) }))}
          isField
          onChoose={(value) => onChange({ isCompany: value === 'company' })}
        />
      </div>
    </>
  );
}
