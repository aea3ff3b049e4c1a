import { touchKindSchema, touchKinds } from '#contract/touch.ts';
import type { Cells } from '../cells.ts';
import { type Cell, type Columns, foldName, quote } from '../columns.ts';
import { RowFault } from '../fault.ts';
import type { CampaignFacts, PlannedFacts, RowRecord, TouchFacts } from '../record.ts';
import { readFlag, readMoment } from '../values.ts';
import type { Format, ReadRow } from './format.ts';
import { readStatus } from './member-status.ts';
import { bindEmployer, bindPerson } from './person.ts';
import { remember } from './remember.ts';

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
  open: (columns) => openTouches(columns, false, readKind),
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
  open: (columns) => openTouches(columns, true, readKind),
};

const byName = new Map(touchKinds.map((kind) => [foldName(kind), kind]));

type Kind = Pick<TouchFacts, 'kind' | 'detail'>;

/** The kind by its name. Throws a `RowFault`. */
function readKind(cell: Cell, row: Cells): Kind {
  const text = cell.text(row);
  if (text === null) throw cell.fault('There is no kind of touch.');
  const kind = byName.get(foldName(text));
  if (kind === undefined)
    throw cell.fault(`${quote(text)} is no kind of touch. Known are: ${touchKindSchema.options.join(', ')}.`);
  return { kind, detail: null };
}

/** The kind by its name or by a tool's own word (`Attended on demand`), which is kept when it says more. Throws a `RowFault` when there is none. */
export function readOwnKind(cell: Cell, row: Cells): Kind {
  const text = cell.text(row);
  if (text === null) throw cell.fault('There is no kind of touch.');
  const named = byName.get(foldName(text));
  if (named !== undefined) return { kind: named, detail: null };
  const { kind, isKnown } = readStatus(text, false);
  return { kind, detail: isKnown ? null : text };
}

const cancelled = new Set(['cancelled', 'canceled', 'aborted', 'stopped', 'deleted']);
const standing = new Set(['planned', 'scheduled', 'active', 'confirmed', 'draft', 'moved']);

function readState(cell: Cell, row: Cells): PlannedFacts['state'] {
  const word = cell.text(row)?.toLowerCase() ?? 'planned';
  if (cancelled.has(word)) return 'cancelled';
  if (standing.has(word)) return 'planned';
  throw cell.fault(`${quote(word)} is no state of a planned touch: it takes planned or cancelled.`);
}

function bindCampaign(columns: Columns): (row: Cells) => CampaignFacts | null {
  const campaign = columns.bind('Campaign', 'Campaign Name');
  const channel = columns.bind('Channel', 'Campaign Type');
  return (row) => {
    const name = campaign.text(row);
    return name === null ? null : { externalId: null, name, channel: channel.text(row, 120) };
  };
}

/** Reads what happened or, where that can be, what is planned. */
export function openTouches(columns: Columns, canBePlanned: boolean, readKindOf: typeof readKind): ReadRow {
  const readPerson = remember(columns, () => bindPerson(columns, false));
  const readEmployer = remember(columns, () => bindEmployer(columns));
  const id = columns.bind('Id', 'Touch ID', 'External ID', 'Activity ID', 'Event ID');
  const kind = columns.bind(...kindColumns);
  const at = columns.bind(...atColumns);
  const plannedFor = columns.bind(...plannedColumns);
  const status = columns.bind('Status', 'State');
  const readCampaign = remember(columns, () => bindCampaign(columns));
  const detail = columns.bind('Detail', 'Details', 'Description', 'Subject');
  const robot = columns.bind('Robot', 'Is Robot', 'Bot', 'Machine Open');

  return (row): Omit<RowRecord, 'line'> => {
    const contact = readPerson(row);
    if (contact.email === null && contact.crm === null && contact.linkedin === null)
      throw new RowFault(null, 'The row names nobody: it has neither an address nor a record id nor a profile.');
    const what = readKindOf(kind, row);
    const more = [what.detail, detail.text(row, 500)].filter((part) => part !== null).join(': ');
    const event = { kind: what.kind, detail: more === '' ? null : more.slice(0, 500), externalId: id.text(row, 200) };
    const person = { account: readEmployer(row), contact, campaign: readCampaign(row) };
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
