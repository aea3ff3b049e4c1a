/** Where Dynamics keeps what we read. Labels are localised; a field's name in the data is not. A quick view of another record puts its own name before a field's. */

/** The record's form: in front there is one; in an app with tabs the others are hidden. */
export const formBox = '[data-id="editFormRoot"], [data-id="form-container"], #mainContent, main, [role="main"]';
/** The record's name at the top, and the words behind it that say whether it is saved. */
export const heading = '[data-id="header_title"], [id^="formHeaderTitle"]';
export const saveStatus = '[data-id="header_saveStatus"]';
/** What stands beside a text and is no part of it. */
export const noise = `${saveStatus}, button, label, svg, style, script`;

/** What the title ends with, behind the record's name. */
export const products = ['Dynamics 365', 'Power Apps'];

/** A form for a new record, windows over the page, lists of other records, their rows and the history. */
export const foreign =
  '[data-id="quickCreateRoot"], [role="dialog"], [role="alertdialog"], [data-id*="flyout" i], [data-id^="dataSetRoot"], [id^="dataSetRoot"], [role="grid"], [role="treegrid"], [data-id*="timeline" i], [data-id*="notescontrol" i]';

/** Everything a field is drawn with: its container, its inputs, its buttons. `name` is the field's. */
export function fieldParts(name: string): string {
  return `[data-id^="${name}.fieldControl"], [data-id^="header_${name}.fieldControl"]`;
}

/** The box around a field, which bears the field's own name: where nothing in it is marked as the field's. */
export function fieldBox(name: string): string {
  return `[data-id="${name}"]`;
}

/** The record that a lookup names. */
export function lookupValue(name: string): string {
  const drop = `${name}.fieldControl-LookupResultsDropdown_${name}_selected_tag`;
  return `[data-id="${drop}_text"], [data-id="${drop}"], [data-id="header_${drop}_text"]`;
}
