/** Where Lightning keeps what we read. Labels are localised and renamed by admins; a field's name in the API is neither. */

/** The frame of one field of a record, by its name in the API, which stands in one of two attributes. */
export function fieldFrame(object: string, name: string): string {
  return `[data-target-selection-name="sfdc:RecordField.${object}.${name}"], flexipage-field[data-field-id^="Record${name}Field"]`;
}

/** A frame with a label but no name: older layouts and the highlights at the top. Each holds its label in one of `labels`, or in its own attribute. */
export const labelledFrame =
  'records-record-layout-item[field-label], records-highlights-details-item, .slds-page-header__detail-block, .forcePageBlockItem, .test-id__output-root';
export const label = '.test-id__field-label, p[title], .slds-text-title, .slds-form-element__label';
/** A frame whose field is named. */
export const namedFrame = '[data-target-selection-name^="sfdc:RecordField."], flexipage-field[data-field-id^="Record"]';

/** Any field of any record: that one is visible says that a record is rendered. */
export const anyField =
  '[data-target-selection-name^="sfdc:RecordField."], records-record-layout-item, records-highlights-details-item, flexipage-field, .test-id__output-root';
/** A field's value, the surest mark first: a control holds buttons as well. */
export const fieldValues = [
  '.test-id__field-value',
  '[data-output-element-id="output-field"]',
  '.fieldComponent',
  '.slds-form-element__static',
  '.slds-form-element__control',
];
export const formattedEmail = 'a[href^="mailto:"], .emailuiFormattedEmail';
/** What stands beside a text and is no part of it. */
export const noise =
  'button, lightning-button-icon, .slds-assistive-text, .assistiveText, .test-id__inline-edit-trigger, svg, style, script';

/** Where an address belongs to the record even if its field is not named: layout items and the highlights at the top. */
export const ownFields =
  'records-record-layout-item, flexipage-field, records-highlights-details-item, .forceHighlightsStencilDesktop, .forcePageBlockItem';
/** Cards that mostly hold other records: an address in one, of a field without a name, is other people's. */
export const otherRecords = 'article';

/** Views left in the background. Styles hide them; a page saved without its styles still has the classes. */
const background =
  '.slds-hide, .oneConsoleTab:not(.active), .tabContent:not(.active), .oneContent:not(.active), .oneWorkspace:not(.active), .uiTab:not(.active)';
/** Windows over the page, and what the header unfolds: a form for a new record, a card of another, the viewer's own menu. */
const windows =
  '[role="dialog"], .slds-modal, .modal-container, .uiPanel, .slds-popover, [class*="hovercard" i], [class*="dockingPanel" i], .profile-card, .oneHeader, .slds-global-header';
/** Parts of a record's page that show other records: related lists and records, history, feed. */
const otherParts =
  'table, lst-related-list-single-container, lst-related-list-quick-links-container, force-related-list-view-manager, [class*="relatedList" i], [class*="activity" i], [class*="timeline" i], [class*="feedItem" i], [class*="chatter" i], [data-component-id*="related" i], [data-component-id*="activit" i], [data-component-id*="chatter" i]';
/** What is not of the page in front at all. */
export const notInFront = `${background}, ${windows}`;
/** Nothing that stands in one of these is the record's in view. */
export const foreign = `${notInFront}, ${otherParts}`;

/** The record's name at the top, and the word for its object that stands in the same heading. */
export const heading = 'h1, records-highlights2 .slds-page-header__title';
export const primaryField = '[slot="primaryField"], .slds-page-header__title, lightning-formatted-name';
export const objectWord = '.entityNameTitle, records-entity-label';
/** A name in parts: a person's, also where the record is an account. */
export const personName = 'lightning-formatted-name';
export const personField =
  '[data-target-selection-name^="sfdc:RecordField.Account.Person"], flexipage-field[data-field-id^="RecordPerson"]';
export const recordBox =
  '.oneContent.active, .windowViewMode-normal, .windowViewMode-maximized, .forcePageBlock, one-record-home-flexipage2, main, [role="main"]';

/** Links to a record's own lists ("View all"): they name the record that is drawn. */
export const ownListLink = 'a[href*="/lightning/r/"][href*="/related/"]';
