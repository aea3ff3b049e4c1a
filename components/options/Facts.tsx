import type { PanelStatus } from '#contract/card.ts';
import type { DiagnosticsFacts, LiveState, Timing } from '#contract/diagnostics.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { describeCopy, writeInstant } from './copy-words.ts';
import { summarize, writeBytes, writeMs } from './figures.ts';

const count = (figure: number) => figure.toLocaleString();

function describeDisk({ bytes, quota, isPersisted }: DiagnosticsFacts): string {
  if (bytes === null) return word('options_facts_unknown');
  const size = quota === null ? writeBytes(bytes) : word('options_facts_bytes', writeBytes(bytes), writeBytes(quota));
  if (isPersisted === null) return size;
  return `${size}; ${word(isPersisted ? 'options_facts_persisted' : 'options_facts_unpersisted')}`;
}

function failureWord(failure: string): string {
  const key = `options_facts_live_${failure}`;
  return word(key) === key ? failure : word(key);
}

function describeLive({ since, isAsking, pokedAt, failedAt, failure }: LiveState): string {
  const open = isAsking ? 'options_facts_live_asking' : 'options_facts_live_open';
  return [
    since === null ? word('options_facts_live_closed') : word(open, writeInstant(since)),
    ...(pokedAt === null ? [] : [word('options_facts_live_poke', writeInstant(pokedAt))]),
    ...(failedAt === null
      ? []
      : [word('options_facts_live_failed', writeInstant(failedAt), failureWord(failure ?? ''))]),
  ].join('; ');
}

/** The copy in this browser, its place on the disk, and the line to the store. */
export function Facts({ facts, status }: { facts: DiagnosticsFacts; status: PanelStatus }) {
  const { copy, live } = facts;
  return (
    <dl class="facts">
      <dt>{word('options_facts_copy')}</dt>
      <dd>
        {describeCopy(status)}
        {copy && `; ${word('options_facts_counts', count(copy.accounts), count(copy.contacts))}`}
      </dd>
      <dt>{word('options_facts_disk')}</dt>
      <dd>{describeDisk(facts)}</dd>
      {copy && (
        <>
          <dt>{word('options_facts_feed')}</dt>
          <dd>{word('options_facts_feed_at', count(copy.feed))}</dd>
          <dt>{word('options_facts_key')}</dt>
          <dd>{copy.keyId}</dd>
        </>
      )}
      <dt>{word('options_facts_live')}</dt>
      <dd>{describeLive(live)}</dd>
    </dl>
  );
}

/** How the last cards came: half of them and 95 % of them within so long. */
export function Timings({ timings }: { timings: readonly Timing[] }) {
  const { lookedUp, painted } = summarize(timings);
  const rows = [
    { name: word('options_timings_looked_up'), ...lookedUp },
    { name: word('options_timings_painted'), ...painted },
  ];
  return (
    <>
      <h3>{word('options_timings')}</h3>
      {timings.length === 0 ? (
        <p class="hint">{word('options_timings_none')}</p>
      ) : (
        <>
          <p class="hint">{countWord('options_timings_count', timings.length)}</p>
          <table class="looks">
            <thead>
              <tr>
                <td />
                <th class="number">{word('options_timings_half')}</th>
                <th class="number">{word('options_timings_most')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, half, most }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td class="number">{writeMs(half)}</td>
                  <td class="number">{writeMs(most)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </>
  );
}
