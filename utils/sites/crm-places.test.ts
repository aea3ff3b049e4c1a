// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { readPage } from './registry.ts';

/*
 * Each place that the rented CRMs' readers know, by itself: what stands in a foreign one is nobody's, and each own one is read. A decoy is a whole record,
 * with a name, an address, a title and an account.
 */
const guid = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const account = '0014x00000DecoyAAF';

interface Site {
  url: string;
  /** The record's box, around what is put into it. */
  box: (inner: string) => string;
  named: string;
  decoy: string;
  foreign: string[];
}

const open = (...classes: string[]) => classes.map((each) => `<div class="${each}">`);
const lightningHead = (name: string) =>
  `<h1><div class="entityNameTitle">Contact</div><lightning-formatted-name slot="primaryField">${name}</lightning-formatted-name></h1>`;

const sites: Record<string, Site> = {
  Lightning: {
    url: 'https://k.lightning.force.com/lightning/r/Contact/0034x00000NoWhiAAF/view',
    box: (inner) => `<div class="windowViewMode-normal oneContent active">${inner}</div>`,
    named: lightningHead('Dana'),
    decoy: `${lightningHead('Decoy')}<div data-target-selection-name="sfdc:RecordField.Contact.Email"><a href="mailto:x@decoy.example">x</a></div><records-record-layout-item field-label="Title"><span class="test-id__field-value">Decoy</span></records-record-layout-item><div data-target-selection-name="sfdc:RecordField.Contact.AccountId"><a href="/lightning/r/${account}/view">Decoy</a></div>`,
    foreign: [
      ...open('slds-hide', 'oneConsoleTab', 'tabContent', 'oneContent', 'oneWorkspace', 'uiTab'),
      ...open('slds-modal', 'modal-container', 'uiPanel', 'slds-popover', 'x-hoverCard', 'forceDockingPanel'),
      ...open('profile-card', 'oneHeader', 'slds-global-header', 'forceRelatedList', 'activityRow', 'x-timeline'),
      ...open('feedItem', 'chatterFeed'),
      '<div role="dialog">',
      '<div data-component-id="force_relatedRecord">',
      '<div data-component-id="runtime_activities">',
      '<div data-component-id="force_chatter">',
      '<lst-related-list-single-container>',
      '<lst-related-list-quick-links-container>',
      '<force-related-list-view-manager>',
      '<table><tr><td>',
    ],
  },
  Classic: {
    url: 'https://na12.salesforce.com/0034x00000NoWhi',
    box: (inner) => `<div id="ep">${inner}</div>`,
    named: '<div id="con2_ileinner">Dana</div>',
    decoy: `<div id="con2_ileinner">Decoy</div><div id="con15_ileinner"><a href="mailto:x@decoy.example">x</a></div><div id="con5_ileinner">Decoy</div><div id="con4_ileinner"><a href="/${account}">Decoy</a></div>`,
    foreign: [
      ...open('lookupHoverDetail', 'overlayDialog', 'bRelatedList', 'listRelatedObject', 'cxFeedItem', 'sidebarModule'),
      '<div role="dialog">',
    ],
  },
  HubSpot: {
    url: 'https://app.hubspot.com/contacts/7/record/0-1/151',
    box: (inner) => `<div data-test-id="left-sidebar">${inner}</div>`,
    named: '<b data-test-id="highlight-record-label">Dana</b>',
    decoy:
      '<b data-test-id="highlight-record-label">Decoy</b><a href="mailto:x@decoy.example">x</a><input data-selenium-test="property-input-email" value="x@decoy.example"><input data-selenium-test="property-input-jobtitle" value="Decoy"><input data-selenium-test="property-input-company" value="Decoy">',
    foreign: [
      ...['role="dialog"', 'role="alertdialog"', 'data-crm-location="CRM_OBJECT_PREVIEW"'],
      ...['data-card-type="ASSOCIATION_V3"', 'data-card-type="TIMELINE"', 'data-card-type="ACTIVITY_LIST"'],
      ...['data-test-id="association-card"', 'data-test-id="associated-contacts"', 'data-test-id="contact-chicklet"'],
      ...['data-test-id="chiclet-151"', 'data-test-id="timeline-event"', 'data-test-id="card-ACTIVITIES"'],
      ...['data-selenium-test="association-card"', 'data-selenium-test="contact-chicklet"'],
      'data-selenium-test="timeline-event"',
    ]
      .map((attribute) => `<div ${attribute}>`)
      .concat('<form data-selenium-test="createContactForm">'),
  },
  Dynamics: {
    url: `https://k.crm4.dynamics.com/main.aspx?pagetype=entityrecord&etn=contact&id=${guid}`,
    box: (inner) => `<div data-id="editFormRoot">${inner}</div>`,
    named: '<h1 data-id="header_title">Dana</h1>',
    decoy:
      '<h1 data-id="header_title">Decoy</h1><input data-id="emailaddress1.fieldControl-mail-text-input" value="x@decoy.example"><input data-id="jobtitle.fieldControl-text-box-text" value="Decoy"><div data-id="parentcustomerid.fieldControl-LookupResultsDropdown_parentcustomerid_selected_tag_text">Decoy</div>',
    foreign: [
      ...['data-id="quickCreateRoot"', 'role="dialog"', 'role="alertdialog"', 'data-id="lookupFlyout"'],
      ...['data-id="dataSetRoot_contacts"', 'id="dataSetRoot_contacts"', 'role="grid"', 'role="treegrid"'],
      ...['data-id="timeline_wall"', 'data-id="notescontrol"'],
    ].map((attribute) => `<div ${attribute}>`),
  },
};

