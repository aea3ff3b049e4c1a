// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { inWordsOfACase } from '../../../test/fixtures/pages/case.ts';
import { salesforce } from './index.ts';

/** Moves what `<template shadowrootmode>` holds into open shadow roots, as a browser does with a saved page. */
function openTemplates(root: ParentNode): void {
  for (const template of root.querySelectorAll('template')) {
    const host = template.parentElement as Element;
    const shadow = host.attachShadow({ mode: 'open' });
    shadow.innerHTML = template.innerHTML;
    template.remove();
    openTemplates(shadow);
  }
}

const closed = (html: string) => `<template shadowrootmode="open">${html}</template>`;
const url = new URL('https://aldersales.lightning.force.com/lightning/r/Contact/0034x00000NoWhiAAF/view');
const email = `<emailui-formatted-email>${closed('<a class="emailuiFormattedEmail" href="mailto:nora.whitfield@pennantworks.example">e</a>')}</emailui-formatted-email>`;
const lookup = `<force-lookup>${closed('<a href="/lightning/r/0014x00000PnWrkAAF/view">Pennant Works</a>')}</force-lookup>`;
const name = `<lightning-formatted-name slot="primaryField">${closed('Nora Whitfield')}</lightning-formatted-name>`;
const field = (api: string, value: string) =>
  `<div data-target-selection-name="sfdc:RecordField.Contact.${api}"><span class="test-id__field-value">${value}</span></div>`;
const head = `<h1><div class="entityNameTitle">Contact</div>${name}</h1>`;
const fields = field('Email', email) + field('AccountId', lookup);
const related = `<lst-related-list-single-container><x-list>${closed(field('Email', '<a href="mailto:list@decoy.example">e</a>'))}</x-list></lst-related-list-single-container>`;

const expected = {
  view: 'record',
  hasDraft: false,
  people: [
    {
      standing: 'subject',
      clues: [
        'crm salesforce:contact:0034x00000NoWhiAAF',
        'email nora.whitfield@pennantworks.example',
        'crm salesforce:account:0014x00000PnWrkAAF',
      ],
      name: 'Nora Whitfield',
      company: 'Pennant Works',
    },
  ],
};

it.each([
  ['a record whose values alone stand in shadow roots', `<main>${head}${fields}${related}</main>`],
  [
    'a record that stands in shadow roots as a whole',
    `<main><x-page>${closed(`${related}<x-head>${closed(head)}</x-head><x-detail>${closed(fields)}</x-detail>`)}</x-page></main>`,
  ],
])('reads %s, and no other record’s list', (_, html) => {
  document.title = 'Nora Whitfield | Contact | Salesforce';
  document.body.innerHTML = html;
  openTemplates(document.body);
  expect(inWordsOfACase(salesforce.read(document, url).sighting)).toEqual(expected);
});
