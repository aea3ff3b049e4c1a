import { signal } from '@preact/signals';
import { render } from 'preact';
import type { PanelStatus } from '#contract/card.ts';
import '../../components/ui/tokens.css';
import '../../components/options/options.css';
import { Glance } from '../../components/options/Glance.tsx';
import { onEvent } from '../../utils/messaging/events.ts';
import { sendMessage } from '../../utils/messaging/send.ts';
import { provideBrowserWords } from '../../utils/platform/browser-words.ts';

const status = signal<PanelStatus | null>(null);

async function refresh(): Promise<void> {
  status.value = await sendMessage('getStatus', null);
}

async function leaveTo(page: 'openDesk' | 'openOptions'): Promise<void> {
  await sendMessage(page, null);
  window.close();
}

function Popup() {
  if (status.value === null) return null;
  return (
    <Glance
      status={status.value}
      onDesk={() => void leaveTo('openDesk')}
      onOptions={() => void leaveTo('openOptions')}
    />
  );
}

provideBrowserWords();
const root = document.getElementById('root');
if (root !== null) render(<Popup />, root);
onEvent('replicaChanged', () => void refresh());
void refresh();
void sendMessage('beat', null);
