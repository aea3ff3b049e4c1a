import type { Columns } from '../columns.ts';
import { quote } from '../columns.ts';
import type { Row } from '../read-rows.ts';
import type { Format, ReadRow } from './format.ts';
import { firstCustomType, standardTypes } from './marketo-activity-kinds.ts';

const idColumns = ['Activity Type ID', 'Type ID', 'Id'];
const nameColumns = ['Activity Type Name', 'Activity Type', 'Type Name', 'Name'];

/** The table of Marketo's activity types: which number is which, for those that a company made itself. */
export const marketoActivityTypesFormat: Format = {
  id: 'marketo_activity_types',
  label: "Marketo's activity types",
  knownBy: 'Activity Type ID, Name',
  source: 'marketo',
  subjects: [],
  recognise: (columns, sample) =>
    columns.has(...idColumns) &&
    columns.has(...nameColumns) &&
    !columns.has('Email', 'Email Address', 'leadId', 'marketoGUID', 'Domain', 'Website') &&
    (columns.has('Activity Type ID', 'primaryAttribute', 'Primary Attribute', 'primaryAttribute.name') ||
      speaksOfTypes(columns, sample)),
  open: (columns) => open(columns.readBlank('null')),
};

/** `Id` and `Name` may be anything: it takes one of Marketo's own types under its number, or nothing but numbers of made types. */
function speaksOfTypes(columns: Columns, sample: readonly Row[]): boolean {
  const id = columns.bind(...idColumns);
  const name = columns.bind(...nameColumns);
  const told = sample.map(({ cells }) => [Number(id.text(cells, 1_000_000)), name.text(cells, 1_000_000)] as const);
  const isStandard = told.some(([number, called]) => standardTypes.get(String(number))?.name === called);
  return isStandard || (told.length > 0 && told.every(([number]) => number >= firstCustomType && number < 200_000));
}

function open(columns: Columns): ReadRow {
  const id = columns.bind(...idColumns);
  const name = columns.bind(...nameColumns);
  return (row) => {
    const number = id.text(row);
    if (number === null) throw id.fault('There is no activity type id.');
    if (!/^\d{1,9}$/.test(number))
      throw id.fault(`${quote(number)} is not the id of an activity type: those are whole numbers.`);
    const called = name.text(row);
    if (called === null) throw name.fault('The activity type has no name.');
    const activityType = { externalId: number, name: called };
    return { account: null, contact: null, campaign: null, touches: [], planned: null, activityType };
  };
}
