import type { NotedLook } from '#contract/look.ts';
import { word } from '../../utils/platform/words.ts';
import { groupLooks, type SiteLooks } from './look-rows.ts';

/** A page's structure that waits to be saved; `text` null: the page could not be looked at. */
export interface StructureReport {
  text: string | null;
}

interface DiagnosticsProps {
  looks: readonly NotedLook[];
  /** Null while no report was asked for. */
  report: StructureReport | null;
  onSave: (text: string) => void;
}

function timeOf(at: string): string {
  return new Date(at).toLocaleTimeString([], { timeStyle: 'medium' });
}

function describeLook({ view, people, isReadable }: NotedLook): string {
  if (view !== null) return word('options_look_view', view, people);
  return word(isReadable ? 'options_look_nobody' : 'options_look_unreadable');
}

function Site({ site, looks, missing }: SiteLooks) {
  return (
    <details>
      <summary>
        {word(`site_${site}`)} <small>{looks[0] && `${timeOf(looks[0].at)}, ${describeLook(looks[0])}`}</small>
      </summary>
      {missing.length > 0 && <p class="hint">{word('options_look_missing', missing.join(', '))}</p>}
      <table class="looks">
        <thead>
          <tr>
            <th>{word('options_look_time')}</th>
            <th>{word('options_look_seen')}</th>
            <th>{word('options_look_signals')}</th>
            <th class="number">{word('options_look_took')}</th>
          </tr>
        </thead>
        <tbody>
          {looks.map((look) => (
            <tr key={look.at}>
              <td>{timeOf(look.at)}</td>
              <td>{describeLook(look)}</td>
              <td>{look.signals.join(', ')}</td>
              <td class="number">{look.tookMs.toFixed(1)} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Report({ text, onSave }: { text: string; onSave: (text: string) => void }) {
  return (
    <>
      <h3>{word('options_report')}</h3>
      <p class="hint">{word('options_report_hint')}</p>
      <textarea class="report" aria-label={word('options_report')} readOnly rows={12} spellcheck={false} value={text} />
      <p class="actions">
        <button type="button" class="main" onClick={() => onSave(text)}>
          {word('options_report_save')}
        </button>
      </p>
    </>
  );
}

/** What the readers saw last and by what signs, and a page's structure to attach to a report of what went wrong. Nothing here names anybody, and nothing is sent. */
export function Diagnostics({ looks, report, onSave }: DiagnosticsProps) {
  return (
    <section aria-labelledby="diagnostics">
      <h2 id="diagnostics">{word('options_diagnostics')}</h2>
      <p class="hint">{word('options_diagnostics_hint')}</p>
      {looks.length === 0 && <p>{word('options_look_none')}</p>}
      {groupLooks(looks).map((each) => (
        <Site key={each.site} {...each} />
      ))}
      {report !== null && report.text !== null && <Report text={report.text} onSave={onSave} />}
      {report !== null && report.text === null && <p class="complaint">{word('options_report_failed')}</p>}
    </section>
  );
}
