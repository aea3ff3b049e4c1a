/** Where Lightning keeps what we read. Labels are localised and renamed by admins; a field's name in the API is neither. */

/** The frame of one field of a record. `name` is the field's in the API. */
export function fieldFrame(object: string, name: string): string {
  return `[data-target-selection-name="sfdc:RecordField.${object}.${name}"]`;
}

/** Any field of any record: that one is visible says that a record is rendered. */
export const anyField =
  '[data-target-selection-name^="sfdc:RecordField."], records-record-layout-item, flexipage-field, .test-id__output-root';
export const fieldValue = '.test-id__field-value, [data-output-element-id="output-field"], .slds-form-element__control';
export const formattedEmail = 'a.emailuiFormattedEmail[href^="mailto:"]';

/** Where an address belongs to the record even if its field is not named: layout items and the highlights at the top. */
export const ownFields =
  'records-record-layout-item, flexipage-field, records-highlights-details-item, .forceHighlightsStencilDesktop';
/** Lists of other records on a record's page: their addresses are other people's. */
export const otherRecords =
  'article, table, [class*="relatedList" i], [class*="activity" i], force-related-list-view-manager, lst-related-list-single-container';

/** The record's name at the top, and the word for its object that stands in the same heading. */
export const heading = 'h1';
export const primaryField = '[slot="primaryField"], .slds-page-header__title, lightning-formatted-name';
export const objectWord = '.entityNameTitle, records-entity-label';
export const recordBox =
  '.oneContent.active, .windowViewMode-normal, .windowViewMode-maximized, .forcePageBlock, one-record-home-flexipage2, main, [role="main"]';

/** Links to a record's own lists ("View all"): they name the record that is drawn. */
export const ownListLink = 'a[href*="/lightning/r/"][href*="/related/"]';
