import type { SightedPerson } from '#contract/sighting.ts';
import { firstVisible } from '../dom/visible.ts';
import type { Reading } from '../reader.ts';
import { createRuleReader } from '../rules/create-rule-reader.ts';
import type { SystemReader } from '../system-reader.ts';
import { placeIn } from './place.ts';
import { kindOfCompany, kindOfContact, rule } from './rule.ts';
import { splitShownContact, withoutTaxNumber } from './shown-name.ts';

/**
 * Whether the contact on the form is a company. The choice at its top says so; on a saved page, which forgets what was chosen, a person's form
 * is known by the job position and the company that it alone has.
 */
function isCompany(document: Document): boolean {
  const choice = firstVisible(document, kindOfContact);
  if (choice === null) return false;
  const chosen = [...choice.querySelectorAll('input')].find(({ checked }) => checked);
  if (chosen !== undefined) return chosen.matches(kindOfCompany);
  return firstVisible(document, '.o_field_widget[name="function"], .o_field_widget[name="parent_id"]') === null;
}

const reader = createRuleReader({ id: 'odoo', hosts: [] }, rule, { findRecord: placeIn, isCompany });

/** A lead names its contact as a link to another record does, and a contact its company. */
function named(person: SightedPerson, isLead: boolean): SightedPerson {
  const company = person.company === null || person.isCompany ? person.company : withoutTaxNumber(person.company);
  if (!isLead || person.name === null) return { ...person, company };
  const shown = splitShownContact(withoutTaxNumber(person.name));
  return { ...person, name: shown.name, company: company ?? shown.company };
}

function readOdoo(document: Document, url: URL): Reading {
  const reading = reader.read(document, url);
  const { sighting } = reading;
  if (sighting === null) return reading;
  const isLead = placeIn(url)?.object === 'lead';
  return { ...reading, sighting: { ...sighting, people: sighting.people.map((person) => named(person, isLead)) } };
}

/** Odoo, self-hosted or not, versions 8 and later: contacts and leads on their forms. Lists, boards and other models are nobody. */
export const odoo: SystemReader = {
  ...reader,
  read: readOdoo,
  isRecord: (url) => placeIn(url) !== null,
  marks: [
    '.o_web_client',
    '.openerp',
    '.o_action_manager',
    '.o_form_view',
    '.o_form_sheet',
    '.o_field_widget',
    '.o_field_email',
  ],
};
