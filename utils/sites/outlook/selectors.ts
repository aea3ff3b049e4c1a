/**
 * Where Outlook on the web keeps what we read. Class names are made by a machine and change with each release; ids and data attributes last.
 * A message's parts bear ids `MSG_<its id>_FROM`, `_TO`, `_CC`, `_BCC`, `_SUBJECT`; a draft's too.
 */

/** The pane that shows a conversation, one message or a draft. The list beside it is not in it. */
export const pane =
  '[data-app-section="ConversationContainer"], [data-app-section="MailReadCompose"], #ReadingPaneContainerId, #ConversationReadingPaneContainer';
/** Where none of these is: what the pane is called in English, and the main part, where it holds a message. */
export const loosePane = '[aria-label="Reading Pane"], [role="main"]';
export const heading = '[id^="CONV_"][id$="_SUBJECT"]';
export const from = '[id^="MSG_"][id$="_FROM"]';
/** Whom a message is to, as it is read (2022), and by its ids (2024). */
export const recipients = '[data-testid="RecipientWell"], [id^="MSG_"]:is([id$="_TO"], [id$="_CC"], [id$="_BCC"])';
/** Somebody named by a word that opens a card: the label or the text holds the address, where Outlook shows one. */
export const person = '[aria-label*="@"], [title*="@"], [data-lpc-hover-target-id]';

/** Somebody named by a label with a word before it: `From: Dana Ortiz <dana@…>`, in any language. */
export const labelled = '[aria-label*=":"][aria-label*="@"]';

/** Somebody whose name and address stand in a hint, which no other mark names. */
export const hinted = '[title*="<"][title*="@"]';

/** A recipient of a draft: its label is the address, or a name with it. */
export const chip = '[class*="_EType_RECIPIENT_ENTITY"]';
/** The draft around its fields and body: docked in the pane, in a window over it, or the pane itself. */
export const composeForm =
  '[id^="docking_"], [role="dialog"], [data-app-section="MailReadCompose"], #ReadingPaneContainerId';
/** Whatever can be written in; a draft's body is among these. */
export const editable = '[contenteditable="true"]';
export const draftBody =
  '[id^="editorParent_"] [contenteditable="true"], [contenteditable="true"][role="textbox"][aria-multiline="true"]';

export const sentAt = '[data-testid="SentReceivedSavedTime"], [id^="MSG_"][id$="_DATETIME"]';
export const messageBody = '[role="document"], [id^="UniqueMessageBody"], [aria-label="Message body"]';

/** What people wrote: never read, whatever markup it holds. */
export const written =
  '[role="document"], [id^="UniqueMessageBody"], [aria-label="Message body"], [id^="editorParent_"], [data-test-id="mailMessageBodyContainer"]';
/** What can stand beside a message's header and is no part of it. */
export const beside =
  '[role="toolbar"], [role="listbox"], [role="option"], [role="menu"], [data-convid][role="option"]';

/** The viewer's accounts, in the page once their menu was opened. In a conversation Outlook names the viewer without an address. */
export const ownAccount = '#mectrl_currentAccount_secondary, [id^="mectrl_rememberedAccount_"][id$="_secondary"]';
/** The root of the mailbox in the list of folders is called by the mailbox's address. */
export const ownMailbox = '[id^="primaryMailboxRoot_"]';
/** Whatever can tell the viewer: the two, and whom a message or a draft is from. In one selector, as a browser looks at every element of the page for each. */
export const tellsViewer =
  '[id]:is(#mectrl_currentAccount_secondary, [id^="mectrl_rememberedAccount_"], [id^="primaryMailboxRoot_"], [id^="MSG_"][id$="_FROM"])';
