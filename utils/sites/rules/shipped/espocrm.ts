import { overPage, toRule } from '../to-rule.ts';

const views = (scope: string) => [`#${scope}/view/{id}`, `#${scope}/view/{id}/*`, `#${scope}/edit/{id}`];
const mail = 'a[data-action="mailTo"]';

/** EspoCRM: a field's box carries the field's name (until 2014 in its class). The list and the stream under a record are other people's. */
export const espocrm = toRule({
  system: 'espocrm',
  records: [
    { object: 'contact', isCompany: false, urls: views('Contact') },
    { object: 'lead', isCompany: false, urls: views('Lead') },
    { object: 'account', isCompany: true, urls: views('Account'), fields: { company: [], title: [] } },
    { object: 'opportunity', isCompany: true, urls: views('Opportunity'), fields: { name: [], title: [], email: [] } },
  ],
  fields: {
    name: [
      '.header-breadcrumbs .breadcrumb-item:last-child .title',
      // While it is edited its name leads back to it.
      '.header-breadcrumbs .breadcrumb-item:last-child a[href*="/view/"]',
      '.page-header .title',
      '.field[data-name="name"]',
      '.field-name',
    ],
    // A contact's title is its part in the account, and stands behind it.
    title: [
      '.field[data-name="title"]',
      '.field[data-name="accountRole"]',
      '.field[data-name="accounts"] a ~ .small:last-child',
      '.field[data-name="accounts"] input[data-column="role"]',
    ],
    company: [
      '.field[data-name="account"] a[href*="#Account/"]',
      '.field[data-name="accounts"] .link-item-name',
      '.field[data-name="accounts"] a[href*="#Account/"]',
      '.field[data-name="accountName"]',
      '.field[data-name="account"] input.main-element',
    ],
    email: [
      `.field[data-name="emailAddress"] > div:first-child ${mail}@data-email-address`,
      `.field[data-name="emailAddress"] ${mail}@data-email-address`,
      '.field[data-name="emailAddress"] .email-address-block:first-child input',
      '.field[data-name="emailAddress"] input',
      `.field-emailAddress ${mail}@data-email-address`,
      `.record ${mail}@data-email-address`,
      `${mail}@data-email-address`,
    ],
    website: ['.field[data-name="website"] a@href', '.field[data-name="website"] input', '.field-website a@href'],
  },
  foreign: [
    ...overPage,
    '.modal',
    '.bottom',
    '.list',
    '.list-container',
    '.list-row',
    '.expanded-row',
    '.stream',
    '.panel-stream',
    '.panel[data-name="stream"]',
    '.panel[data-name="activities"]',
    '.panel[data-name="history"]',
    '.dashlet',
    '.popover',
    '.notifications-panel-container',
    '#navbar',
    // A word in the place of a value that is not there.
    '.none-value',
  ],
  // Before a record's data have come there is an empty page under the bar.
  rendered: ['.record', '.field', '.page-header', '.header-breadcrumbs'],
});
