// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Seen } from '#contract/sighting.ts';
import { systemReaders } from './data-readers.ts';
import { dynamics } from './dynamics/index.ts';
import { gmail } from './gmail/index.ts';
import { hubspot } from './hubspot/index.ts';
import type { SiteReader } from './reader.ts';
import { salesforce } from './salesforce/index.ts';
import { watch } from './watch.ts';

/*
 * In-app navigation as each CRM and the mail make it: the address first, then the page in pieces. The earlier record is Ada Early's; whatever is reported
 * under a later address must not speak of her.
 */
let seen: Seen[];
let stop: AbortController;

function goTo(url: string): void {
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(url);
  window.dispatchEvent(new Event('popstate'));
}

/** Makes one box like another as a page's own script does: what is the same already stays the very node it was. */
function become(box: Element, next: Element): void {
  for (const { name, value } of next.attributes) box.setAttribute(name, value);
  const [old, fresh] = [[...box.childNodes], [...next.childNodes]];
  for (const each of old.slice(fresh.length)) each.remove();
  for (const [index, each] of fresh.entries()) {
    const before = old[index];
    if (before === undefined) box.append(each);
    else if (before.isEqualNode(each)) continue;
    else if (before instanceof Element && each instanceof Element && before.localName === each.localName) {
      become(before, each);
    } else before.replaceWith(each);
  }
}

function show(title: string, html: string): void {
  document.title = title;
  const next = document.createElement('body');
  next.innerHTML = html;
  become(document.body, next);
}

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function open(reader: SiteReader, url: string, title: string, html: string): Promise<void> {
  goTo(url);
  show(title, html);
  watch(reader, document, (sighting) => seen.push(sighting), stop.signal);
  await vi.waitFor(() => expect(JSON.stringify(seen)).toContain('ada@'));
}

/** The address changes, then the page takes each form in turn; nothing of the earlier person is reported, and at last the later one is whole. */
async function move(url: string, steps: [title: string, html: string][]): Promise<void> {
  const before = seen.length;
  goTo(url);
  expect(seen.slice(before)).toEqual([null]);
  for (const [title, html] of steps) {
    await rest(180);
    show(title, html);
  }
  await vi.waitFor(() => expect(JSON.stringify(seen.at(-1))).toMatch(/bo@.*Bo Later/), { timeout: 6000 });
  expect(JSON.stringify(seen.slice(before))).not.toMatch(/ada|early/i);
}

beforeEach(() => {
  seen = [];
  stop = new AbortController();
});
afterEach(() => stop.abort());

describe('Lightning', () => {
  const at = (id: string) => `https://aldersales.lightning.force.com/lightning/r/Contact/${id}/view`;
  const [ada, bo] = [at('0034x00000AdaEaAAF'), at('0034x00000BoLatAAF')];
  const head = (name: string) =>
    `<h1><div class="entityNameTitle">Contact</div><lightning-formatted-name slot="primaryField">${name}</lightning-formatted-name></h1>`;
  const field = (name: string, value: string) =>
    `<div data-target-selection-name="sfdc:RecordField.Contact.${name}"><span class="test-id__field-value">${value}</span></div>`;
  const fields = (name: string, email: string) => field('Name', name) + field('Email', email);
  const tab = (name: string, inner: string) => `<div class="windowViewMode-normal oneContent ${name}">${inner}</div>`;
  const title = (name: string) => `${name} | Contact | Salesforce`;
  const early = head('Ada Early') + fields('Ada Early', 'ada@early.example');
  const later = head('Bo Later') + fields('Bo Later', 'bo@later.example');

  it('replaces a record in place: heading and title before the fields', async () => {
    await open(salesforce, ada, title('Ada Early'), tab('active', early));
    await move(bo, [
      [title('Ada Early'), tab('active', early)],
      [title('Bo Later'), tab('active', early)],
      [title('Bo Later'), tab('active', head('Bo Later') + fields('Ada Early', 'ada@early.example'))],
      [title('Bo Later'), tab('active', later)],
    ]);
  });

  it('replaces a record in place: the fields before heading and title', async () => {
    await open(salesforce, ada, title('Ada Early'), tab('active', early));
    await move(bo, [
      [title('Ada Early'), tab('active', head('Ada Early') + fields('Bo Later', 'bo@later.example'))],
      [title('Ada Early'), tab('active', later)],
      [title('Bo Later'), tab('active', later)],
    ]);
  });

  it('switches tabs in the console and leaves the last one in the page', async () => {
    await open(salesforce, ada, title('Ada Early'), tab('active', early));
    await move(bo, [
      [title('Ada Early'), tab('active', early) + tab('', later)],
      [title('Bo Later'), tab('', early) + tab('active', '')],
      [title('Bo Later'), tab('', early) + tab('active', later)],
    ]);
  });

  it('draws its last record anew while it fetches the next', async () => {
    await open(salesforce, ada, title('Ada Early'), tab('active', early));
    const before = seen.length;
    goTo(bo);
    await rest(100);
    document.body.innerHTML = tab('active', early);
    await rest(300);
    document.body.innerHTML = tab('active', later);
    document.title = title('Bo Later');
    await vi.waitFor(() => expect(JSON.stringify(seen.at(-1))).toMatch(/bo@.*Bo Later/), { timeout: 6000 });
    expect(JSON.stringify(seen.slice(before))).not.toMatch(/ada|early/i);
  });

  it('has nobody in view on a list, though the record is still drawn', async () => {
    await open(salesforce, ada, title('Ada Early'), tab('active', early));
    goTo('https://aldersales.lightning.force.com/lightning/o/Contact/list');
    await rest(400);
    expect(seen.at(-1)).toBeNull();
  });
});

