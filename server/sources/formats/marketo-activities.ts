import type { Cells } from '../cells.ts';
import { type Cell, type Columns, foldName, quote } from '../columns.ts';
import { type CampaignFacts, type ContactFacts, noContactFields, type TouchFacts } from '../record.ts';
import { typeMark } from '../resolve-awaited.ts';
import { identifierMark } from '../resolve-known.ts';
import { readMoment } from '../values.ts';
import type { Format, ReadRow } from './format.ts';
import { standardTypes } from './marketo-activity-kinds.ts';
import { readLeadId } from './marketo-id.ts';
import { readStatus } from './member-status.ts';

const source = 'marketo';

/**
 * Marketo's bulk export of activities. `marketoGUID` tells an event apart; empty cells are `null`; `attributes` is JSON. A row waits until Marketo's leads
 * (and, for a company's own type, the table of activity types) are in. Changes of data are no touches and bring nothing.
 */
export const marketoActivitiesFormat: Format = {
  id: 'marketo_activities',
  label: "Marketo's activities",
  knownBy: 'marketoGUID, leadId, activityDate, activityTypeId',
  source,
  subjects: ['touches'],
  recognise: (columns) => columns.has('leadId') && columns.has('activityTypeId') && columns.has('activityDate'),
  open: (columns) => open(columns.readBlank('null')),
};

type Attributes = ReadonlyMap<string, unknown>;

/** Undefined when the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The cell's JSON object, its names folded. Throws a `RowFault`. */
function readAttributes(cell: Cell, row: Cells): Attributes {
  const text = cell.text(row, 1_000_000);
  if (text === null) return new Map();
  const told = parseJson(text);
  if (told === undefined) throw cell.fault(`${quote(text)} is not JSON.`);
  if (typeof told !== 'object' || told === null || Array.isArray(told))
    throw cell.fault(`${quote(text)} is no JSON object.`);
  return new Map(Object.entries(told).map(([name, value]) => [foldName(name), value]));
}

function textOf(attributes: Attributes, ...names: string[]): string | null {
  for (const name of names) {
    const value = attributes.get(foldName(name));
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return null;
}

const isTrue = (value: unknown) => value === true || (typeof value === 'string' && /^(true|yes|1)$/i.test(value));

/** Mails are named `Program.Mail`: the program is the campaign, the mail the detail. */
function splitMail(name: string | null): { campaign: string | null; detail: string | null } {
  const dot = name?.indexOf('.') ?? -1;
  if (name === null || dot < 1 || dot === name.length - 1) return { campaign: name, detail: null };
  return { campaign: name.slice(0, dot), detail: name.slice(dot + 1) };
}

const mailTypes = new Set(['6', '7', '8', '9', '10', '11', '27']);

/** What happened, by the type's number. `typeId`: only a table of types can say. Null: it is no touch. */
function readEvent(
  type: string,
  value: string | null,
  attributes: Attributes,
): { touch: Pick<TouchFacts, 'kind' | 'detail' | 'typeId'>; campaign: string | null } | null {
  const standard = standardTypes.get(type);
  if (standard === undefined) return { touch: { kind: 'other', detail: value, typeId: type }, campaign: null };
  if (standard.kind === null) return null;
  if (standard.kind === 'status') {
    const word = textOf(attributes, 'New Status') ?? '';
    const { kind, isKnown } = readStatus(word, isTrue(attributes.get('success')));
    return { touch: { kind, detail: isKnown ? null : word || null }, campaign: value };
  }
  if (mailTypes.has(type)) {
    const { campaign, detail } = splitMail(value);
    return { touch: { kind: standard.kind, detail: textOf(attributes, 'Link') ?? detail }, campaign };
  }
  const more = type === '46' ? textOf(attributes, 'Description') : null;
  const name = standard.kind === 'other' ? standard.name : null;
  const detail =
    [name, value, more].filter((part) => part !== null).join(': ') || textOf(attributes, 'Webpage URL', 'Subject');
  return { touch: { kind: standard.kind, detail }, campaign: null };
}

function open(columns: Columns): ReadRow {
  const guid = columns.bind('marketoGUID', 'Marketo GUID', 'GUID', 'Id');
  const lead = columns.bind('leadId');
  const date = columns.bind('activityDate');
  const type = columns.bind('activityTypeId');
  const smartCampaign = columns.bind('campaignId');
  const value = columns.bind('primaryAttributeValue');
  const more = columns.bind('attributes');
  return (row) => {
    const externalId = guid.text(row, 100);
    if (externalId === null) throw guid.fault('There is no id of the activity.');
    const crm = readLeadId(lead, row);
    const at = readMoment(date, row);
    if (at === null) throw date.fault('There is no date.');
    const number = type.text(row, 20);
    if (number === null || !/^\d{1,9}$/.test(number))
      throw type.fault(`${quote(number ?? '')} is not the id of an activity type: those are whole numbers.`);
    const attributes = readAttributes(more, row);
    const event = readEvent(number, value.text(row, 2000)?.slice(0, 300) ?? null, attributes);
    const nothing = { account: null, contact: null, campaign: null, touches: [], planned: null };
    if (event === null) return nothing;
    const { touch } = event;
    const contact: ContactFacts = { isOwn: false, email: null, crm, linkedin: null, fields: noContactFields };
    const awaits = [identifierMark({ kind: 'crm', value: crm })];
    if (touch.typeId) awaits.push(typeMark(source, touch.typeId));
    const isRobot = isTrue(attributes.get('isbotactivity'));
    const told = { ...touch, externalId, mark: number, at, detail: touch.detail?.slice(0, 500) ?? null, isRobot };
    return {
      ...nothing,
      contact,
      campaign: toCampaign(event.campaign, smartCampaign.text(row, 60)),
      touches: [told],
      awaits,
    };
  };
}

/** The program's or the mail's name says more than the number of a smart campaign, which no table of Marketo's explains. */
function toCampaign(name: string | null, number: string | null): CampaignFacts | null {
  if (name !== null) return { externalId: null, name, channel: null };
  return number === null ? null : { externalId: number, name: null, channel: null };
}
