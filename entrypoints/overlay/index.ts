import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { provideBrowserWords } from '../../utils/platform/browser-words.ts';
import { findChannel } from '../../utils/view/panel/channel.ts';
import { openOverlay } from './open-overlay.ts';

/** What a panel still has to say when its extension is gone and no word can be asked for any more. */
const lastWords = [
  'panel_strip_gone',
  'panel_strip_gone_detail',
  'panel_strip_gone_action',
  'panel_not_saved',
  'panel_age_seconds',
  'panel_age_minutes',
];

/** The panel on a page. Injected by the background when the page's reader asks for it; without a reader, or a second time, it does nothing. */
export default defineUnlistedScript(() => {
  const channel = findChannel();
  if (channel === null || channel.panel !== null) return;
  provideBrowserWords(lastWords);
  openOverlay(channel);
});