it('HubSpot replaces a record in place, its column in pieces', async () => {
  const at = (id: number) => `https://app.hubspot.com/contacts/7/record/0-1/${id}`;
  const column = (id: number, name: string, email: string) =>
    `<div data-test-id="left-sidebar"><h2 data-test-id="highlight-record-label">${name}</h2><a href="/contacts/7/record/0-1/${id}/properties">p</a><input data-selenium-test="property-input-email" value="${email}"></div>`;
  await open(hubspot, at(1), 'Ada Early', column(1, 'Ada Early', 'ada@early.example'));
  await move(at(2), [
    ['Ada Early', column(1, 'Ada Early', 'ada@early.example')],
    ['Bo Later', column(1, 'Bo Later', 'ada@early.example')],
    ['Bo Later', '<div data-test-id="loading"></div>'],
    ['Bo Later', column(2, 'Bo Later', 'bo@later.example')],
  ]);
});

it('Dynamics replaces a record in place, its heading before its fields', async () => {
  const at = (id: number) =>
    `https://aldersales.crm4.dynamics.com/main.aspx?pagetype=entityrecord&etn=contact&id=6f9619ff-8b86-4d01-b42d-00cf4fc964f${id}`;
  const form = (heading: string, last: string, email: string) =>
    `<main><h1 data-id="header_title">${heading}</h1><input data-id="lastname.fieldControl-text-box-text" value="${last}"><input data-id="emailaddress1.fieldControl-mail-text-input" value="${email}"></main>`;
  const title = (name: string) => `Contact: Contact: ${name} - Dynamics 365`;
  await open(dynamics, at(1), title('Ada Early'), form('Ada Early', 'Early', 'ada@early.example'));
  await move(at(2), [
    [title('Ada Early'), form('Ada Early', 'Early', 'ada@early.example')],
    [title('Bo Later'), form('Ada Early', 'Early', 'ada@early.example')],
    [title('Bo Later'), form('Bo Later', 'Early', 'ada@early.example')],
    [title('Bo Later'), form('Bo Later', 'Later', 'bo@later.example')],
  ]);
});

const system = (id: string) => systemReaders.find((reader) => reader.id === id) as SiteReader;

it('Odoo replaces a form field by field, the address in its hash', async () => {
  const at = (id: number) => `https://erp.aldersales.example/web#id=${id}&model=res.partner&view_type=form`;
  const form = (name: string, email: string) =>
    `<div class="o_form_view"><div class="o_form_sheet"><h1><div name="name" class="o_field_widget"><input value="${name}"></div></h1><div name="email" class="o_field_widget"><input type="email" value="${email}"></div></div></div>`;
  await open(system('odoo'), at(1), 'Odoo - Ada Early', form('Ada Early', 'ada@early.example'));
  await move(at(2), [
    ['Odoo', form('Ada Early', 'ada@early.example')],
    ['Odoo - Bo Later', form('Bo Later', 'ada@early.example')],
    ['Odoo - Bo Later', form('Bo Later', 'ada@early.example')],
    ['Odoo - Bo Later', form('Bo Later', 'ada@early.example')],
    ['Odoo - Bo Later', form('Bo Later', 'bo@later.example')],
  ]);
});

it('EspoCRM replaces a record by its hash, a little late', async () => {
  const at = (id: number) => `https://aldersales.example/espo/#Contact/view/5f${id}`;
  const record = (name: string, email: string) =>
    `<div id="content"><div id="main"><div class="page-header"><h3 class="header-title"><span class="title">${name}</span></h3></div><div class="record"><div class="field" data-name="emailAddress"><a data-action="mailTo" data-email-address="${email}">${email}</a></div></div></div></div>`;
  await open(system('espocrm'), at(1), 'Ada Early', record('Ada Early', 'ada@early.example'));
  await move(at(2), [
    ['Ada Early', record('Ada Early', 'ada@early.example')],
    ['Bo Later', record('Bo Later', 'ada@early.example')],
    ['Bo Later', record('Bo Later', 'ada@early.example')],
    ['Bo Later', '<div id="content"><div id="main"></div></div>'],
    ['Bo Later', record('Bo Later', 'bo@later.example')],
  ]);
});

it('Gmail opens another thread by its hash, its messages after its heading', async () => {
  const at = (id: string) => `https://mail.google.com/mail/u/0/#inbox/FMfcgzGwHxVbNnMmQqWwEeRrTtYy${id}`;
  const thread = (id: string, name: string, email: string) =>
    `<div class="aeF"><div class="nH" role="main"><div class="nH g id"><div class="nH a98 iY"><h2 class="hP" data-legacy-thread-id="18${id}">Press ${id}</h2><div role="list"><div role="listitem" class="h7"><div class="adn"><table><tr><td class="gF"><span class="gD" email="${email}" name="${name}">x</span></td></tr></table></div></div></div></div></div></div></div>`;
  const title = (id: string) => `Press ${id} - theo.brandt@aldersales.example - Mail`;
  await open(gmail, at('Aa'), title('1'), thread('1', 'Ada Early', 'ada@early.example'));
  await move(at('Bb'), [
    [title('1'), thread('1', 'Ada Early', 'ada@early.example')],
    [title('2'), thread('2', 'Ada Early', 'ada@early.example')],
    [title('2'), thread('2', 'Bo Later', 'bo@later.example')],
  ]);
});
