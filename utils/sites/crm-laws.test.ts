// @vitest-environment happy-dom
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sightingSchema } from '#contract/sighting.ts';
import { readPage } from './registry.ts';

/* Records of the rented CRMs put together by chance from what their readers look for, in any order and nesting. */
const guid = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const lightning = ['contact', 'lead', 'account', 'opportunity', 'case'] as const;
const prefixes = { contact: '003', lead: '00Q', account: '001', opportunity: '006', case: '500' };
const salesforceUrls = lightning.flatMap((object) => [
  `https://k.lightning.force.com/lightning/r/${prefixes[object]}4x00000NoWhi/view`,
  `https://na12.salesforce.com/${prefixes[object]}4x00000NoWhi`,
]);
const hubspotUrls = ['0-1', '0-2', '0-3', '0-5'].map((kind) => `https://app.hubspot.com/contacts/7/record/${kind}/151`);
const dynamicsUrls = ['contact', 'lead', 'account', 'opportunity'].map(
  (etn) => `https://k.crm4.dynamics.com/main.aspx?pagetype=entityrecord&etn=${etn}&id=${guid}`,
);
const urls = fc.constantFrom(...salesforceUrls, ...hubspotUrls, ...dynamicsUrls).map((url) => new URL(url));

const addresses = fc.constantFrom('dana@brightforge.example', 'Priya@Brightforge.example', 'not an address', '', 'x@y');
const leaf = fc.tuple(addresses, fc.constantFrom('Contact', 'Lead', 'Account', 'Case')).chain(([email, object]) => {
  const value = `<span class="test-id__field-value">${email}</span>`;
  return fc.constantFrom(
    '<h1><div class="entityNameTitle">Contact</div><lightning-formatted-name slot="primaryField">Dana</lightning-formatted-name></h1>',
    `<div data-target-selection-name="sfdc:RecordField.${object}.Email">${value}</div>`,
    `<div data-target-selection-name="sfdc:RecordField.${object}.PersonEmail"><a href="mailto:${email}">e</a></div>`,
    `<div data-target-selection-name="sfdc:RecordField.${object}.AccountId"><a href="/lightning/r/0014x00000PnWrk/view">a</a></div>`,
    `<records-record-layout-item field-label="Email">${value}</records-record-layout-item>`,
    `<records-highlights-details-item><p title="Email">Email</p><a href="mailto:${email}">e</a></records-highlights-details-item>`,
    `<div id="con2_ileinner">Dana</div><div id="con15_ileinner"><a href="mailto:${email}">e</a></div>`,
    `<div id="lea11_ileinner">${email} <a href="#">[Gmail]</a></div>`,
    `<div id="opp4_ileinner"><a href="/0014x00000PnWrk">a</a></div><div id="PersonEmail_ileinner">${email}</div>`,
    '<span data-test-id="highlight-record-label">Dana</span>',
    `<input data-selenium-test="property-input-email" value="${email}">`,
    `<a href="mailto:${email}">e</a>`,
    '<a data-test-id="company-chicklet-title-link" href="/contacts/7/record/0-2/9">c</a>',
    '<h1 data-id="header_title">Dana<span data-id="header_saveStatus">- Saved</span></h1>',
    `<input data-id="emailaddress1.fieldControl-mail-text-input" value="${email}">`,
    `<div data-id="parentaccountid.fieldControl-LookupResultsDropdown_parentaccountid_selected_tag_text">${email}</div>`,
    '<form><input name="children"><input name="querySelectorAll"><input name="closest"></form>',
  );
});

