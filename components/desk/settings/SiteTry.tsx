import { word } from '../../../utils/platform/words.ts';
import type { SiteDraft } from '../../../utils/view/desk/site-draft.ts';
import type { AddressTest } from '../../../utils/view/desk/site-test.ts';
import { hostsOfDraft } from '../../../utils/view/desk/site-trial.ts';
import type { SitesPage } from '../../../utils/view/desk/sites.ts';
import { Field } from '../parts/Field.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { RuleFindings } from './RuleFindings.tsx';

interface TryProps {
  model: SitesPage;
  draft: SiteDraft;
}

function describeTest(test: AddressTest): string {
  return test.kind === 'elsewhere' ? word('desk_try_elsewhere_host', test.host) : word(`desk_try_${test.kind}`);
}

/** What a pasted address is by the draft, told while either is typed. */
function AddressTry({ model }: { model: SitesPage }) {
  const test = model.addressTest.value;
  return (
    <section>
      <h2>{word('desk_try_address')}</h2>
      <div class="words" style={{ marginTop: '8px' }}>
        <Field name={word('desk_try_paste')}>
          {(control) => (
            <textarea
              {...control}
              class="input code"
              rows={2}
              spellcheck={false}
              value={model.pasted.value}
              onInput={(event) => {
                model.pasted.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <div role="status">
          {test.kind === 'record' ? (
            <dl class="found">
              <dt>{word('desk_try_object')}</dt>
              <dd>
                <Glyph name="check" isSmall /> <b>{test.record.object}</b>,{' '}
                {word(test.record.isCompany ? 'desk_site_is_company' : 'desk_site_is_person')}
              </dd>
              <dt>{word('desk_try_id')}</dt>
              <dd>
                <code>{test.record.id}</code>
              </dd>
              <dt>{word('desk_try_template')}</dt>
              <dd>
                <code>{test.record.template}</code>
              </dd>
            </dl>
          ) : (
            <p class={`small-text ${test.kind === 'empty' ? 'soft' : 'weak'}`}>{describeTest(test)}</p>
          )}
        </div>
      </div>
    </section>
  );
}

function TabTry({ model, draft }: TryProps) {
  const { tabs, tabId, report, problem } = model.trial.state.value;
  const hosts = hostsOfDraft(draft).join(', ');
  return (
    <section>
      <h2>{word('desk_try_tab')}</h2>
      <p class="small-text soft lead">
        {hosts === '' ? word('desk_try_tab_no_host') : word('desk_try_tab_text', hosts)}
      </p>
      <div class="stack">
        {hosts !== '' && (
          <div>
            <button type="button" class="press small" onClick={() => void model.trial.findTabs()}>
              {word(tabs === null ? 'desk_try_find' : 'desk_try_find_again')}
            </button>
          </div>
        )}
        {tabs?.length === 0 && <p class="small-text soft">{word('desk_try_no_tabs', hosts)}</p>}
        {tabs !== null && tabs.length > 0 && (
          <>
            <fieldset class="tabs">
              <legend class="unseen">{word('desk_try_tab')}</legend>
              {tabs.map((tab) => (
                <label key={tab.id} class="option">
                  <input
                    type="radio"
                    name="tab"
                    checked={tab.id === tabId}
                    onChange={() => model.trial.choose(tab.id)}
                  />
                  <span class="cut">
                    {tab.title || tab.url}
                    <br />
                    <span class="small-text faint">{tab.url.replace(/^https:\/\//, '')}</span>
                  </span>
                </label>
              ))}
            </fieldset>
            <div>
              <button type="button" class="press small" onClick={() => void model.trial.read()}>
                <Glyph name="eye" isSmall />
                {word('desk_try_read')}
              </button>
            </div>
          </>
        )}
        <div role="status">
          {problem && <p class="small-text weak">{problem}</p>}
          {report && <RuleFindings report={report} />}
        </div>
      </div>
    </section>
  );
}

/** The draft held against the real thing, while it is being written: a pasted address, and an open tab. */
export function SiteTry({ model, draft }: TryProps) {
  return (
    <>
      <AddressTry model={model} />
      <TabTry model={model} draft={draft} />
    </>
  );
}
