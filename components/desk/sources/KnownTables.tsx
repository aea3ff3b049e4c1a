import { word } from '../../../utils/platform/words.ts';

/** Tables that are recognised by themselves, by where they come from. */
const origins = ['any', 'salesforce', 'hubspot', 'marketo', 'mailchimp'] as const;

/** What goes in without a word: for who looks for the right export. */
export function KnownTables() {
  return (
    <section>
      <h2>{word('desk_known')}</h2>
      <dl class="stack small-text" style={{ marginTop: '8px' }}>
        {origins.map((origin) => (
          <div key={origin}>
            <dt>
              <b>{word(`desk_known_${origin}`)}</b>
            </dt>
            <dd class="soft">{word(`desk_known_${origin}_text`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
