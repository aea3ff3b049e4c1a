import { useState } from 'preact/hooks';
import type { ImportStatus } from '#contract/import.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeCount, writeMoment } from '../../../utils/view/desk/figures.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { RowErrors } from './RowErrors.tsx';

const sum = (status: ImportStatus, what: 'added' | 'changed') =>
  status.accounts[what] + status.contacts[what] + status.touches[what] + status.planned[what];

/** Imports that were kept, newest first; each opens to what it changed and what did not go in. */
export function ImportHistory({ imports }: { imports: readonly ImportStatus[] }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const kept = imports.filter((each) => !each.dryRun && each.state !== 'waiting');
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_history')}</h2>
      </div>
      {kept.length === 0 && <p class="soft">{word('desk_history_none')}</p>}
      {kept.length > 0 && (
        <table>
          <caption class="unseen">{word('desk_history')}</caption>
          <thead>
            <tr>
              <th scope="col">{word('desk_history_file')}</th>
              <th scope="col">{word('desk_history_format')}</th>
              <th scope="col">{word('desk_history_by')}</th>
              <th scope="col">{word('desk_history_when')}</th>
              <th scope="col" class="figure">
                {word('desk_history_rows')}
              </th>
              <th scope="col" class="figure">
                {word('desk_import_added')}
              </th>
              <th scope="col" class="figure">
                {word('desk_import_changed')}
              </th>
              <th scope="col" class="figure">
                {word('desk_history_errors')}
              </th>
            </tr>
          </thead>
          <tbody>
            {kept.map((each) => (
              <HistoryRow
                key={each.id}
                status={each}
                isOpen={each.id === openId}
                onOpen={() => setOpenId(each.id === openId ? null : each.id)}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function HistoryRow({ status, isOpen, onOpen }: { status: ImportStatus; isOpen: boolean; onOpen: () => void }) {
  return (
    <>
      <tr class={isOpen ? 'selected' : undefined}>
        <th scope="row" class="tight" style={{ width: '30%' }}>
          <button type="button" class="count cut" style={{ maxWidth: '100%' }} aria-expanded={isOpen} onClick={onOpen}>
            {status.fileName}
          </button>
        </th>
        <td class="soft whole">{status.format ? word(`desk_format_${status.format}`) : '–'}</td>
        <td class="soft">{status.by ?? word('desk_history_terminal')}</td>
        <td class="faint whole">{writeMoment(status.startedAt)}</td>
        {status.state === 'done' ? (
          <>
            <td class="figure">{writeCount(status.rows)}</td>
            <td class="figure">{writeCount(sum(status, 'added'))}</td>
            <td class="figure">{writeCount(sum(status, 'changed'))}</td>
            <td class="figure">{writeCount(status.errorCount)}</td>
          </>
        ) : (
          <td colSpan={4} class="figure">
            <span class={status.state === 'failed' ? 'tag danger' : 'tag'}>
              <Glyph name={status.state === 'failed' ? 'warning' : 'sync'} isSmall />
              {word(`desk_history_${status.state}`)}
            </span>
          </td>
        )}
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={8} style={{ padding: '12px 0 16px' }}>
            <div class="stack">
              {status.failure && <p>{status.failure}</p>}
              <ChangeTable status={status} />
              <RowErrors status={status} />
            </div>
          </td>
        </tr>
      )}
    </>
  );
}
