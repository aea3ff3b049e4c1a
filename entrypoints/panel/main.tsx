import { render } from 'preact';
import { browser } from 'wxt/browser';
import { panelSheet } from '../../components/panel/sheet.ts';
import { wordsLocale } from '../../components/panel/wording.ts';
import { drawInertText } from '../../components/ui/inert-drawing.ts';
import { onEvent } from '../../utils/messaging/events.ts';
import { sendMessage } from '../../utils/messaging/send.ts';
import { provideBrowserWords } from '../../utils/platform/browser-words.ts';
import { deviceClock } from '../../utils/platform/clock.ts';
import { createId } from '../../utils/platform/ids.ts';
import { log } from '../../utils/platform/log.ts';
import { closeSidePanel, findSidebar } from '../../utils/platform/side-panel.ts';
import { word } from '../../utils/platform/words.ts';
import { createTabFollower } from '../../utils/view/panel/follow-tab.ts';
import { createPanelModel } from '../../utils/view/panel/model.ts';
import { afterPaint } from '../../utils/view/panel/paint.ts';
import { SidePanel } from './SidePanel.tsx';
import { createTabWorld, watchTabs } from './tab-world.ts';

/** The page around the panel: it fills the browser's side. */
const pageSheet = 'html,body{height:100%;margin:0}main{height:100%}';

async function copyText(text: string): Promise<boolean> {
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}

function dressPage(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${panelSheet}${pageSheet}`);
  document.adoptedStyleSheets.push(sheet);
  document.documentElement.lang = wordsLocale();
  document.documentElement.dir = word('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr';
}

/** The panel in the browser's own side: one page a window, following the tab that its window shows. */
async function openPanel(): Promise<void> {
  provideBrowserWords();
  drawInertText();
  dressPage();
  const { id: windowId } = await browser.windows.getCurrent();
  if (windowId === undefined) return;
  const world = createTabWorld(windowId);
  const model = createPanelModel({
    send: sendMessage,
    now: deviceClock,
    elapsed: () => performance.now(),
    afterPaint,
    createId: () => createId<string>(),
    after: world.after,
    copyText,
    insertText: (text) => follower.insertText(text),
    readSelection: () => follower.readSelection(),
  });
  const follower = createTabFollower(world, model);
  watchTabs(windowId, follower);
  onEvent('replicaChanged', model.refresh);
  onEvent('placesChanged', follower.placesChanged);
  onEvent('sitesChanged', follower.placesChanged);
  closeByKey(windowId, () => follower.stand.peek()?.side !== 'page');
  browser.commands.onCommand.addListener((command, tab) => {
    const isHere = tab?.windowId === windowId && document.visibilityState === 'visible';
    if (command === 'next-person' && isHere) model.stepPerson(1);
  });

  const seen = () => model.setVisible(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', seen);
  const root = document.getElementById('root');
  if (root !== null) render(<SidePanel model={model} follower={follower} />, root);
  follower.switchTab();
  seen();
}

/**
 * Chromium: Alt+B closes a panel that is open. The background cannot know whether it is and asks the browser to open it in any case; a panel
 * that was there before heard the key itself, and leaves when the background has done so. Firefox toggles its sidebar by itself.
 */
function closeByKey(windowId: number, isShown: () => boolean): void {
  if (findSidebar() !== null) return;
  let isCalled = false;
  browser.commands.onCommand.addListener((command, tab) => {
    isCalled = command === 'toggle-panel' && tab?.windowId === windowId && document.visibilityState === 'visible';
  });
  onEvent('panelToggled', () => {
    if (isCalled && isShown()) void closeSidePanel();
    isCalled = false;
  });
}

openPanel().catch((error: unknown) => log.error('panel', 'the panel did not open', { error }));
