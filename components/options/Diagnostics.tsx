import type { PanelStatus } from '#contract/card.ts';
import type { DiagnosticsFacts } from '#contract/diagnostics.ts';
import type { NotedLook } from '#contract/look.ts';
import { word } from '../../utils/platform/words.ts';
import { Facts, Timings } from './Facts.tsx';
import { groupLooks, type SiteLooks } from './look-rows.ts';

/** A page's structure that waits to be saved; `text` null: the page could not be looked at. */
export interface StructureReport {
  text: string | null;
}

interface DiagnosticsProps {
  status: PanelStatus;
  /** Null until the background has answered. */
  facts: DiagnosticsFacts | null;
  /** The report in figures. */
  figures: string;
  isCopied: boolean;
  onCopy: () => void;
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

/** The readers' last looks, a site each. */
function Looks({ looks }: { looks: readonly NotedLook[] }) {
  return (
    <>
      <h3>{word('options_looks_heading')}</h3>
      <p class="hint">{looks.length === 0 ? word('options_look_none') : word('options_looks_hint')}</p>
      {groupLooks(looks).map((each) => (
        <Site key={each.site} {...each} />
      ))}
    </>
  );
}

/** The figures to hand on, and whether they were just copied. */
function FiguresReport({ figures, isCopied, onCopy }: Pick<DiagnosticsProps, 'figures' | 'isCopied' | 'onCopy'>) {
  return (
    <>
      <h3>{word('options_figures')}</h3>
      <p class="hint">{word('options_figures_hint')}</p>
      <textarea
        class="report"
        aria-label={word('options_figures')}
        readOnly
        rows={12}
        spellcheck={false}
        value={figures}
      />
      <p class="actions">
        <button type="button" onClick={onCopy}>
          {word('options_figures_copy')}
        </button>
        <span role="status">{isCopied && word('options_figures_copied')}</span>
      </p>
    </>
  );
}

/**
 * How Baton stands in this browser: its copy, its line to the store, how fast cards come, what the readers saw last and by what signs; and a page's structure
 * to attach to a report of what went wrong. Nothing here names anybody, and nothing is sent.
 */
export function Diagnostics(props: DiagnosticsProps) {
  const { facts, status, looks, report, onSave } = props;
  return (
    <section class="diagnostics" aria-labelledby="diagnostics">
      <h2 id="diagnostics">{word('options_diagnostics')}</h2>
      <p class="hint">{word('options_diagnostics_hint')}</p>
      {report !== null && report.text !== null && <Report text={report.text} onSave={onSave} />}
      {report !== null && report.text === null && <p class="complaint">{word('options_report_failed')}</p>}
      {facts !== null && (
        <>
          <Facts facts={facts} status={status} />
          <Timings timings={facts.timings} />
        </>
      )}
      <Looks looks={looks} />
      <FiguresReport {...props} />
    </section>
  );
}