function read(url: string, body: string) {
  const document = new DOMParser().parseFromString(`<html><body>${body}</body></html>`, 'text/html');
  const [person] = readPage(document, new URL(url)).sighting?.people ?? [];
  const clues = person?.clues.map(({ value }) => value).filter((value) => !/:contact:|:deal:/.test(value)) ?? [];
  return [person?.name ?? null, person?.title ?? null, person?.company ?? null, ...clues];
}

function close(opening: string): string {
  const names = [...opening.matchAll(/<([\w-]+)/g)].map(([, name]) => name);
  return names
    .toReversed()
    .map((name) => `</${name}>`)
    .join('');
}

const bare = ['Dana', null, null];
const whole = ['Dana', null, null, 'dana@brightforge.example'];
const address = '<a href="mailto:dana@brightforge.example">e</a>';

describe.each(Object.entries(sites))('%s', (_, { url, box, named, decoy, foreign }) => {
  it.each(foreign)('reads nothing in %s, in the record’s box or before it', (opening) => {
    const framed = `${opening}${decoy}${close(opening)}`;
    expect(read(url, box(framed + named))).toEqual(bare);
    expect(read(url, framed + box(named))).toEqual(bare);
  });
});

it.each(
  Object.entries({
    Classic: ['<script>', '<style>', '<noscript>', '<select>', '<button>', '<i class="inlineEditIcon">'],
    HubSpot: ['<label>', '<button>', '<svg>', '<style>', '<script>'],
    Dynamics: ['<button>', '<label>', '<svg>', '<style>', '<script>'],
  }).flatMap(([name, all]) => all.map((opening) => [name, opening] as const)),
)('in %s, %s is no part of a name', (name, opening) => {
  const { url, box, named } = sites[name] as Site;
  const noisy = named.replace('Dana', `Dana${opening}Decoy${close(opening)}`);
  expect(read(url, box(noisy))).toEqual(bare);
});

const { Lightning, HubSpot, Dynamics } = sites as { Lightning: Site; HubSpot: Site; Dynamics: Site };

