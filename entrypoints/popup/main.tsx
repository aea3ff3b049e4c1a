import { render } from 'preact';
import { drawInertText } from '../../components/ui/inert-drawing.ts';
import '../../components/ui/tokens.css';
import '../../components/options/options.css';
import { Glance } from '../../components/options/Glance.tsx';
import { onEvent } from '../../utils/messaging/events.ts';
import { sendMessage } from '../../utils/messaging/send.ts';
import { provideBrowserWords } from '../../utils/platform/browser-words.ts';
import * as state from './state.ts';

/** Does what leads away from here; then the popup is of no more use. */
async function leave(work: Promise<unknown>): Promise<void> {
  await work;
  window.close();
}

function Popup() {
  const { value: status } = state.status;
  const { value: session } = state.session;
  if (status === null) return null;
  return (
    <Glance
      status={status}
      store={session && new URL(session.storeUrl).host}
      page={state.page.value}
      invite={state.invite.value}
      version={state.version.value}
      onSwitch={() => void state.switchPage()}
      onSide={(side) => void state.chooseSide(side)}
      onOpenSide={() => void leave(state.openSide())}
      onReport={() => void leave(state.reportPage())}
      onJoin={() => void leave(state.takeInviteAlong())}
      onDesk={() => void leave(sendMessage('openDesk', null))}
      onOptions={() => void leave(sendMessage('openOptions', null))}
      onRestart={() => void sendMessage('restartExtension', null)}
    />
  );
}

provideBrowserWords();
drawInertText();
const root = document.getElementById('root');
if (root !== null) render(<Popup />, root);
onEvent('placesChanged', () => void state.refresh());
onEvent('sitesChanged', () => void state.refresh());
onEvent('replicaChanged', () => void state.refresh());
void state.refresh();
void sendMessage('beat', null);
