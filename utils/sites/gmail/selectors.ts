/** Where Gmail keeps what we read. Class names are Gmail's own; each line says since when, where that is known. */

/** The heading of an open thread. Rows of a list carry thread ids as well, in a span: only the heading tells an open thread. */
export const threadHeading = 'h2[data-legacy-thread-id], h2[data-thread-perm-id]';
/** The box of one thread: since November 2023, before, and the preview pane. */
export const threadBox = '.a98, .aia, .g.id, table.Bs, [role="main"]';
export const previewPane = '.aia';
/** One message of an open thread, expanded or collapsed. */
export const message = '[role="listitem"]';
/** What only a message has, and no row of a list: its frame, expanded or collapsed. */
export const messageFrame = '.adn, .adf, .gE';
export const sender = '.gD[email], td.gF span[email]';
export const recipients = '.hb span[email]';
/** What people wrote, in messages, their previews and drafts: never read, whatever markup it holds. */
export const written = '.a3s, .ii, .iA, [contenteditable="true"]';

/** One compose form: a window, an inline reply, a popout. */
export const composeForm = '.M9';
/** The corner of the page that compose windows open in. */
export const composeCorner = '.dw';
/** Recipient chips since 2021; they stay in the page while the field is folded. */
export const chip = '.anm [role="option"][data-hovercard-id]';
/** The same chip where its field is not named. */
export const looseChip = '.agb [role="option"][data-hovercard-id][data-name]';
/** Recipients before 2021: `Name <address>` in hidden fields, and the folded line. */
export const olderChip = '.vR > input[type="hidden"]';
export const foldedRecipient = '.oL span[email]';
/** What is being typed as a recipient. */
export const recipientField = 'textarea.vO';
export const draftBody = 'div[contenteditable="true"][role="textbox"], [g_editable="true"][contenteditable="true"]';

/** The viewer's own address: the account banner, and whom a compose is from. */
export const accountBanner =
  '#gb a[aria-label*="@"], [role="banner"] a[aria-label*="@"], a[href*="SignOutOptions"][aria-label*="@"]';
export const composeFrom = 'input[type="hidden"][name="from"]';

/** Popouts have no address to speak of: their body says what they are. */
export const popoutCompose = 'body.xE.xp';
export const popoutThread = 'body.aAU.xE';
