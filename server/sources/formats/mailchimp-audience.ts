import { parse } from 'csv-parse/sync';
import type { Columns } from '../columns.ts';
import type { TouchFacts } from '../record.ts';
import { readMoment } from '../values.ts';
import type { Format, ReadRow } from './format.ts';
import { bindPerson } from './person.ts';

/**
 * Mailchimp's audience export, known by LEID and EUID. Its times have no zone and are UTC. The three files it comes in (subscribed,
 * unsubscribed, cleaned) differ in a column of time each.
 */
export const mailchimpAudienceFormat: Format = {
  id: 'mailchimp_audience',
  label: "Mailchimp's audience",
  knownBy: 'LEID, EUID',
  source: 'mailchimp',
  subjects: ['contacts', 'touches'],
  recognise: (columns) => columns.has('LEID') && columns.has('EUID'),
  open,
};

/** The tags cell is itself a row of CSV: `"Newsletter","Shop floor"`. What is no such row is taken as it is. */
function readTags(cell: string | null): string | null {
  if (cell === null) return null;
  try {
    const [tags] = parse(cell, { relax_column_count: true, trim: true }) as string[][];
    return tags?.filter((tag) => tag !== '').join(', ') || null;
  } catch {
    return cell;
  }
}

function open(columns: Columns): ReadRow {
  const readPerson = bindPerson(columns, false);
  const email = columns.bind('Email Address', 'Email');
  const euid = columns.bind('EUID');
  const tags = columns.bind('TAGS');
  const times = [
    ['subscribed', columns.bind('OPTIN_TIME', 'CONFIRM_TIME')],
    ['unsubscribed', columns.bind('UNSUB_TIME')],
    ['bounced', columns.bind('CLEAN_TIME')],
  ] as const;

  return (row) => {
    const contact = readPerson(row);
    if (contact.email === null) throw email.fault('There is no address.');
    const id = euid.text(row, 60);
    if (id === null) throw euid.fault('There is no EUID.');
    const labels = readTags(tags.text(row, 2000));
    const touches = times.flatMap(([kind, cell]): TouchFacts[] => {
      const at = readMoment(cell, row);
      if (at === null) return [];
      const externalId = `${id}:${kind}:${at.toISOString()}`;
      return [{ externalId, mark: kind, kind, at, detail: labels?.slice(0, 500) ?? null, isRobot: false }];
    });
    return { account: null, contact, campaign: null, touches, planned: null };
  };
}
