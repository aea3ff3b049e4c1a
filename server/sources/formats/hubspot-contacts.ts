import type { Cell, Columns } from '../columns.ts';
import { RowFault } from '../fault.ts';
import type { TouchFacts } from '../record.ts';
import { readMoment } from '../values.ts';
import type { Format, ReadRow } from './format.ts';
import { isHubSpotExport } from './hubspot-id.ts';
import { bindEmployer, bindPerson } from './person.ts';

/**
 * HubSpot's export of contacts. Its labels can be changed and are translated, so it is known by the record id and whatever else is HubSpot's own.
 * "Last Activity Date" and the like say that something happened and not what: only columns that name the event are touches.
 * Lead status and lifecycle stage are one person's, and Baton keeps the stage of accounts: they are passed over.
 */
export const hubspotContactsFormat: Format = {
  id: 'hubspot_contacts',
  label: "HubSpot's contacts",
  knownBy: 'Record ID, Email, Contact owner or Associated Company',
  source: 'hubspot',
  subjects: ['contacts', 'touches'],
  recognise: (columns) =>
    isHubSpotExport(columns) &&
    columns.has('Email', 'E-Mail', 'Correo', 'Courriel', 'E-mailadres') &&
    !columns.has('Deal Name', 'dealname', 'Company owner', 'Ticket name'),
  open,
};

/** An event that the export dates: its kind, the column of its date, and the column that says more. */
interface EventColumns {
  kind: TouchFacts['kind'];
  at: Cell;
  detail: Cell | null;
}

function bindEvents(columns: Columns): EventColumns[] {
  const event = (kind: string, names: string[], detail: Cell | null = null) => ({
    kind,
    at: columns.bind(...names),
    detail,
  });
  return [
    event(
      'submitted_form',
      ['First Conversion Date', 'first_conversion_date'],
      columns.bind('First Conversion', 'first_conversion_event_name'),
    ),
    event(
      'submitted_form',
      ['Recent Conversion Date', 'recent_conversion_date'],
      columns.bind('Recent Conversion', 'recent_conversion_event_name'),
    ),
    event('sent', ['Last marketing email send date', 'hs_email_last_send_date']),
    event('opened', ['Last marketing email open date', 'hs_email_last_open_date']),
    event('clicked', ['Last marketing email click date', 'hs_email_last_click_date']),
    event('replied', ['Last marketing email reply date', 'hs_email_last_reply_date']),
  ].filter(({ at }) => at.isThere);
}

function open(columns: Columns): ReadRow {
  const readPerson = bindPerson(columns, true);
  const readEmployer = bindEmployer(columns);
  const events = bindEvents(columns);
  return (row) => {
    const contact = readPerson(row);
    if (contact.email === null && contact.crm === null)
      throw new RowFault(null, 'The row names nobody: it has neither an address nor a record id.');
    const touches = events.flatMap(({ kind, at: cell, detail }): TouchFacts[] => {
      const at = readMoment(cell, row);
      if (at === null) return [];
      // First and recent conversion are the same event while there is only one.
      const mark = `${kind}:${at.toISOString()}`;
      const who = contact.crm ?? contact.email;
      return [
        {
          externalId: `${who}:${mark}`,
          mark,
          kind,
          at,
          detail: detail?.text(row, 2000)?.slice(0, 500) ?? null,
          isRobot: false,
        },
      ];
    });
    return { account: readEmployer(row), contact, campaign: null, touches, planned: null };
  };
}
