import { longest } from '#contract/limits.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Draft } from '../../../utils/view/desk/draft.ts';
import type { TalkingPoints } from '../../../utils/view/desk/talking-points.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Field } from '../parts/Field.tsx';
import { Select } from '../parts/Select.tsx';

/** The words of a talking point and when they hold. */
export function PointWords({ model }: { model: TalkingPoints }) {
  const draft = model.draft.value;
  const choices = model.choices.value.value?.campaigns ?? [];
  const campaigns = [
    { value: '', text: word('desk_points_no_campaign') },
    ...choices.map((each) => ({ value: each.id as string, text: cleanText(each.name) })),
  ];
  const owners = [
    { value: '', text: word('desk_points_owner_self') },
    ...model.owners.value.map((each) => ({ value: each.id as string, text: cleanText(each.name) })),
  ];
  const type = (field: keyof Draft) => (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
    model.edit({ [field]: event.currentTarget.value });
  /** A fault of a field that holds something; an empty one is only missing, which the push button says. */
  const faultOf = (field: 'title' | 'text' | 'whyNow' | 'link' | 'expiresOn') =>
    draft[field].trim() ? model.faults.value.find((fault) => fault.field === field)?.message : undefined;
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_points_words')}</h2>
      </div>
      <div class="words">
        <Field
          name={word('desk_points_title_field')}
          used={draft.title.trim().length}
          of={longest.title}
          fault={faultOf('title')}
        >
          {(control) => (
            <input
              {...control}
              class="input"
              value={draft.title}
              aria-invalid={!!faultOf('title')}
              onInput={type('title')}
            />
          )}
        </Field>
        <Field
          name={word('desk_points_text')}
          used={draft.text.trim().length}
          of={longest.text}
          fault={faultOf('text')}
        >
          {(control) => (
            <textarea
              {...control}
              class="input"
              rows={3}
              value={draft.text}
              aria-invalid={!!faultOf('text')}
              onInput={type('text')}
            />
          )}
        </Field>
        <div class="pair">
          <Field name={word('desk_points_why')} fault={faultOf('whyNow')}>
            {(control) => <input {...control} class="input" value={draft.whyNow} onInput={type('whyNow')} />}
          </Field>
          <Field name={word('desk_points_link')} fault={faultOf('link')}>
            {(control) => (
              <input
                {...control}
                class="input"
                type="url"
                placeholder="https://"
                value={draft.link}
                aria-invalid={!!faultOf('link')}
                onInput={type('link')}
              />
            )}
          </Field>
        </div>
        <div class="four">
          <Field name={word('desk_points_campaign')}>
            {({ id }) => (
              <Select
                id={id}
                name={word('desk_points_campaign')}
                value={draft.campaignId}
                options={campaigns}
                isField
                onChoose={(campaignId) => model.edit({ campaignId })}
              />
            )}
          </Field>
          <Field name={word('desk_points_owner')}>
            {({ id }) => (
              <Select
                id={id}
                name={word('desk_points_owner')}
                value={draft.ownerId}
                options={owners}
                isField
                onChoose={(ownerId) => model.edit({ ownerId })}
              />
            )}
          </Field>
          <Field name={word('desk_points_starts')}>
            {(control) => (
              <input
                {...control}
                class={draft.startsOn === '' ? 'input empty' : 'input'}
                type="date"
                value={draft.startsOn}
                onInput={type('startsOn')}
              />
            )}
          </Field>
          <Field name={word('desk_points_ends')} fault={faultOf('expiresOn')}>
            {(control) => (
              <input
                {...control}
                class={draft.expiresOn === '' ? 'input empty' : 'input'}
                type="date"
                value={draft.expiresOn}
                aria-invalid={!!faultOf('expiresOn')}
                onInput={type('expiresOn')}
              />
            )}
          </Field>
        </div>
      </div>
    </section>
  );
}
