import type { PanelStatus } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { Mark } from '../ui/Mark.tsx';
import { countUnsent, describeCopy } from './copy-words.ts';
import { Notice } from './Notice.tsx';

interface GlanceProps {
  status: PanelStatus;
  onDesk: () => void;
  onOptions: () => void;
}

/** How this browser stands, at a glance: who, how fresh, what is unsent; and the ways to the Desk and the options. */
export function Glance({ status, onDesk, onOptions }: GlanceProps) {
  const isMember = status.connection !== 'never';
  return (
    <main class="popup">
      <header>
        <Mark size={20} />
        <h1>{status.workspace ?? word('manifest_name')}</h1>
      </header>
      <Notice status={status} />
      {isMember ? (
        <dl class="facts">
          <dt>{word('options_you')}</dt>
          <dd>{status.member}</dd>
          <dt>{word('options_copy')}</dt>
          <dd>{describeCopy(status)}</dd>
          <dt>{word('options_unsent')}</dt>
          <dd>{countUnsent(status)}</dd>
        </dl>
      ) : (
        <p class="hint">{word('popup_not_connected')}</p>
      )}
      <p class="actions">
        {isMember && status.role !== 'rep' && (
          <button type="button" class="main" onClick={onDesk}>
            {word('options_open_desk')}
          </button>
        )}
        <button type="button" class={isMember ? '' : 'main'} onClick={onOptions}>
          {word(isMember ? 'popup_options' : 'popup_connect')}
        </button>
      </p>
    </main>
  );
}