describe('in Lightning', () => {
  const { url, box, named, decoy } = Lightning;
  const email = `<div data-target-selection-name="sfdc:RecordField.Contact.Email">${address}</div>`;

  it.each([
    ...open('oneContent active', 'windowViewMode-normal', 'windowViewMode-maximized', 'forcePageBlock'),
    ...['<one-record-home-flexipage2>', '<main>', '<div role="main">'],
  ])('%s is the record’s box, and what stands beside it is not read', (opening) => {
    expect(read(url, `<div>${decoy}</div>${opening}${named}${email}${close(opening)}`)).toEqual(whole);
  });

  it('the name stands in the highlights where there is no heading', () => {
    const head = '<records-highlights2><div class="slds-page-header__title">Dana</div></records-highlights2>';
    expect(read(url, box(head + email))).toEqual(whole);
  });

  it.each([
    ...[
      '<records-record-layout-item field-label="Title">',
      '<records-highlights-details-item><p title="Title">Title</p>',
    ],
    '<div class="forcePageBlockItem"><span class="test-id__field-label">Title</span>',
    '<div class="test-id__output-root"><span class="test-id__field-label">Title</span>',
  ])('a field is known by its label in %s', (opening) => {
    const value = '<span class="test-id__field-value">Engineer</span>';
    const frame = opening.replace(/<(?:p|span).*/, '');
    expect(read(url, box(`${named}${opening}${value}${close(frame)}`))).toEqual(['Dana', 'Engineer', null]);
  });

  it.each([
    ...['<records-record-layout-item>', '<flexipage-field>', '<records-highlights-details-item>'],
    ...open('forceHighlightsStencilDesktop', 'forcePageBlockItem'),
    '<div class="forceHighlightsStencilDesktop"><li class="slds-page-header__detail-block">',
  ])('a lone address counts in %s under a label, and nowhere else', (opening) => {
    const label = '<span class="slds-text-title">Email</span>';
    const labelled = opening.includes('detail-block')
      ? `${label}${address}`
      : `<div class="test-id__output-root">${label}${address}</div>`;
    expect(read(url, box(`${named}${opening}${labelled}${close(opening)}`))).toEqual(whole);
    expect(read(url, box(`${named}${opening}${address}${close(opening)}`))).toEqual(bare);
    expect(read(url, box(`${named}<div>${label}${address}</div>`))).toEqual(bare);
  });

  it.each(["Manager's Email", 'E-Mail des Vorgesetzten', 'Correo electrónico del gerente', '上司のメール'])(
    'an address under “%s” is another’s',
    (label) => {
      const frame = `<records-record-layout-item field-label="${label}">${address}</records-record-layout-item>`;
      expect(read(url, box(named + frame))).toEqual(bare);
    },
  );

  it('of several records that show, the first is in front', () => {
    expect(read(url, box(named + email) + box(decoy))).toEqual(whole);
    expect(read(url, `${box(named + email)}<main>${decoy}</main>`)).toEqual(whole);
  });

  it.each(['ManagerEmail', 'Manager_Email__c', 'Account.Email'])('the field %s is not the person’s address', (name) => {
    const other = `<div data-target-selection-name="sfdc:RecordField.Contact.${name}"><a href="mailto:x@decoy.example">x</a></div>`;
    expect(read(url, box(named + other))).toEqual(bare);
    expect(read(url, box(named + other + email))).toEqual(whole);
  });

  it.each(['Account', 'Lead', 'User'])('a field of an object %s is not the contact’s', (object) => {
    const other = `<div data-target-selection-name="sfdc:RecordField.${object}.Email"><a href="mailto:x@decoy.example">x</a></div>`;
    expect(read(url, box(named + other + email))).toEqual(whole);
    expect(read(url, box(named + other))).toEqual(bare);
  });

  it('an address in a card of other records is not the record’s, whatever its label', () => {
    const other = `<article><records-record-layout-item field-label="Email">${address}</records-record-layout-item></article>`;
    expect(read(url, box(named + other))).toEqual(bare);
  });

  it('a field of another name is not read by its label', () => {
    const other =
      '<flexipage-field data-field-id="RecordHome_Email_cField"><div class="test-id__output-root"><span class="test-id__field-label">Email</span><span class="test-id__field-value">x@decoy.example</span></div></flexipage-field>';
    expect(read(url, box(named + other))).toEqual(bare);
  });

  it.each([
    ...['<button>', '<lightning-button-icon>', '<svg>', '<style>', '<script>', '<span class="slds-assistive-text">'],
    ...['<span class="assistiveText">', '<span class="test-id__inline-edit-trigger">'],
  ])('%s is no part of a name', (opening) => {
    expect(read(url, box(lightningHead(`Dana${opening}Decoy${close(opening)}`)))).toEqual(bare);
  });
});