type Frame = readonly [open: string, close: string];
const own: readonly Frame[] = [
  ['<div>', '</div>'],
  ['<main>', '</main>'],
  ['<div class="windowViewMode-normal oneContent active">', '</div>'],
  ['<div id="ep">', '</div>'],
  ['<div data-test-id="left-sidebar">', '</div>'],
  ['<div data-card-type="OBJECT_HIGHLIGHT">', '</div>'],
  ['<div data-id="editFormRoot">', '</div>'],
];
/** Where nothing that stands inside may be reported, on each site. */
const anywhere: readonly Frame[] = [
  ['<div style="display:none">', '</div>'],
  ['<template>', '</template>'],
  ['<div role="dialog">', '</div>'],
];
const inSalesforce: readonly Frame[] = [
  ['<div class="slds-modal">', '</div>'],
  ['<div class="oneContent">', '</div>'],
  ['<section class="tabContent oneConsoleTab">', '</section>'],
  ['<div class="panel hovercard uiPanel">', '</div>'],
  ['<div class="activityTimeline">', '</div>'],
  ['<div data-component-id="force_relatedRecord">', '</div>'],
  ['<div class="forceRelatedListSingleContainer">', '</div>'],
  ['<div class="slds-tabs_default__content slds-hide">', '</div>'],
];
const inClassic: readonly Frame[] = [
  ['<div class="bRelatedList">', '</div>'],
  ['<div class="lookupHoverDetail">', '</div>'],
];
const inHubSpot: readonly Frame[] = [
  ['<div data-crm-location="CRM_OBJECT_PREVIEW">', '</div>'],
  ['<div data-test-id="crm-events-viz-timeline">', '</div>'],
];
const inDynamics: readonly Frame[] = [
  ['<section data-id="quickCreateRoot">', '</section>'],
  ['<div role="grid">', '</div>'],
];

function foreignAt(url: URL): readonly Frame[] {
  const isClassic = url.hostname.endsWith('.salesforce.com');
  if (url.hostname.endsWith('.hubspot.com')) return [...anywhere, ...inHubSpot];
  if (url.hostname.endsWith('.dynamics.com')) return [...anywhere, ...inDynamics];
  return [...anywhere, ...(isClassic ? inClassic : inSalesforce)];
}

function nest(frames: readonly Frame[], leaves: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...frames), fc.array(leaves, { maxLength: 3 }))
    .map(([[open, close], inner]) => `${open}${inner.join('')}${close}`);
}
const part = fc.oneof(leaf, nest(own, leaf), nest(own, nest(own, leaf)));
const toDecoy = (html: string) => html.replace(/[\w.]+@[\w.]+/g, 'decoy@decoy.example').replace(/Dana/g, 'Decoy');

function parse(body: string, title = ''): Document {
  const html = `<html><head><title>${title}</title></head><body>${body}</body></html>`;
  return new DOMParser().parseFromString(html, 'text/html');
}

const runs = { numRuns: 150 };
const titles = fc.constantFrom('', 'Dana | Contact | Salesforce', 'Contact: Contact: Dana - Dynamics 365', 'HubSpot');

describe('on any record of a rented CRM', () => {
  it('reading gives a sighting that keeps the contract, or nobody, and the same the second time', () => {
    fc.assert(
      fc.property(titles, fc.array(part, { maxLength: 6 }), urls, (title, parts, url) => {
        const document = parse(parts.join(''), title);
        const once = readPage(document, url);
        expect(once.signals.filter((signal) => signal.startsWith('unreadable'))).toEqual([]);
        if (once.sighting !== null) expect(sightingSchema.parse(once.sighting)).toEqual(once.sighting);
        expect(readPage(document, url)).toEqual(once);
      }),
      runs,
    );
  });

  it('what stands in a hidden view, a window, a list, a history or another record’s card is never reported', () => {
    const pages = urls.chain((url) => {
      const decoy = nest(foreignAt(url), part).map(toDecoy);
      return fc.tuple(fc.constant(url), fc.array(fc.oneof(part, decoy, nest(own, decoy)), { maxLength: 6 }));
    });
    fc.assert(
      fc.property(pages, ([url, parts]) => {
        expect(JSON.stringify(readPage(parse(parts.join('')), url).sighting)).not.toMatch(/decoy/i);
      }),
      runs,
    );
  });

  it('the first clue is always the record of the address, whatever is drawn', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), urls, (parts, url) => {
        const [person] = readPage(parse(parts.join('')), url).sighting?.people ?? [];
        expect(person === undefined || person.clues[0]?.kind === 'crm').toBe(true);
      }),
      runs,
    );
  });

  it('markup that no reader knows is nobody', () => {
    const plain = fc.array(
      fc.constantFrom(
        '<h1>Dana</h1>',
        '<a href="mailto:dana@brightforge.example">x</a>',
        '<main></main>',
        '<p>x@y.example</p>',
      ),
    );
    fc.assert(
      fc.property(plain, urls, (parts, url) => {
        expect(readPage(parse(parts.join(''), 'A page'), url).sighting).toBeNull();
      }),
      runs,
    );
  });
});

