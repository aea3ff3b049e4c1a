/** Where HubSpot keeps what we read. Labels are localised and class names are generated; test ids and a property's own name are neither. */

/** The record's name at the top of its card: since 2019 the first, since 2024 the second as well. */
export const heading =
  '[data-selenium-test="highlightTitle"], [data-test-id="highlight-record-label"], [data-selenium-test="record-title"], [data-test-id="record-title"]';

/** The card at the top of a record, by the marks of each year's layout. */
export const highlights =
  '[data-card-type="OBJECT_HIGHLIGHT"], [data-test-id^="card-wrapper-OBJECT_HIGHLIGHT"], [data-test-id="record-highlight-content"], [data-selenium-test$="-highlight-details"], [data-selenium-component="ProfileHighlightContainer"]';
/** What belongs to the record itself: its column on the left, and the card at the top. The middle is history, the right other records. */
export const ownColumns = `${highlights}, [data-test-id="left-sidebar"], #record-page-left-sidebar, [data-selenium-test="highlightedPropertySidebar"], [data-selenium-test="profile-properties-list"]`;

/** The quick look at another record, beside or over the page. */
const previews = '[data-crm-location="CRM_OBJECT_PREVIEW"]';
/** Windows over the page, and forms for new records. */
const windows = '[role="dialog"], [role="alertdialog"], form[data-selenium-test*="create" i]';
/** Cards of other records. */
const associations =
  '[data-card-type*="ASSOCIATION" i], [data-test-id*="association" i], [data-test-id*="associated" i], [data-selenium-test*="association" i], [data-selenium-test*="chicklet" i], [data-test-id*="chicklet" i], [data-test-id^="chiclet-"]';
/** History. */
const history =
  '[data-test-id*="timeline" i], [data-selenium-test*="timeline" i], [data-card-type*="TIMELINE" i], [data-card-type*="ACTIVIT" i], [data-test-id*="ACTIVITIES" i]';
/** What may stand in the record's column and is not the record's. */
export const foreign = `${previews}, ${windows}, ${associations}, ${history}`;

/** The field of one property; `name` is the property's own. It is an input, or holds one, or shows the value as text. */
export function propertyField(name: string): string {
  return `[data-selenium-test="property-input-${name}"], [data-test-id="property-input-${name}"], [data-test-id="highlight-property-display-${name}"]`;
}

/** What a property is called and what it is worth, where neither bears the property's name. */
export const propertyLabel = '[class*="PropertyLabel"], [data-selenium-test*="property-label"]';
/** What HubSpot itself calls a contact's address, lower case: elsewhere a label can be anybody's ("Manager's email"). */
export const emailLabels: readonly string[] = [
  ...['email', 'e-mail', 'e-mail address', 'email address', 'adresse e-mail', 'e-mail-adresse', 'correo', 'mail'],
  ...['correo electrónico', 'indirizzo e-mail', 'indirizzo email', 'e-mailadres', 'メールアドレス', 'eメール'],
];

/** A long value in a field that is not edited. */
export const shownValue = '.private-truncated-string__inner';
/** What stands beside a text and is no part of it. */
export const noise = 'label, button, svg, style, script';

/** The card of the companies that a record belongs to, and a company's name in it. */
export const companyLink =
  '[data-selenium-test="company-chicklet-title-link"], [data-test-id="company-chicklet-title-link"], [data-test-id="card-wrapper-ASSOCIATION_V3/0-2"] a[href*="/record/0-2/"], [data-test-id="card-wrapper-ASSOCIATION_V3/0-2"] a[href*="/company/"], [data-selenium-test^="card-id-ASSOCIATION"][data-selenium-test$="/0-2"] a[href*="/record/0-2/"], [data-test-id^="card-wrapper-ASSOCIATION_TABLE"][data-test-id$="/0-2"] a[href*="/record/0-2/"]';
/** Where a company's card is not this record's. */
export const elsewhere = `${previews}, ${windows}, ${history}`;
