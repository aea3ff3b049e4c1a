import {
  type DateOrder,
  type ImportMapping,
  type MappingField,
  type MappingSubject,
  mappingFields,
} from '#contract/mapping.ts';
import { type Columns, foldName } from './columns.ts';
import { fieldNames } from './mapping-names.ts';
import type { Row } from './read-rows.ts';

/** The subjects, the most particular first, and the fields without which a table is not about them: one of each list. */
const marks: readonly { subject: MappingSubject; needs: readonly (readonly MappingField[])[] }[] = [
  {
    subject: 'opportunities',
    needs: [
      ['opportunity_name', 'opportunity_id'],
      ['amount', 'opportunity_stage', 'outcome', 'closes_on'],
    ],
  },
  {
    subject: 'opportunities',
    needs: [['amount'], ['opportunity_stage', 'outcome'], ['account_name', 'domain', 'email']],
  },
  { subject: 'planned_touches', needs: [['email', 'full_name', 'linkedin', 'salesforce_contact_id'], ['planned_for']] },
  {
    subject: 'touches',
    needs: [
      ['email', 'linkedin', 'salesforce_contact_id', 'hubspot_contact_id', 'marketo_lead_id'],
      ['at'],
      ['kind', 'campaign', 'detail'],
    ],
  },
  {
    subject: 'insights',
    needs: [
      ['insight_text', 'quote'],
      ['insight_kind', 'insight_method', 'quote', 'theme'],
    ],
  },
  { subject: 'contacts', needs: [['email', 'linkedin', 'salesforce_contact_id']] },
  { subject: 'accounts', needs: [['account_name', 'domain']] },
];

/** Which field each column may fill, by its name in several languages. Each column once; the first column of a name. */
function guessFields(columns: Columns, subject: MappingSubject): Map<MappingField, string> {
  const guessed = new Map<MappingField, string>();
  const free = new Set(columns.names.filter((name) => name !== ''));
  for (const field of mappingFields[subject]) {
    const names = fieldNames[field];
    const wanted = names.find((name) => [...free].some((column) => foldName(column) === foldName(name)));
    const column = wanted === undefined ? undefined : [...free].find((each) => foldName(each) === foldName(wanted));
    if (column === undefined) continue;
    guessed.set(field, column);
    free.delete(column);
  }
  return guessed;
}

/** A column that holds little else than addresses is the address, whatever it is called: a few rows of every table are at fault. */
function findAddresses(columns: Columns, rows: readonly Row[]): string | null {
  const place = columns.names.findIndex((name, index) => {
    const cells = rows.map((row) => row.cells[index]?.trim() ?? '').filter((cell) => cell !== '');
    const addresses = cells.filter((cell) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell)).length;
    return name !== '' && addresses > 0 && addresses >= cells.length * 0.6;
  });
  return columns.names[place] ?? null;
}

function meets(guessed: ReadonlyMap<MappingField, string>, needs: readonly (readonly MappingField[])[]): boolean {
  return needs.every((one) => one.some((field) => guessed.has(field)));
}

/** A mapping guessed from the column names, in several languages, and from where the addresses stand. Null when not even that says what the table is about. To be corrected by a person. `about`: what a person said it is about. */
export function suggestMapping(
  columns: Columns,
  rows: readonly Row[],
  dates: DateOrder,
  about: MappingSubject | null = null,
): ImportMapping | null {
  const address = findAddresses(columns, rows);
  const candidates = about === null ? marks : [{ subject: about, needs: [] }];
  for (const { subject, needs } of candidates) {
    const guessed = guessFields(columns, subject);
    const known: readonly string[] = mappingFields[subject];
    if (
      address !== null &&
      known.includes('email') &&
      !guessed.has('email') &&
      ![...guessed.values()].includes(address)
    )
      guessed.set('email', address);
    if (!meets(guessed, needs)) continue;
    const mapped = [...guessed].map(([field, column]) => ({ column: column.slice(0, 200), field }));
    return { subject, columns: mapped, constants: guessConstants(subject, guessed), dates };
  }
  return null;
}

/** What no column says and every row needs. */
function guessConstants(
  subject: MappingSubject,
  guessed: ReadonlyMap<MappingField, string>,
): ImportMapping['constants'] {
  if (guessed.has('kind')) return [];
  if (subject === 'touches') return [{ field: 'kind', value: 'other' }];
  return subject === 'planned_touches' ? [{ field: 'kind', value: 'sent' }] : [];
}