describe('the cost of reading', () => {
  afterEach(() => vi.restoreAllMocks());

  /** How often the page is asked for anything while it is read; what the page asks itself in answering does not count. */
  function countOperations(document: Document, url: URL): number {
    let count = 0;
    let depth = 0;
    const asked = [
      'querySelectorAll',
      'querySelector',
      'closest',
      'matches',
      'getAttribute',
      'checkVisibility',
    ] as const;
    for (const holder of [Element.prototype, document] as unknown as Record<string, unknown>[]) {
      for (const name of asked) {
        const real = holder[name] as ((...given: unknown[]) => unknown) | undefined;
        if (real === undefined) continue;
        vi.spyOn(holder as Record<string, () => unknown>, name).mockImplementation(function (
          this: unknown,
          ...given: unknown[]
        ) {
          if (depth === 0) count += 1;
          depth += 1;
          try {
            return real.apply(this, given);
          } finally {
            depth -= 1;
          }
        });
      }
    }
    readPage(document, url);
    vi.restoreAllMocks();
    return count;
  }

  const records: Record<string, string> = {
    'https://k.lightning.force.com/lightning/r/0034x00000NoWhi/view':
      '<div class="oneContent active"><h1><div class="entityNameTitle">C</div><b slot="primaryField">Dana</b></h1><records-record-layout-item field-label="Email"><span class="test-id__field-value">dana@brightforge.example</span></records-record-layout-item></div>',
    'https://na12.salesforce.com/0034x00000NoWhi':
      '<div id="ep"><div id="con2_ileinner">Dana</div><div id="con15_ileinner">dana@brightforge.example</div></div>',
    'https://app.hubspot.com/contacts/7/record/0-1/151':
      '<div data-test-id="left-sidebar"><b data-test-id="highlight-record-label">Dana</b><a href="mailto:dana@brightforge.example">e</a></div>',
    [`https://k.crm4.dynamics.com/main.aspx?pagetype=entityrecord&etn=contact&id=${guid}`]:
      '<div data-id="editFormRoot"><h1 data-id="header_title">Dana</h1><input data-id="emailaddress1.fieldControl-mail-text-input" value="dana@brightforge.example"></div>',
  };
  const outside =
    '<table><tr><td><a href="mailto:row@decoy.example">r</a><a href="/lightning/r/0034x00000OsVan/view">r</a><a href="/contacts/7/record/0-1/9/x">r</a><h1>r</h1><records-record-layout-item field-label="Other">r</records-record-layout-item><input data-id="other.fieldControl-text" value="r"></td></tr></table>';

  it.each(Object.entries(records))('does not grow with what lies outside the record: %s', (url, record) => {
    const few = countOperations(parse(record + outside.repeat(3)), new URL(url));
    const many = countOperations(parse(record + outside.repeat(600)), new URL(url));
    expect(many).toBe(few);
  });

  it.each(Object.entries(records))('is bounded where the record itself is huge: %s', (url, record) => {
    const huge = record.replace('>', `>${record.repeat(800)}`);
    expect(countOperations(parse(huge), new URL(url))).toBeLessThan(4000);
  });
});
