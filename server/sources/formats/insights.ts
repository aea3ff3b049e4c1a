import { type InsightKind, type InsightMethod, insightKindSchema, insightMethodSchema } from '#contract/insight.ts';
import { longest } from '#contract/limits.ts';
import type { Cells } from '../cells.ts';
import { type Cell, foldName, quote } from '../columns.ts';
import { RowFault } from '../fault.ts';
import { type ContactFacts, noContactFields } from '../record.ts';
import { readMoment } from '../values.ts';
import type { Format } from './format.ts';
import { bindEmployer, readEmail } from './person.ts';

/** Other words for a kind or a method than its own. */
const kindWords: Readonly<Record<string, InsightKind>> = {
  competition: 'competitor',
  competitors: 'competitor',
  customers: 'customer',
  products: 'product',
  markets: 'market',
  buying: 'buying_journey',
  journey: 'buying_journey',
};
const methodWords: Readonly<Record<string, InsightMethod>> = {
  call: 'interview',
  interviews: 'interview',
  nps: 'survey',
  questionnaire: 'survey',
  poll: 'survey',
  support: 'complaint',
  ticket: 'complaint',
  research: 'market_research',
  study: 'market_research',
  panel: 'focus_group',
  group: 'focus_group',
};

/** The word of a list by its name or another word for it; `usual` where the row says none. Throws a `RowFault` for what it does not know. */
function readWord<T extends string>(
  cell: Cell,
  row: Cells,
  { words, others, usual }: { words: readonly T[]; others: Readonly<Record<string, T>>; usual: T },
): T {
  const text = cell.text(row);
  if (text === null) return usual;
  const folded = foldName(text);
  const found = words.find((word) => foldName(word) === folded) ?? others[folded];
  if (found === undefined)
    throw cell.fault(`${quote(text)} is none of: ${words.map((word) => word.replaceAll('_', ' ')).join(', ')}.`);
  return found;
}

/** One theme: the first where several stand there. */
function readTheme(cell: Cell, row: Cells): string | null {
  const [first = ''] = (cell.text(row, 1000) ?? '').split(/[;,|\n]/);
  return first.trim().slice(0, longest.theme).trim() || null;
}

/** What customers said, one a row: of a survey, a focus group, research. Read through a mapping alone. */
export const insightsFormat: Pick<Format, 'subjects' | 'open'> = {
  subjects: ['insights'],
  open: (columns) => {
    const text = columns.bind('Insight Text');
    const said = columns.bind('Quote');
    const kind = columns.bind('Insight Kind');
    const method = columns.bind('Insight Method');
    const at = columns.bind('Said At');
    const theme = columns.bind('Theme');
    const id = columns.bind('Insight ID');
    const email = columns.bind('Email');
    const readEmployer = bindEmployer(columns);
    return (row) => {
      const words = text.text(row, longest.insight);
      const quoted = said.text(row, longest.insight);
      const first = words ?? quoted;
      if (first === null) throw new RowFault(text.column, 'Nothing is said in this row.');
      const address = readEmail(email, row);
      const contact: ContactFacts | null =
        address === null ? null : { isOwn: false, email: address, crm: null, linkedin: null, fields: noContactFields };
      const insight = {
        externalId: id.text(row, 200),
        text: first,
        // What is a quote alone is said once.
        quote: words === null ? null : quoted,
        kind: readWord(kind, row, { words: insightKindSchema.options, others: kindWords, usual: 'customer' }),
        method: readWord(method, row, { words: insightMethodSchema.options, others: methodWords, usual: 'survey' }),
        at: at.isThere ? readMoment(at, row) : null,
        theme: readTheme(theme, row),
      };
      return { account: readEmployer(row), contact, campaign: null, touches: [], planned: null, insight };
    };
  },
};
