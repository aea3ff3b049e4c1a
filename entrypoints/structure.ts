import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { describePage } from '../utils/sites/structure/describe-page.ts';

/** Runs in a page when the person asks for a report of it, and answers the page's structure without anybody in it. Leaves nothing behind. */
export default defineUnlistedScript(() => describePage(document, new URL(location.href)));
