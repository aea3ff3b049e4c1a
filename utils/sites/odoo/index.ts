import { createRuleReader } from '../rules/create-rule-reader.ts';
import type { SystemReader } from '../system-reader.ts';
import { placeIn } from './place.ts';
import { rule } from './rule.ts';

/** A company's form has its kind chosen at the top. A person's has a job position as well, which is not shown for companies. */
function isCompany(document: Document): boolean {
  const choice = document.querySelector<HTMLInputElement>(
    '.o_field_widget[name="company_type"] input[data-value="company"]',
  );
  return choice?.checked === true;
}

/** Odoo, self-hosted or not, versions 11 and later: contacts and leads on their forms. Lists, boards and other models are nobody. */
export const odoo: SystemReader = {
  ...createRuleReader({ id: 'odoo', hosts: [] }, rule, { findRecord: placeIn, isCompany }),
  isRecord: (url) => placeIn(url) !== null,
  marks: ['.o_web_client', '.o_action_manager', '.o_form_view', '.o_form_sheet', '.o_field_widget', '.o_field_email'],
};
