import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { sendEvent } from '../../utils/messaging/broadcast.ts';
import { listenToMessages } from '../../utils/messaging/listen.ts';
import { provideBrowserWords } from '../../utils/platform/browser-words.ts';
import { log } from '../../utils/platform/log.ts';
import { onPolicyChanged } from '../../utils/settings/policy.ts';
import type { Trigger } from '../../utils/sync/cycle.ts';
import { createCoreOpener } from './core.ts';
import { createHandlers } from './handlers.ts';
import { applyStands } from './panel-stands.ts';
import { applySites, registerReaders, renewReaders } from './readers.ts';
import { togglePanel } from './toggle-panel.ts';
import { noteUpdate } from './update.ts';

const alarmName = 'sync';
const settleMs = 500;

/** Sets the alarm of each minute once: set anew at each start, it would never ring for a background that is often woken. */
async function setAlarm(): Promise<void> {
  if (!(await browser.alarms.get(alarmName))) await browser.alarms.create(alarmName, { periodInMinutes: 1 });
}

/** Something that nobody waits for: what goes wrong is at least in the log. */
function start(what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => log.error('background', `${what} failed`, { error }));
}

// Every listener is added in the first turn: the browser wakes a stopped background for an event and asks only those that are there by then.
export default defineBackground({
  type: 'module',
  main() {
    provideBrowserWords();
    const open = createCoreOpener();

    async function wake(trigger: Trigger): Promise<void> {
      const { cycle, live } = await open();
      live.ensure();
      await cycle.run(trigger);
    }

    listenToMessages(createHandlers(open));

    browser.runtime.onInstalled.addListener(({ reason }) => {
      if (reason === 'install') start('opening the options', browser.runtime.openOptionsPage());
      if (reason === 'install' || reason === 'update') start('putting the readers in', renewReaders());
    });

    browser.runtime.onStartup.addListener(() => start('registering the readers', registerReaders()));

    // Who listens is not restarted under the person's hands: the newer version waits until Baton rests, or is told to restart.
    browser.runtime.onUpdateAvailable.addListener(({ version }) =>
      start('noting a newer version', noteUpdate(version)),
    );

    // Allowed or taken back in the browser's own settings, or asked for by a page that closed meanwhile.
    browser.permissions.onAdded.addListener(() => start('taking what is allowed', applySites()));
    browser.permissions.onRemoved.addListener(() => start('leaving what is not allowed any more', applySites()));

    onPolicyChanged(() => {
      start('taking the changed policy', applySites().then(applyStands));
    });

    browser.alarms.onAlarm.addListener(({ name }) => {
      if (name === alarmName) start('the cycle by alarm', wake('alarm'));
    });

    browser.commands.onCommand.addListener((command, tab) => {
      if (command === 'toggle-panel' && tab?.id !== undefined)
        start('toggling the panel', togglePanel(tab.id, tab.url ?? ''));
      // A panel in the browser's own side hears the key itself.
      if (command === 'next-person' && tab?.id !== undefined)
        start('showing the next person', sendEvent(tab.id, 'personStepped'));
    });

    globalThis.addEventListener('online', () => start('the cycle after coming online', wake('online')));

    start('setting the alarm', setAlarm());
    // Not at once: what woke the background is most often a page that waits for its card.
    setTimeout(() => start('the first cycle', wake('start')), settleMs);
  },
});
