/** Where HubSpot keeps what we read. Labels are localised; test ids and a property's own name are neither. */

/** The record's name at the top of its card: since 2019 the first, since 2024 the second as well. */
export const heading = '[data-selenium-test="highlightTitle"], [data-test-id="highlight-record-label"]';

/** What belongs to the record itself: its column on the left, and the card at the top. The middle is history, the right other records. */
export const ownColumns =
  '[data-test-id="left-sidebar"], [data-selenium-test="highlightedPropertySidebar"], [data-card-type="OBJECT_HIGHLIGHT"]';

/** What may stand in the record's column and is not the record's: cards of other records, history, windows over the page. */
export const foreign =
  '[data-card-type*="ASSOCIATION" i], [data-test-id*="association" i], [data-selenium-test*="association" i], [data-selenium-test*="chicklet" i], [data-test-id*="timeline" i], [data-selenium-test*="timeline" i], [role="dialog"], [role="alertdialog"], form[data-selenium-test*="create" i]';

/** The field of one property; `name` is the property's own. It is an input, or holds one, or shows the value as text. */
export function propertyField(name: string): string {
  return `[data-selenium-test="property-input-${name}"]`;
}

/** A long value in a field that is not edited. */
export const shownValue = '.private-truncated-string__inner';
