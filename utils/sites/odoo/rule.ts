import { overPage, toRule } from '../rules/to-rule.ts';

const named = (name: string) => `.o_field_widget[name="${name}"]`;

/** The choice between a person and a company at the top of a contact, and the one that says company. */
export const kindOfContact = named('company_type');
export const kindOfCompany = '[data-value="company"]';

/**
 * Where Odoo keeps a form's fields: since version 16 a box that carries the field's name, before that the link or the input itself. Forms are always open for
 * editing since then, so that values stand in inputs; beside an address's input is a link of what was last saved.
 */
export const rule = toRule({
  system: 'odoo',
  // Addresses are read in code: the model may stand in many places of them.
  records: [
    { object: 'partner', isCompany: false, urls: ['/odoo/contacts/{id:number}'] },
    {
      object: 'lead',
      isCompany: false,
      urls: ['/odoo/crm/{id:number}'],
      fields: {
        name: [named('contact_name'), named('partner_id')],
        company: [named('partner_name'), named('commercial_partner_id')],
      },
    },
  ],
  fields: {
    name: [`h1 ${named('name')}`, `.oe_title ${named('name')}`, 'input[name="name"]', '.oe_title h1'],
    title: [named('function'), 'input[name="function"]'],
    company: [named('parent_id'), named('company_name'), 'a[name="parent_id"]'],
    email: [
      `${named('email')} input`,
      `${named('email_from')} input`,
      'input.o_field_email',
      `${named('email')} a[href^="mailto:"]`,
      `${named('email_from')} a[href^="mailto:"]`,
      'a.o_field_email[href^="mailto:"]',
      'a.o_field_widget[name="email"]',
      'a.o_field_widget[name="email_from"]',
      '.oe_form_field_email a[href^="mailto:"]',
      '.o_field_email input',
      '.o_field_email a[href^="mailto:"]',
      '.o_form_sheet input[type="email"]',
    ],
    website: [`${named('website')} input`, `${named('website')} a@href`, 'a.o_field_widget[name="website"]@href'],
  },
  foreign: [
    ...overPage,
    '.modal',
    '.o_dialog',
    '.o_popover',
    '.o_field_x2many',
    '.o_field_one2many',
    '.o_field_many2many',
    '.o_list_renderer',
    '.o_list_view',
    '.o_kanban_renderer',
    '.o_kanban_view',
    '.o_kanban_record',
    '.o-mail-Chatter',
    '.o-mail-Form-chatter',
    '.o_Chatter',
    '.o_FormRenderer_chatterContainer',
    '.o_chatter',
    '.oe_chatter',
    '.o_mail_thread',
    '.o_main_navbar',
  ],
  lists: [
    '.o_content > .o_list_view',
    '.o_content > .o_kanban_view',
    '.o_view_controller.o_list_view',
    '.o_view_controller.o_kanban_view',
    '.o_content > .o_list_renderer',
    '.o_content > .o_kanban_renderer',
  ],
  // Before a form is drawn there is the bar alone.
  rendered: ['.o_form_view', '.o_form_sheet', '.oe_form', '.oe_title', '.o_field_widget'],
  scope: ['.o_form_view', '.o_action_manager'],
});
