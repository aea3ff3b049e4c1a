import { touchKindSchema, touchKinds } from '#contract/touch.ts';
import { type Cell, type Columns, foldName, quote } from '../columns.ts';
import { RowFault } from '../fault.ts';
import type { PlannedFacts, RowRecord } from '../record.ts';
import { readFlag, readMoment } from '../values.ts';
import type { Format, ReadRow } from './format.ts';
import { bindEmployer, bindPerson } from './person.ts';

const kindColumns = ['Kind', 'Touch Kind', 'Activity', 'Activity Type', 'Event'];
const atColumns = ['At', 'Date', 'Time', 'Timestamp', 'Occurred At', 'Activity Date'];
const plannedColumns = ['Planned For', 'Planned At', 'Planned Date', 'Send Date', 'Scheduled For'];
const personColumns = ['Email', 'Email Address', 'Salesforce Contact ID', 'Contact ID', 'LinkedIn URL'];

/** A plain table of what happened: one touch a row. */
export const touchesFormat: Format = {
  id: 'touches',
  label: 'touches',
  knownBy: 'Email, Kind, At',
  source: 'table',
  subjects: ['touches'],
  recognise: (columns) => columns.has(...personColumns) && columns.has(...kindColumns) && columns.has(...atColumns),
  open: (columns) => open(columns, false),
};

/** A plain table of what marketing intends: one touch to come a row. A row with a date in `At` has happened, and is a touch. */
export const plannedTouchesFormat: Format = {
  id: 'planned_touches',
  label: 'planned touches',
  knownBy: 'Email, Kind, Planned For',
  source: 'table',
  subjects: ['planned'],
  recognise: (columns) =>
    columns.has(...personColumns) && columns.has(...kindColumns) && columns.has(...plannedColumns),
  open: (columns) => open(columns, true),
};

const byName = new Map(touchKinds.map((kind) => [foldName(kind), kind]));

function readKind(cell: Cell, row: readonly string[]): string {
  const text = cell.text(row);
  if (text === null) throw cell.fault('There is no kind of touch.');
  const kind = byName.get(foldName(text));
  if (kind === undefined)
    throw cell.fault(`${quote(text)} is no kind of touch. Known are: ${touchKindSchema.options.join(', ')}.`);
  return kind;
}

const cancelled = new Set(['cancelled', 'canceled', 'aborted', 'stopped', 'deleted']);
const standing = new Set(['planned', 'scheduled', 'active', 'confirmed', 'draft', 'moved']);

function readState(cell: Cell, row: readonly string[]): PlannedFacts['state'] {
  const word = cell.text(row)?.toLowerCase() ?? 'planned';
  if (cancelled.has(word)) return 'cancelled';
  if (standing.has(word)) return 'planned';
  throw cell.fault(`${quote(word)} is no state of a planned touch: it takes planned or cancelled.`);
}

function open(columns: Columns, canBePlanned: boolean): ReadRow {
  const readPerson = bindPerson(columns, false);
  const readEmployer = bindEmployer(columns);
  const id = columns.bind('Id', 'Touch ID', 'External ID', 'Activity ID');
  const kind = columns.bind(...kindColumns);
  const at = columns.bind(...atColumns);
  const plannedFor = columns.bind(...plannedColumns);
  const status = columns.bind('Status', 'State');
  const campaign = columns.bind('Campaign', 'Campaign Name');
  const channel = columns.bind('Channel', 'Campaign Type');
  const detail = columns.bind('Detail', 'Details', 'Description', 'Subject');
  const robot = columns.bind('Robot', 'Is Robot', 'Bot', 'Machine Open');

  return (row): Omit<RowRecord, 'line'> => {
    const contact = readPerson(row);
    if (contact.email === null && contact.crm === null && contact.linkedin === null)
      throw new RowFault(null, 'The row names nobody: it has neither an address nor a record id nor a profile.');
    const event = { kind: readKind(kind, row), detail: detail.text(row, 500), externalId: id.text(row, 200) };
    const name = campaign.text(row);
    const person = {
      account: readEmployer(row),
      contact,
      campaign: name === null ? null : { externalId: null, name, channel: channel.text(row, 120) },
    };
    const happened = readMoment(at, row);
    if (happened !== null || !canBePlanned) {
      if (happened === null) throw at.fault('There is no date.');
      const mark = `${event.kind}:${happened.toISOString()}:${event.detail ?? ''}`;
      const touch = { ...event, mark, at: happened, isRobot: readFlag(robot, row) ?? false };
      return { ...person, touches: [touch], planned: null };
    }
    const state = readState(status, row);
    const plannedAt = readMoment(plannedFor, row);
    if (plannedAt === null && state === 'planned') throw plannedFor.fault('There is no date.');
    return { ...person, touches: [], planned: { ...event, plannedAt, state } };
  };
}
