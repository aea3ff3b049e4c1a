/**
 * Where Gmail keeps what we read. Class names are Gmail's own; each line says since when, where that is known.
 * A saved piece of a page has no doctype, and there the case of a class does not count: `.gs` (a message) is `.GS` (a compose's fields) as well.
 */

/** The heading of an open thread. Rows of a list carry thread ids as well, in a span: only the heading tells an open thread. */
export const threadHeading = 'h2.hP, h2[data-legacy-thread-id], h2[data-thread-perm-id], h1 > span.hP';
/** The view a heading stands in; another view's messages are never its own. `.aia` is the preview pane beside a list. */
export const view = '[role="main"], .aia, .aeF > .nH';
/** One message, expanded (`.h7`) or collapsed (`.kv`, `.ky`); a saved piece of a page can begin further in, or be older than the role. */
export const message = '[role="listitem"]';
export const pieceOfMessage = '.h7, .kv, .ky, .adn, .adf, [data-message-id], [data-legacy-message-id], .gE, .gs';
/** What only a message has, and no other item of a list: its frame, expanded or collapsed. */
export const messageFrame = '.adn, .adf, .gE, .gD, [data-message-id], [data-legacy-message-id]';
/** Whoever a message names, in its frame: `email` since ever, `name` and `data-hovercard-id` beside it. */
export const named = '[email]';
export const sender = '.gD';
/** Only the first few recipients are in the page, and none of a collapsed message. */
export const recipients = '.hb, .g2[email]';
/** A row of a list is nobody, whatever it names. */
export const listRow = '.zA';
/** Whoever a row names. */
export const rowName = '.zA [email][name]';

/** What people wrote, in messages, their previews and drafts: never read, whatever markup it holds. */
export const written = '.a3s, .ii, .iA, [contenteditable="true"], [g_editable="true"], [role="textbox"]';

/** One compose form: a window, an inline reply, a popout; a saved piece of one can begin further in. */
export const composeForm = '.M9';
export const pieceOfForm = '.aoI, .aoP, .I5, form.bAs, table.GS';
/** The corner of the page that compose windows open in, and the box of the one that fills the page. */
export const composeCorner = '.dw';
/** Recipient chips since 2021; they stay in the page while the field is folded. Without an address of its own a chip shows it. */
export const chip =
  '.agb [role="option"][data-hovercard-id], .anm [role="listbox"] [role="option"][data-hovercard-id][data-name], .afV[data-hovercard-id], .afV[email-field]';
export const chipText = '.akk, .akl';
/** What is offered while a recipient is typed is a list; a chip is none. */
export const suggestion = 'ul, li, [role="menu"]';
/** Recipients before 2021: `Name <address>` in hidden fields; as text, in their chips and in the folded line. */
export const olderChip = '.vR > input[type="hidden"], input[type="hidden"]:is([name="to"], [name="cc"], [name="bcc"])';
export const shownRecipient = '.vN[email], .aoD [email], .oL [email], .az9 [email]';
/** What is being typed as a recipient. */
export const recipientField = 'textarea:is([name="to"], [name="cc"], [name="bcc"])';
export const draftBody = 'div[contenteditable="true"][role="textbox"], [g_editable="true"][contenteditable="true"]';

/** The viewer's own addresses: the account in the banner (in a popout without one, wherever it is), whom a compose is from, and whom it could be from. */
export const banners = ['#gb', '[role="banner"]'];
export const account = 'a[aria-label*="@"]';
/** In the banner the address can stand as text alone; what is offered while one searches stands there too. */
export const notAccount = 'form, [role="search"], [role="listbox"], [role="option"], [role="grid"], table';
export const strayAccount =
  'a[href*="SignOutOptions"][aria-label*="@"], a[aria-label*="Google"][aria-label*="@"][aria-label$=")"]';
export const composeFrom = 'input[name="from"], [role="menuitem"][value*="@"]';

/** Popouts have no address to speak of: their body says what they are. */
export const popoutCompose = 'body.xE.xp';

/** The page for printing, which is all of the body: one table a message; its first row names the sender, the second the recipients, the last is the body. */
export const printedPage = '.bodycontainer';
export const printedMessage = 'table.message';
export const printedRecipients = '.recipient div';
export const printedOwner = '.bodycontainer > table td[align="right"]';