describe('in HubSpot', () => {
  const { url, box } = HubSpot;

  it.each([
    ...['data-selenium-test="highlightTitle"', 'data-test-id="highlight-record-label"'],
    ...['data-selenium-test="record-title"', 'data-test-id="record-title"'],
  ])('the name stands in %s', (mark) => {
    expect(read(url, box(`<b ${mark}>Dana<label>Decoy</label><svg>Decoy</svg></b>`))).toEqual(bare);
  });

  it.each([
    ...['data-card-type="OBJECT_HIGHLIGHT"', 'data-test-id="card-wrapper-OBJECT_HIGHLIGHT/7"'],
    ...['data-test-id="record-highlight-content"', 'data-selenium-test="contact-highlight-details"'],
    'data-selenium-component="ProfileHighlightContainer"',
  ])('%s is the card at the top: its address before another in the column', (mark) => {
    const card = `<div ${mark}><b data-test-id="record-title">Dana</b>${address}</div>`;
    expect(read(url, card + box('<a href="mailto:x@decoy.example">x</a>'))).toEqual(whole);
  });

  it.each([
    '<a data-selenium-test="company-chicklet-title-link" href="/contacts/7/record/0-2/9">',
    '<a data-test-id="company-chicklet-title-link" href="/contacts/7/company/9">',
    '<div data-test-id="card-wrapper-ASSOCIATION_V3/0-2"><a href="/contacts/7/record/0-2/9">',
    '<div data-test-id="card-wrapper-ASSOCIATION_V3/0-2"><a href="/contacts/7/company/9">',
  ])('a deal stands for the company in %s', (opening) => {
    const deal = url.replace('0-1/151', '0-3/8');
    const page = box('<b data-test-id="record-title">Press</b>');
    expect(read(deal, `${page}${opening}Brightforge${close(opening)}`)).toEqual([
      ...['Brightforge', null, 'Brightforge'],
      'hubspot:company:9',
    ]);
  });
});

describe('in Dynamics', () => {
  const { url, decoy } = Dynamics;
  const email = '<input data-id="emailaddress1.fieldControl-mail-text-input" value="dana@brightforge.example">';

  it.each([
    ...['<div data-id="editFormRoot">', '<div data-id="form-container">', '<div id="mainContent">'],
    ...['<main>', '<div role="main">'],
  ])('%s is the form, and what stands beside it is not read', (opening) => {
    const form = `${opening}<h1 id="formHeaderTitle_1">Dana<svg>Decoy</svg></h1>${email}${close(opening)}`;
    expect(read(url, `<div>${decoy}</div>${form}`)).toEqual(whole);
  });

  const form = (inner: string) => `<div data-id="editFormRoot"><h1 data-id="header_title">Dana</h1>${inner}</div>`;

  it('a box of the address that holds two tells nobody’s; a window in it counts for nothing', () => {
    const box = (inner: string) => form(`<div data-id="emailaddress1">${inner}</div>`);
    expect(read(url, box(address))).toEqual(whole);
    const other = '<a href="mailto:x@decoy.example">x</a>';
    expect(read(url, box(address + other))).toEqual(bare);
    expect(read(url, box(`${address}<div role="dialog">${other}</div>`))).toEqual(whole);
  });

  it.each([
    'Companyquickview.emailaddress1.fieldControl-mail-text-input',
    'customerid_contact.emailaddress1.fieldControl-mail-text-input',
    'header_process_emailaddress1_1.fieldControl-mail-text-input',
    'emailaddress2.fieldControl-mail-text-input',
    'parentcustomerid.fieldControl-LookupResultsDropdown_parentcustomerid_infoButton',
  ])('the field %s is another record’s, or another address', (field) => {
    const other = `<input data-id="${field}" value="x@decoy.example" title="x@decoy.example">`;
    expect(read(url, form(other))).toEqual(bare);
    expect(read(url, form(other + email))).toEqual(whole);
  });

  it('a deal has no address of its own: what stands in such a field is not its account’s', () => {
    const deal = url.replace('etn=contact', 'etn=opportunity');
    expect(read(deal, form(email)).join()).not.toContain('@');
  });

  it('of two forms that show, the first is in front', () => {
    expect(read(url, `${form(email)}<main>${decoy}</main>`)).toEqual(whole);
  });
});
