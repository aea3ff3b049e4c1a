import { render } from 'preact';
import './styles.ts';
import { DeskView } from '../../components/desk/DeskView.tsx';
import { firstPage } from '../../components/desk/pages.tsx';
import { singleKeys } from '../../components/desk/parts/keys.ts';
import { drawInertText } from '../../components/ui/inert-drawing.ts';
import { onEvent } from '../../utils/messaging/events.ts';
import { sendMessage } from '../../utils/messaging/send.ts';
import { provideBrowserWords } from '../../utils/platform/browser-words.ts';
import { log } from '../../utils/platform/log.ts';
import { createDesk } from '../../utils/view/desk/desk.ts';
import { keepIntents } from '../../utils/view/desk/intents.ts';
import { openPages } from './open-pages.ts';
import { saveFile } from './save-file.ts';
import { uploadFile } from './upload.ts';
import { addressBar, shelf } from './window.ts';

/** A visible Desk says so this often, which keeps the background awake to hear of changes. */
const beatMs = 20_000;

provideBrowserWords();
drawInertText();
const desk = createDesk(
  {
    callStore: keepIntents(
      (request) => sendMessage('callStore', { body: null, ...request }),
      () => crypto.randomUUID(),
    ),
    getSession: () => sendMessage('getSession', null),
    openOptions: () => void sendMessage('openOptions', null),
    copy: (text) => navigator.clipboard.writeText(text),
    bar: addressBar,
    shelf,
    upload: uploadFile,
    save: saveFile,
    pages: openPages,
  },
  firstPage,
);
singleKeys.isOn = shelf.read('single-keys') !== 'off';

/** Something may have changed: the figures first, then who is signed in. */
async function catchUp(): Promise<void> {
  desk.refresh();
  await desk.connect();
}

function beat(): void {
  if (document.visibilityState !== 'visible') return;
  // A beat that fails is followed by the next; what the person asks for reports its own failure.
  sendMessage('beat', null).catch((error: unknown) => log.warn('desk', 'no beat', { error }));
  if (desk.unreachableSince.peek() !== null) desk.refresh();
}

onEvent('replicaChanged', () => void catchUp());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  beat();
  void catchUp();
});
setInterval(beat, beatMs);
beat();
void desk.connect();

const root = document.querySelector('#root');
if (root) render(<DeskView desk={desk} />, root);
